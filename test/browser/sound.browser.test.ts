import { describe, expect, it } from 'vitest';
import kernelUrl from '../../dist/kernel.wasm?url';
import { blobSource, memorySource } from '../../src/engine/sound/byte-source.ts';
import { blobPcmCache } from '../../src/engine/sound/pcm-cache.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { DECODED_RATES, digestOf, FIXTURE_NAMES, FIXTURES } from '../sound/decoded.ts';
import decoded from '../sound/fixtures/decoded.json' with { type: 'json' };

const urls = import.meta.glob<string>('../sound/fixtures/*.{flac,ogg,mp3}', {
  query: '?url',
  import: 'default',
  eager: true,
});
const kernel = await WebAssembly.compileStreaming(fetch(kernelUrl));

describe.each(FIXTURE_NAMES)('%s', (name) => {
  const fetched = fetch(urls[`../sound/fixtures/${name}`]!).then((response) => response.blob());

  it('is known in the browser as in Node', async () => {
    expect((await probeSound(blobSource(await fetched), name)).info).toEqual(FIXTURES[name]);
  });

  it.each([...new Set([FIXTURES[name].sampleRate, ...DECODED_RATES])])(
    'decodes at %i Hz to the bits that Node makes of it, in memory and in pages',
    async (rate) => {
      const expected = (decoded[name] as Record<string, string>)[rate];
      const runtime = { kernel, cache: blobPcmCache() };
      const blob = await fetched;
      const bytes = new Uint8Array(await blob.arrayBuffer());
      expect(await digestOf(memorySource(bytes), name, rate, 60, runtime)).toBe(expected);
      expect(await digestOf(blobSource(blob), name, rate, 0, runtime)).toBe(expected);
    },
  );
});
