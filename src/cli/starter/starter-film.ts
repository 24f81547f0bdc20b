import { makeStarterSounds } from './starter-sounds.ts';
import type { NewFile } from './write-files.ts';

/** The film that `runout init` writes: forty-two seconds around a record, and a sheet that explains itself. */
export function makeStarterFilm(): readonly NewFile[] {
  const sounds = [...makeStarterSounds()].map(([name, bytes]) => ({
    path: `sounds/${name}`,
    content: bytes,
  }));
  return [{ path: 'film.cues.json', content: SHEET }, { path: 'film.edl', content: EDL }, ...sounds];
}

const EDL = `TITLE: A RECORD IN AN EMPTY ROOM
FCM: NON-DROP FRAME

001  A001     V     C        00:00:00:00 00:00:06:00 01:00:00:00 01:00:06:00
* FROM CLIP NAME: 1-1
002  A002     V     C        00:00:00:00 00:00:06:00 01:00:06:00 01:00:12:00
* FROM CLIP NAME: 1-2
003  A003     V     C        00:00:00:00 00:00:04:00 01:00:12:00 01:00:16:00
* FROM CLIP NAME: 2-1
004  A004     V     C        00:00:00:00 00:00:08:00 01:00:16:00 01:00:24:00
* FROM CLIP NAME: 2-2
005  A005     V     C        00:00:00:00 00:00:10:00 01:00:24:00 01:00:34:00
* FROM CLIP NAME: 3-1
006  A006     V     C        00:00:00:00 00:00:08:00 01:00:34:00 01:00:42:00
* FROM CLIP NAME: 4-1
`;

const SHEET = `{
  // A cue sheet: what should be heard, and where it belongs. Comments like this one are welcome.
  //
  //   runout check film.cues.json                  finds what is wrong
  //   runout preview film.cues.json                plays it in the browser, where you can change it
  //   runout render film.cues.json --out stems     writes the stems and the mix
  "$schema": "./cue-sheet.schema.json",
  "version": 1,
  "title": "Empty Room",

  // The picture: an EDL has no frame rate in it, so the sheet says it. \`runout edit film.edl --fps 24\`
  // lists the shots; their ids (1-1, 1-2 ...) come from the clip names, "1-2" being shot 2 of scene 1.
  "edit": "film.edl",
  "frameRate": "24",
  "sampleRate": 48000,
  "seed": 1,

  // Every sound has a tag. Paths are relative to this file.
  "sounds": {
    "hum": { "file": "sounds/hum.wav" },
    "night": { "file": "sounds/night.wav" },
    "knock-1": { "file": "sounds/knock-1.wav" },
    "knock-2": { "file": "sounds/knock-2.wav" },
    "knock-3": { "file": "sounds/knock-3.wav" },
    "waltz": { "file": "sounds/waltz.wav", "music": { "title": "Starter Waltz" } }
  },

  // One record player: the same clicks in the same places whenever it plays.
  "players": {
    "portable": { "rpm": "100/3", "pressing": { "seed": 3, "crackle": 0.4, "ticks": 2 } }
  },

  // Each stem is one file; together they are the mix.
  "stems": { "room": {}, "sfx": {}, "record": {} },

  "cues": [
    // The room, from the first frame to the last, looped without a seam.
    { "id": "tone", "type": "room-tone", "stem": "room",
      "sounds": [{ "sound": "hum", "gainDb": -6 }, { "sound": "night" }] },

    // Somebody knocks: three takes in turn, every 1.5 s, never quite on time. When the shot moves in a
    // new cut, the knocks move with it.
    { "id": "knocks", "type": "practical", "stem": "sfx", "sound": ["knock-1", "knock-2", "knock-3"],
      "at": "shot:1-1.start + 1s", "gainDb": -8, "pan": -0.3,
      "repeat": { "every": "1.5s", "until": "shot:1-2.end - 1s", "jitter": "80ms" } },

    // 1. The needle drops: a thump, two revolutions of groove, then the record, which is taken from the
    //    middle so that it ends exactly where scene 3 begins.
    { "id": "drop", "type": "needle-drop", "stem": "record", "player": "portable", "record": "waltz",
      "at": "shot:2-1.start + 1s", "musicEnd": "scene:3.start" },

    // 2. The music is over and the needle goes round in the run-out groove.
    { "id": "runout", "type": "groove-loop", "stem": "record", "player": "portable",
      "at": "scene:3.start", "until": "scene:4.start - 3.3s" },
    { "id": "lift", "type": "needle-lift", "stem": "record", "player": "portable", "at": "cue:runout.end" },

    // 3. Three seconds of nothing at all: every sample of every stem is zero.
    { "id": "nothing", "type": "silence", "at": "cue:lift.end", "for": "3s" },

    // 4. The world comes back, one sound after the other.
    { "id": "world", "type": "room-return", "at": "cue:nothing.end", "bed": "tone",
      "order": [{ "sound": "hum", "fade": "1.2s" }, { "sound": "night", "after": "2s", "fade": "4s" }] }
  ]
}
`;
