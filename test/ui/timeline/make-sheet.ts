import type { SoundInfo } from '../../../src/engine/index.ts';

/** A small film with one of most things: four shots of ten seconds at 24 fps, three stems, a gate. */
export const SHEET = `{
  "version": 1,
  "title": "Small",
  "edit": {
    "frameRate": "24", "start": "01:00:00:00",
    "shots": [
      {"id": "1-1", "scene": "1", "in": "01:00:00:00", "out": "01:00:10:00"},
      {"id": "1-2", "scene": "1", "in": "01:00:10:00", "out": "01:00:20:00"},
      {"id": "2-1", "scene": "2", "in": "01:00:20:00", "out": "01:00:30:00"},
      {"id": "2-2", "scene": "2", "in": "01:00:30:00", "out": "01:00:40:00"}
    ],
    "markers": [{"name": "she turns", "at": "01:00:25:12"}]
  },
  "seed": 8,
  "sounds": {
    "hum": {"file": "hum.wav"},
    "step-1": {"file": "step-1.wav"},
    "step-2": {"file": "step-2.wav"},
    "step-3": {"file": "step-3.wav"},
    "dance": {"file": "dance.wav", "music": {"title": "Dance"}}
  },
  "players": {"portable": {}},
  "stems": {"room": {}, "sfx": {}, "record": {}},
  "cues": [
    // The room.
    {"id": "tone", "type": "room-tone", "stem": "room", "sounds": [{"sound": "hum"}], "fadeIn": "2s"},
    {"id": "mop", "type": "practical", "stem": "sfx", "sound": ["step-1", "step-2", "step-3"], "at": "shot:1-1.start + 12f", "gainDb": -8, "repeat": {"every": "1.4s", "until": "shot:1-1.end - 1s", "jitter": "60ms"}}, // hits
    {"id": "step", "type": "practical", "stem": "sfx", "sound": "step-1", "at": "shot:1-2.start + 12f"},
    {"id": "answer", "type": "practical", "stem": "sfx", "sound": "step-2", "at": "cue:step.end + 1s"},
    {"id": "plain", "type": "practical", "stem": "sfx", "sound": "step-3", "at": "01:00:16:00", "off": true},
    {"id": "drop", "type": "needle-drop", "stem": "record", "player": "portable", "record": "dance", "at": "shot:2-1.start"},
    {"id": "runout", "type": "groove-loop", "stem": "record", "player": "portable", "at": "scene:2.start + 8s", "revolutions": 2},
    {"id": "lift", "type": "needle-lift", "stem": "record", "player": "portable", "at": "cue:runout.end"},
    {"id": "nothing", "type": "silence", "at": "cue:lift.end", "for": "3s"},
    {"id": "back", "type": "room-return", "at": "cue:nothing.end", "bed": "tone", "order": [{"sound": "hum", "fade": "1s"}]}
  ]
}
`;

const sound = (seconds: number): SoundInfo => ({ sampleRate: 48000, channels: 1, samples: 48000 * seconds });

export const SOUNDS: ReadonlyMap<string, SoundInfo> = new Map([
  ['hum', sound(6)],
  ['step-1', sound(0.5)],
  ['step-2', sound(0.75)],
  ['step-3', sound(1)],
  ['dance', sound(30)],
]);

/** A film of an hour with so many cues, spread over three stems, some overlapping, some in repeats. */
export function sheetOf(count: number): string {
  const shots = Array.from({ length: 360 }, (_, index) => {
    const label = (frame: number) => {
      const seconds = Math.floor(frame / 24);
      const parts = [1 + Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % 24];
      return parts.map((part) => String(part).padStart(2, '0')).join(':');
    };
    return { id: `s${index + 1}`, in: label(index * 240), out: label((index + 1) * 240) };
  });
  const cues = Array.from({ length: count }, (_, index) => ({
    id: `cue-${index + 1}`,
    type: 'practical',
    stem: ['room', 'sfx', 'record'][index % 3],
    sound: `step-${(index % 3) + 1}`,
    at: `shot:s${Math.floor((index * 360) / count) + 1}.start + ${(index * 37) % 230}f`,
    ...(index % 5 === 0 && { fadeIn: '0.2s' }),
  }));
  return JSON.stringify({
    version: 1,
    title: 'Long',
    edit: { frameRate: '24', start: '01:00:00:00', shots },
    sounds: Object.fromEntries([1, 2, 3].map((take) => [`step-${take}`, { file: `step-${take}.wav` }])),
    stems: { room: {}, sfx: {}, record: {} },
    cues,
  });
}
