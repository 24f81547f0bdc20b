import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Peer, versionOf } from './peer.ts';

export const ffmpeg: Peer = {
  name: 'ffmpeg amix',
  // amix looks at all its inputs for every packet: 1,000 take more than ten minutes.
  mostPlacements: 300,
  version: () => versionOf('ffmpeg', ['-version'], /ffmpeg version [\w.-]+/),
  prepare(job, folder) {
    const lines: string[] = [];
    for (const [sound] of job.sounds.entries()) {
      const uses = job.placements.flatMap((placement, index) => (placement.sound === sound ? [index] : []));
      const outs = uses.map((index) => `[s${index}]`).join('');
      lines.push(
        uses.length === 0 ? `[${sound}]anullsink` : `[${sound}]aformat=fltp,asplit=${uses.length}${outs}`,
      );
    }
    for (const [index, { start, gainDb }] of job.placements.entries())
      lines.push(`[s${index}]volume=${gainDb}dB:precision=float,adelay=delays=${start}S:all=1[p${index}]`);
    const all = job.placements.map((_, index) => `[p${index}]`).join('');
    lines.push(`${all}amix=inputs=${job.placements.length}:normalize=0:duration=first[mix]`);
    const graph = join(folder, 'ffmpeg.txt');
    writeFileSync(graph, lines.join(';\n'));
    const output = join(folder, 'ffmpeg.wav');
    return {
      command: 'ffmpeg',
      args: [
        ...['-nostdin', '-v', 'error', '-y'],
        ...job.sounds.flatMap(({ file }) => ['-i', file]),
        ...['-filter_complex_script', graph, '-map', '[mix]', '-c:a', 'pcm_s24le', output],
      ],
      output,
    };
  },
};
