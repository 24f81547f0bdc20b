import { type Edit, formatTimecode, frameRateName, type Score } from '../engine/index.ts';
import { countText, minutesText, sampleTimecode, secondsText } from './clock.ts';

/** What a score adds up to, a line for each thing that a sound editor would look at first. */
export function summarise(score: Score, edit: Edit): string[] {
  return [editLine(edit), stemsLine(score), ...gateLines(score, edit), ...recordLines(score, edit)].map(
    (line) => `  ${line}`,
  );
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
    return `silence  ${gate.cue}: ${from} to ${to}, ${length} of zero on ${stems}`;
  });
}

/** How each record lies: the place in the track where it begins to be heard, and where it ends. */
function recordLines(score: Score, edit: Edit): string[] {
  return score.cues.flatMap((cue) => {
    const music = cue.edges?.['music'];
    if (music === undefined || cue.off) return [];
    const regions = score.stems
      .flatMap((stem) => stem.regions)
      .filter((region) => region.cue === cue.id && score.sounds[region.sound]?.kind === 'file');
    return regions.map((region) => {
      const from = sampleTimecode(region.start, score.sampleRate, edit);
      const to = sampleTimecode(region.end, score.sampleRate, edit);
      const place = minutesText(region.start - region.origin, score.sampleRate);
      return `record   ${cue.id}: "${region.sound}" from ${place} of the track, heard ${from} to ${to}`;
    });
  });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
