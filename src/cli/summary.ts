import { type Edit, formatTimecode, frameRateName, type Score } from '../engine/index.ts';
import { countText, framesText, minutesText, runOutText, sampleTimecode, secondsText } from './clock.ts';

/** What a score adds up to, a line for each thing that a sound editor would look at first. */
export function summarise(score: Score, edit: Edit): string[] {
  return [
    editLine(edit),
    stemsLine(score),
    ...gateLines(score, edit),
    ...recordLines(score, edit),
    ...runOutLines(score),
  ].map((line) => `  ${line}`);
}

function editLine(edit: Edit): string {
  const from = formatTimecode(edit.startFrame, edit.frameRate);
  const to = formatTimecode(edit.startFrame + edit.durationFrames, edit.frameRate);
  const scenes = edit.scenes.length > 0 ? ` in ${plural(edit.scenes.length, 'scene')}` : '';
  return `edit     ${plural(edit.shots.length, 'shot')}${scenes}, ${frameRateName(edit.frameRate)} fps, ${from} to ${to}`;
}

function stemsLine(score: Score): string {
  const stems = score.stems.map((stem) => `${stem.id} (${plural(stem.regions.length, 'region')})`).join(', ');
  const length = `${minutesText(score.samples, score.sampleRate)} = ${countText(score.samples)} samples at ${score.sampleRate} Hz`;
  return `stems    ${plural(score.cues.length, 'cue')} on ${stems}; ${length}`;
}

function gateLines(score: Score, edit: Edit): string[] {
  return score.gates.map((gate) => {
    const from = sampleTimecode(gate.start, score.sampleRate, edit);
    const to = sampleTimecode(gate.end, score.sampleRate, edit);
    const stems = gate.stems.length === score.stems.length ? 'all stems' : gate.stems.join(', ');
    const samples = gate.end - gate.start;
    const length = `${secondsText(samples, score.sampleRate)} = ${countText(samples)} samples`;
    const frames = gate.length === undefined ? '' : ` (${framesText(gate.length.frames)})`;
    return `silence  ${gate.cue}: ${from} to ${to}, ${length} of zero on ${stems}${frames}`;
  });
}

/** How each record lies: the place in the track where it begins to be heard, and where it ends. */
function recordLines(score: Score, edit: Edit): string[] {
  return score.cues.flatMap((cue) => {
    const music = cue.edges?.['music'];
    if (music === undefined || cue.off) return [];
    const own = score.stems
      .flatMap((stem) => stem.regions)
      .filter((region) => region.cue === cue.id && region.start >= music)
      .flatMap((region) => {
        const file = fileOf(score, region.sound);
        return file === undefined ? [] : [{ ...region, file }];
      });
    // Where the platter comes up to speed or slows down, a record is read in pieces: the longest is as it lies.
    const longest = own.reduce((best, next) => (lengthOf(next) > lengthOf(best) ? next : best), own[0]!);
    if (!longest) return [];
    const same = own.filter(({ file }) => file === longest.file);
    const from = sampleTimecode(Math.min(...same.map(({ start }) => start)), score.sampleRate, edit);
    const to = sampleTimecode(Math.max(...same.map(({ end }) => end)), score.sampleRate, edit);
    const first = same.filter(({ origin }) => origin === longest.origin).map(({ start }) => start);
    const place = minutesText(Math.min(...first) - longest.origin, score.sampleRate);
    return [`record   ${cue.id}: "${longest.file}" from ${place} of the track, heard ${from} to ${to}`];
  });
}

/** How long each run-out is, in all that it is counted by. */
function runOutLines(score: Score): string[] {
  return score.cues.flatMap(({ id, runOut, off }) =>
    runOut === undefined || off ? [] : [`run-out  ${id}: ${runOutText(runOut)}`],
  );
}

/** The file that a sound is made from, if it is made from one. */
function fileOf(score: Score, name: string): string | undefined {
  const sound = score.sounds[name];
  if (sound === undefined || sound.kind === 'pressing') return undefined;
  return sound.kind === 'file' ? name : fileOf(score, sound.of);
}

function lengthOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
