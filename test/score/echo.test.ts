import { expect, it } from 'vitest';
import { compile } from '../../src/engine/score/compile.ts';
import { readSheet } from '../../src/engine/sheet/read-sheet.ts';
import { makeEdit, makeSounds, SOUNDS } from './make.ts';

const EDIT = { '1-1': 240, '1-2': 240, '8-1': 120, '8-2': 240, '8-3': 480 };

const MOP = {
  id: 'mop',
  type: 'practical',
  stem: 'sfx',
  sound: ['step-1', 'step-2', 'step-3'],
  at: 'shot:1-2.start + 12f',
  gainDb: -8,
  pan: 0.2,
  fadeIn: '10ms',
  filters: [{ type: 'high-pass', hz: 80 }],
  repeat: { every: ['1.4s', '1.1s'], until: 'shot:1-2.end - 1s', jitter: '60ms' },
  vary: { gainDb: 2, pitchPercent: 3 },
};
const ECHO = { id: 'again', type: 'practical', echoOf: 'mop', at: 'shot:8-2.start + 12f' };

function compileFilm(cues: readonly object[], shots: Record<string, number> = EDIT) {
  const sounds = Object.fromEntries(Object.keys(SOUNDS).map((tag) => [tag, { file: `${tag}.wav` }]));
  const spaces = { hall: { impulse: 'hall.wav' } };
  const written = { version: 1, edit: 'edit.edl', sounds, spaces, stems: { sfx: {}, room: {} }, cues };
  const { sheet, issues } = readSheet(JSON.stringify(written));
  const compiled = sheet && compile({ sheet, edit: makeEdit({ shots }), sounds: makeSounds() });
  const all = [...issues, ...(compiled?.issues ?? [])];
  return {
    rules: all.map((issue) => `${issue.rule} ${issue.pointer}`),
    messages: all.map((issue) => issue.message),
    hits: (id: string) =>
      compiled?.score?.stems.flatMap((stem) =>
        stem.regions.flatMap((region) => (region.cue === id ? [{ ...region, stem: stem.id }] : [])),
      ) ?? [],
  };
}

it('an echo is its source, hit for hit, at another place', () => {
  const film = compileFilm([MOP, ECHO]);
  expect(film.rules).toEqual([]);
  const shift = 360 * 2000;
  expect(film.hits('again')).toEqual(
    film.hits('mop').map((hit) => ({
      ...hit,
      cue: 'again',
      start: hit.start + shift,
      end: hit.end + shift,
      origin: hit.origin + shift,
      ramps: hit.ramps.map((ramp) => ({ ...ramp, start: ramp.start + shift })),
    })),
  );
  expect(film.hits('again').length).toBe(7);
});

it('an echo may be louder, elsewhere, in another room and on another stem', () => {
  const film = compileFilm([
    MOP,
    { ...ECHO, stem: 'room', gainDb: -12, pan: -1, filters: [], fadeIn: '0s', space: { to: 'hall' } },
  ]);
  // Without its response read, the room itself is left out of the score.
  const [source, echo] = [film.hits('mop'), film.hits('again')];
  expect(echo.map(({ stem, pan, ramps }) => ({ stem, pan, ramps }))).toEqual(
    echo.map(() => ({ stem: 'room', pan: -1, ramps: [] })),
  );
  echo.forEach(({ gainDb, sound }, hit) => {
    expect(gainDb).toBeCloseTo(source[hit]!.gainDb - 4, 9);
    expect(source[hit]!.sound.startsWith(`${sound} > `)).toBe(true);
  });
});

it('an echo of an echo has the rhythm of the first, and the level of the one before', () => {
  const film = compileFilm([
    { ...ECHO, id: 'last', echoOf: 'again', at: 'shot:8-3.start' },
    { ...ECHO, gainDb: -20 },
    MOP,
  ]);
  expect(film.hits('last').map(({ gainDb }) => gainDb)).toEqual(
    film.hits('again').map(({ gainDb }) => gainDb),
  );
  expect(film.hits('last').map(({ start }) => start - film.hits('last')[0]!.start)).toEqual(
    film.hits('mop').map(({ start }) => start - film.hits('mop')[0]!.start),
  );
});

it('an echo answers anchors with its own edges', () => {
  const film = compileFilm([MOP, ECHO, { ...MOP, id: 'after', at: 'cue:again.end', repeat: undefined }]);
  expect(film.hits('after')[0]!.start).toBe(Math.max(...film.hits('again').map(({ end }) => end)));
});

