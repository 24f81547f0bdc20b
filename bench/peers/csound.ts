import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../job.ts';
import { type Peer, versionOf } from './peer.ts';

/** Partition of its convolution, samples; its output comes as much later. */
const PARTITION = 4096;

export const csound: Peer = {
  name: 'csound',
  version: () => versionOf('csound', ['--version'], /Csound version [\d.]+/),
  prepare(job, folder) {
    const names = job.sounds.map(({ file }, index) => `strset ${index + 1}, "${file}"`);
    const notes = job.placements.map(({ sound, start, gainDb }) => {
      const instrument = job.room && sound >= job.beds ? 2 : 1;
      const seconds = job.sounds[sound]!.samples / SAMPLE_RATE;
      return `i ${instrument} ${start / SAMPLE_RATE} ${seconds} ${sound + 1} ${10 ** (gainDb / 20)}`;
    });
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
${job.room ? inRoom(job.room.file, job.room.samples) : DRY}
</CsInstruments>
<CsScore>
${notes.join('\n')}
${job.room ? `i 3 0 ${(job.samples + PARTITION) / SAMPLE_RATE}` : ''}
e
</CsScore>
</CsoundSynthesizer>
`,
    );
    const output = join(folder, 'csound.wav');
    return {
      command: 'csound',
      args: ['-d', '-m0', '-W', '-3', '-o', output, file],
      output,
      delay: job.room ? PARTITION : 0,
    };
  },
};

const DRY = `instr 1
  Sfile strget p4
  aLeft, aRight diskin2 Sfile, 1
  outs aLeft * p5, aRight * p5
endin`;

/** What is dry waits for what comes back from the room. */
function inRoom(room: string, samples: number): string {
  const size = 2 ** Math.ceil(Math.log2(samples));
  return `gaDryL init 0
gaDryR init 0
gaSendL init 0
gaSendR init 0
giLeft ftgen 1, 0, ${size}, -1, "${room}", 0, 0, 1
giRight ftgen 2, 0, ${size}, -1, "${room}", 0, 0, 2
instr 1
  Sfile strget p4
  aLeft, aRight diskin2 Sfile, 1
  gaDryL = gaDryL + aLeft * p5
  gaDryR = gaDryR + aRight * p5
endin
instr 2
  Sfile strget p4
  aLeft, aRight diskin2 Sfile, 1
  gaDryL = gaDryL + aLeft * p5
  gaDryR = gaDryR + aRight * p5
  gaSendL = gaSendL + aLeft * p5
  gaSendR = gaSendR + aRight * p5
endin
instr 3
  aWetL ftconv gaSendL, giLeft, ${PARTITION}, 0, ${samples}
  aWetR ftconv gaSendR, giRight, ${PARTITION}, 0, ${samples}
  aDryL delay gaDryL, ${PARTITION}/sr
  aDryR delay gaDryR, ${PARTITION}/sr
  outs aDryL + aWetL, aDryR + aWetR
  clear gaDryL, gaDryR, gaSendL, gaSendR
endin`;
}
