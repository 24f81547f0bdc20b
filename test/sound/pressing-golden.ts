import type { PressingPart, PressingSound } from '../../src/engine/score/score.ts';
import { openPressing } from '../../src/engine/sound/pressing/pressing.ts';

/** SHA-256 of one second of each part, as last approved. */
export const PRESSING_GOLDEN: Readonly<Record<PressingPart, string>> = {
  groove: '3221864853996e98a71c5c8c6963f71a4abb7dc7072dc0e064d45e0af2b5f96b',
  'run-out': 'ff6b46885dccffcbf16797c774539aae300672e908508484a96b29d186f814c3',
  drop: '398907132386a2edb5ddc34b7151625a840a49431dd194f288abc2ae64e8ba28',
  'lead-out': '9e154815f428a2df70a80a8df1cb341cad56e3bfe681ffbec0b054ac132b7f4e',
  lift: '9d46f15a488c15dbda9012f1d1e44640829ca83177fe44f330b6ff1603c52f0b',
  motor: 'ede44775a0ccf7bded8f22ab2e014a965c992ab364208d370936db2fe42481b0',
  hum: '0fa3909664764b5be6d651b47d8b22a456755dcc0504a9f416e6c7679df319bc',
  'switch-on': 'f114173219f6b993dc8b9a762a91c36d6a890f7279af7b9fd6fe35c843ecc820',
  'switch-off': '5d59b37fe5ab96106439464130f36061d152131dd1402e6d49a9da4eec059853',
};

/** What a golden second has besides: all that a record can be worn by. */
const WORN: Readonly<Partial<Record<PressingPart, Partial<PressingSound>>>> = {
  groove: { warp: 0.5, scratch: { depth: 0.6, at: -9000 } },
  'run-out': { warp: 0.5, repeat: true },
};

export function makePressing(changes: Partial<PressingSound> = {}): PressingSound {
  return {
    kind: 'pressing',
    part: 'groove',
    seed: 3,
    revolution: [86400, 1],
    crackle: 0.4,
    ticks: 2,
    ...changes,
  };
}

/** The second that the golden hash of a part is made of: around sample 0, the end of the lead-in. */
export function goldenSecond(part: PressingPart, kernel: WebAssembly.Module): Float32Array<ArrayBuffer> {
  const out = new Float32Array(96000);
  const worn = WORN[part] ?? {};
  openPressing(makePressing({ part, ...worn }), { sampleRate: 48000, kernel }).read(-17000, 48000, out);
  return out;
}
