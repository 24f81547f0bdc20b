import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, Placement } from '../job.ts';
import { type Peer, versionOf } from './peer.ts';

/**
 * Placements that do not overlap follow one another in a lane, and the lanes are mixed: several times as fast as
 * an input of `amix` for each.
 */
export const ffmpeg: Peer = {
  name: 'ffmpeg',
  version: () => versionOf('ffmpeg', ['-version'], /ffmpeg version [\w.-]+/),
  declines: ({ placements }) =>
    placements.length > 2000 ? 'a graph of so many filters takes minutes' : undefined,
  prepare(job, folder) {
    const graph = join(folder, 'ffmpeg.txt');
    writeFileSync(graph, graphOf(job).join(';\n'));
    const output = join(folder, 'ffmpeg.wav');
    const files = job.room ? [...job.sounds, job.room] : job.sounds;
    return {
      command: 'ffmpeg',
      args: [
        ...['-nostdin', '-v', 'error', '-y'],
        ...files.flatMap(({ file }) => ['-i', file]),
        ...['-filter_complex_script', graph, '-map', '[out]', '-c:a', 'pcm_s24le', output],
      ],
      output,
    };
  },
};

function graphOf(job: Job): string[] {
  const lines: string[] = [];
  for (const sound of job.sounds.keys()) {
    const uses = job.placements.flatMap((placement, index) => (placement.sound === sound ? [index] : []));
    const outs = uses.map((index) => `[s${index}]`).join('');
    lines.push(
      uses.length === 0 ? `[${sound}]anullsink` : `[${sound}]aformat=fltp,asplit=${uses.length}${outs}`,
    );
  }
  for (let bed = 0; bed < job.beds; bed++) {
    lines.push(`[s${bed}]volume=${job.placements[bed]!.gainDb}dB:precision=float[bed${bed}]`);
  }
  const lanes = lanesOf(job);
  lanes.forEach((lane, index) => {
    let end = 0;
    for (const { place, start, gainDb, samples } of lane) {
      lines.push(
        `[s${place}]volume=${gainDb}dB:precision=float,adelay=delays=${start - end}S:all=1[p${place}]`,
      );
      end = start + samples;
    }
    const clips = lane.map(({ place }) => `[p${place}]`).join('');
    lines.push(`${clips}concat=n=${lane.length}:v=0:a=1,apad=whole_len=${job.samples}[lane${index}]`);
  });
  const beds = Array.from({ length: job.beds }, (_, bed) => `[bed${bed}]`).join('');
  const hits = lanes.map((_, index) => `[lane${index}]`).join('');
  const mix = (inputs: string, count: number) => `${inputs}amix=inputs=${count}:normalize=0:duration=first`;
  if (!job.room) return [...lines, `${mix(beds + hits, job.beds + lanes.length)}[out]`];
  const length = `atrim=end_sample=${job.samples}`;
  return [
    ...lines,
    `${mix(hits, lanes.length)},asplit=2[dry][send]`,
    `[send][${job.sounds.length}]afir=wet=0.5:gtype=none:irfmt=input:maxir=10:precision=float,${length}[wet]`,
    `${mix(`${beds}[dry][wet]`, job.beds + 2)},${length}[out]`,
  ];
}

interface Clip extends Placement {
  /** Index of the placement. */
  readonly place: number;
  readonly samples: number;
}

function lanesOf(job: Job): Clip[][] {
  const lanes: { clips: Clip[]; end: number }[] = [];
  const hits = job.placements
    .map((placement, place): Clip => ({ ...placement, place, samples: job.sounds[placement.sound]!.samples }))
    .slice(job.beds)
    .sort((a, b) => a.start - b.start);
  for (const hit of hits) {
    let lane = lanes.find(({ end }) => end <= hit.start);
    if (!lane) {
      lane = { clips: [], end: 0 };
      lanes.push(lane);
    }
    lane.clips.push(hit);
    lane.end = hit.start + hit.samples;
  }
  return lanes.map(({ clips }) => clips);
}
