import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../job.ts';
import { type Peer, versionOf } from './peer.ts';

export const csound: Peer = {
  name: 'csound',
  version: () => versionOf('csound', ['--version'], /Csound version [\d.]+/),
  prepare(job, folder) {
    const names = job.sounds.map(({ file }, index) => `strset ${index + 1}, "${file}"`);
    const notes = job.placements.map(
      ({ sound, start, gainDb }) =>
        `i 1 ${start / SAMPLE_RATE} ${job.sounds[sound]!.samples / SAMPLE_RATE} ${sound + 1} ${10 ** (gainDb / 20)}`,
    );
    const file = join(folder, 'csound.csd');
    writeFileSync(
      file,
      `<CsoundSynthesizer>
<CsInstruments>
sr = ${SAMPLE_RATE}
ksmps = 64
nchnls = 2
0dbfs = 1
${names.join('\n')}
instr 1
  Sfile strget p4
  aLeft, aRight diskin2 Sfile, 1
  outs aLeft * p5, aRight * p5
endin
</CsInstruments>
<CsScore>
${notes.join('\n')}
e
</CsScore>
</CsoundSynthesizer>
`,
    );
    const output = join(folder, 'csound.wav');
    return { command: 'csound', args: ['-d', '-m0', '-W', '-3', '-o', output, file], output };
  },
};
