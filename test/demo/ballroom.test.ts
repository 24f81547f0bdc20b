import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCheckpoint } from '../../src/cli/node/checkpoint.ts';
import { loadKernelModule } from '../../src/cli/node/kernel-file.ts';
import { projectFiles } from '../../src/cli/node/project-files.ts';
import { openScoreSounds, type ScoreSounds } from '../../src/cli/node/score-sounds.ts';
import { type Edit, openProject, type Score } from '../../src/engine/index.ts';
import { Mixer } from '../../src/engine/mix/mixer.ts';

const SHEET = fileURLToPath(new URL('../../cues/ballroom.cues.json', import.meta.url));
const RATE = 48_000;

let score: Score;
let edit: Edit;
let mixer: Mixer;
let opened: ScoreSounds;

beforeAll(async () => {
  const project = await openProject(SHEET, projectFiles);
  expect(project.issues).toEqual([]);
  score = project.score!;
  edit = project.edit!;
  const kernel = loadKernelModule();
  const checkpoint = createCheckpoint(new AbortController().signal, () => {});
  opened = await openScoreSounds({ score, paths: project.soundPaths, kernel, isShared: false, checkpoint });
  mixer = new Mixer({ kernel, score, sounds: opened.sounds, responses: opened.responses });
});

afterAll(() => opened.dispose());

function cueOf(id: string) {
  return score.cues.find((cue) => cue.id === id)!;
}

function sceneAt(id: string): number {
  return (edit.scenes.find((scene) => scene.id === id)!.recordIn - edit.startFrame) * 2000;
}

function regionsOf(cue: string) {
  return score.stems.flatMap((stem) => stem.regions.filter((region) => region.cue === cue));
}

/** Left of a stem. */
function hear(stem: string, from: number, to: number): Float32Array {
  const index = score.stems.findIndex(({ id }) => id === stem);
  return mixer.read(from, to - from)[index]!.filter((_, sample) => sample % 2 === 0);
}

const peakDb = (samples: Float32Array) =>
  20 * Math.log10(samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0));
const rmsDb = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);

/** What lies above about 2 kHz: the difference of neighbours. */
const brightness = (samples: Float32Array) => samples.map((one, index) => one - (samples[index - 1] ?? one));

it('is 38 shots of 6792 frames, and as many samples', () => {
  expect([edit.shots.length, edit.durationFrames, score.samples]).toEqual([38, 6792, 13_584_000]);
  expect(score.startSample).toBe(3600 * RATE);
});

it('has three seconds of nothing up to the cut to scene 8, on every stem', () => {
  expect(score.gates).toMatchObject([
    { stems: ['room', 'sfx', 'record'], start: sceneAt('8') - 144_000, end: sceneAt('8') },
  ]);
  const [gate] = score.gates;
  for (const stem of mixer.read(gate!.start, gate!.end - gate!.start)) {
    expect(stem.every((value) => Object.is(value, 0))).toBe(true);
  }
});

it('runs out from the end of the music until 3.3 seconds before scene 8, and the ticks keep their places', () => {
  const runOut = cueOf('runout');
  expect([runOut.start, runOut.end]).toEqual([sceneAt('7'), sceneAt('8') - 3.3 * RATE]);
  expect(cueOf('lift')).toMatchObject({ start: runOut.end, end: score.gates[0]!.start });
  // Past the swoosh of the lead-out: two revolutions, brightened so that ticks stand out.
  const from = runOut.start + 4 * 86_400;
  const heard = brightness(hear('record', from, from + 3 * 86_400 + 8));
  const likeness = (lag: number) => {
    let sum = 0;
    for (let at = 0; at < 2 * 86_400; at++) sum += heard[at]! * heard[at + lag]!;
    return sum;
  };
  const lags = [86_396, 86_397, 86_398, 86_399, 86_400, 86_401, 86_402, 86_403, 86_404];
  const found = lags.map(likeness);
  expect(lags[found.indexOf(Math.max(...found))]).toBe(86_400);
});

it('lets nothing mask the drop', () => {
  const drop = cueOf('drop');
  const music = drop.edges!['music']!;
  // Nothing else of the film begins between half a second before it and the music.
  for (const cue of score.cues) {
    if (cue.id === 'drop' || cue.type === 'duck' || cue.type === 'level') continue;
    for (const region of regionsOf(cue.id).filter(({ sound }) => score.sounds[sound]?.kind === 'file')) {
      expect(region.start > drop.start - RATE / 2 && region.start < music, cue.id).toBe(false);
    }
  }
  const others = (from: number, to: number) => {
    const [room, sfx] = [hear('room', from, to), hear('sfx', from, to)];
    return room.map((one, index) => one + sfx[index]!);
  };
  // Where the ear hears crackle, the touch stands far above all else that sounds, the machine itself included.
  const before = drop.start - RATE / 2;
  const touch = brightness(hear('record', drop.start, drop.start + RATE / 10));
  const machine = brightness(hear('record', before, drop.start));
  const rest = brightness(others(drop.start, drop.start + RATE / 10));
  expect(rmsDb(touch) - rmsDb(rest)).toBeGreaterThan(12);
  expect(rmsDb(touch) - rmsDb(machine)).toBeGreaterThan(12);
  // And so does the loudest tick of the lead-in.
  const leadIn = brightness(hear('record', drop.start + RATE / 4, music));
  expect(peakDb(leadIn) - peakDb(brightness(others(drop.start + RATE / 4, music)))).toBeGreaterThan(12);
});

it('rhymes: the mop of scene 8 is that of scene 1, stroke for stroke', () => {
  // A tail that rings into the next shot is heard from there, so a stroke may be several regions.
  const strokes = (cue: string) =>
    new Map(
      regionsOf(cue).map(({ origin, sound, send, pan }) => {
        const take = sound.split(' > ')[0]!;
        return [origin - cueOf(cue).start, { take, level: send!.gainDb, pan }] as const;
      }),
    );
  expect(strokes('mop').size).toBe(8);
  expect(strokes('mop-again')).toEqual(strokes('mop'));
});

it('uses all that a sheet can say', () => {
  const types = new Set(score.cues.map(({ type }) => type));
  expect([...types].sort()).toEqual([
    'duck',
    'groove-loop',
    'motor-start',
    'motor-stop',
    'needle-drop',
    'needle-lift',
    'practical',
    'room-return',
    'room-tone',
    'scatter',
    'silence',
  ]);
});
