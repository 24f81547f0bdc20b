/**
 * Renders the collection: `npm run samples` makes every file anew, `npm run samples -- mop door` those whose
 * tags begin so. What is made goes on the list, `sounds.json`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { catalogue } from './catalogue.ts';
import { Dice } from './craft/dice.ts';
import { peakOf, rateHz, rmsOf } from './craft/signal.ts';
import { flacOf, pcmOf } from './flac.ts';
import type { ListedSound } from './list.ts';

const here = new URL('./', import.meta.url);
const listFile = new URL('sounds.json', here);
const wanted = process.argv.slice(2);
const known: readonly ListedSound[] = existsSync(listFile)
  ? JSON.parse(readFileSync(listFile, 'utf8')).sounds
  : [];
const list = new Map(known.map((sound) => [sound.tag, sound]));

for (const recipe of catalogue) {
  const { tag, script, seed, bits = 16 } = recipe;
  if (wanted.length > 0 && !wanted.some((name) => tag.startsWith(name))) continue;
  const take = await recipe.render(new Dice(seed, tag));
  const peak = peakOf(take);
  if (!(peak > 0 && peak < 0.7079))
    throw new Error(`${tag} peaks at ${peak}; it must sound and stay below -3 dBFS`);
  const pcm = pcmOf(take, bits);
  const file = flacOf(pcm, take.length, bits);
  writeFileSync(new URL(`${tag}.flac`, here), file);
  list.set(tag, {
    tag,
    file: `${tag}.flac`,
    origin: { script: `samples/${script}`, seed },
    licence: 'CC0-1.0',
    rateHz,
    channels: take.length,
    bits,
    samples: take[0]!.length,
    pcmSha256: createHash('sha256').update(pcm).digest('hex'),
  });
  const decibels = (value: number) => (20 * Math.log10(value)).toFixed(1).padStart(6);
  const seconds = (take[0]!.length / rateHz).toFixed(2).padStart(7);
  console.log(
    `${tag.padEnd(14)}${seconds} s  peak ${decibels(peak)}  rms ${decibels(rmsOf(take))} dBFS  ${file.length} bytes`,
  );
}

const sounds = catalogue.flatMap(({ tag }) => list.get(tag) ?? []);
writeFileSync(listFile, `${JSON.stringify({ sounds }, null, 2)}\n`);