it('a shot that has become too short cuts hits off, and the rhyme is said to be off', () => {
  const film = compileFilm([MOP, ECHO], { ...EDIT, '8-2': 180 });
  expect(film.rules).toEqual(['echo-cut /cues/1/echoOf']);
  expect(film.messages[0]).toBe(
    'the rhyme no longer matches: "mop" has 7 hits, echo "again" at shot 8-2 has room for 5 of them',
  );
  expect(film.hits('again').length).toBe(5);
});

it('a source that has fewer hits than its echo has room for is said to be off, too', () => {
  const film = compileFilm([MOP, ECHO], { ...EDIT, '1-2': 180 });
  expect(film.rules).toEqual(['echo-short /cues/1/echoOf']);
  expect(film.messages[0]).toContain('"mop" has 5 hits, echo "again" at shot 8-2 has room for 7');
  expect(film.hits('again').length).toBe(5);
});

it('an echo stays in its shot where its source does, and crosses the cut where its source does', () => {
  const counted = (count: number) => ({ ...MOP, repeat: { every: '1s', count } });
  expect(compileFilm([counted(4), { ...ECHO, at: 'shot:8-1.start' }]).rules).toEqual([]);
  const cut = compileFilm([counted(8), { ...ECHO, at: 'shot:8-1.start' }]);
  expect(cut.rules).toEqual(['echo-cut /cues/1/echoOf']);
  expect(cut.hits('again').length).toBe(5);
  const crossing = compileFilm([counted(12), { ...ECHO, at: 'shot:8-1.start' }]);
  expect(crossing.rules).toEqual([]);
  expect(crossing.hits('again').length).toBe(12);
});

it('an echo that is tied to no shot plays all of its source', () => {
  const film = compileFilm([MOP, { ...ECHO, at: '01:00:27:00' }]);
  expect(film.rules).toEqual([]);
  expect(film.hits('again').length).toBe(7);
});

it('an echo of a cue that is off is heard', () => {
  const film = compileFilm([{ ...MOP, off: true }, ECHO]);
  expect(film.hits('mop')).toEqual([]);
  expect(film.hits('again').length).toBe(7);
});

it('an echo of nothing, of no practical, of itself or of its own echo is an error', () => {
  const bed = { id: 'bed', type: 'room-tone', stem: 'room', sounds: [{ sound: 'hum' }] };
  expect(compileFilm([MOP, { ...ECHO, echoOf: 'mopp' }]).rules).toEqual(['unknown-cue /cues/1/echoOf']);
  expect(compileFilm([bed, { ...ECHO, echoOf: 'bed' }]).rules).toEqual(['unknown-cue /cues/1/echoOf']);
  expect(compileFilm([{ ...ECHO, echoOf: 'again' }]).rules).toEqual(['cycle /cues/0/echoOf']);
  expect(
    compileFilm([
      { ...ECHO, id: 'a', echoOf: 'b' },
      { ...ECHO, id: 'b', echoOf: 'a' },
    ]).rules,
  ).toEqual(['cycle /cues/0/echoOf', 'cycle /cues/1/echoOf']);
});

it('what makes the rhyme cannot be said twice', () => {
  expect(compileFilm([MOP, { ...ECHO, sound: 'step-1' }]).rules).toEqual(['choice /cues/1/sound']);
  expect(compileFilm([MOP, { ...ECHO, repeat: { every: '1s', count: 2 } }]).rules).toEqual([
    'choice /cues/1/repeat',
  ]);
});

it('what is wrong with a source is said once, where it stands', () => {
  expect(compileFilm([{ ...MOP, gainDb: 99 }, ECHO]).rules).toEqual(['out-of-range /cues/0/gainDb']);
  expect(compileFilm([{ ...MOP, gian: 1 }, ECHO]).rules).toEqual(['unknown-key /cues/0/gian']);
  expect(compileFilm([{ ...MOP, sound: undefined }, ECHO]).rules).toEqual(['missing-key /cues/0']);
  expect(compileFilm([MOP, { ...ECHO, gian: 1 }]).rules).toEqual(['unknown-key /cues/1/gian']);
  expect(compileFilm([MOP, { ...ECHO, at: undefined }]).rules).toEqual(['missing-key /cues/1']);
});
