import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/cli/failure.ts';
import { openFileSource } from '../../src/cli/node/file-source.ts';
import { openPcmCache, sweepPcmCaches } from '../../src/cli/node/pcm-cache.ts';
import { memorySource } from '../../src/engine/sound/byte-source.ts';
import { openSound } from '../../src/engine/sound/open-sound.ts';
import { probeSound } from '../../src/engine/sound/probe-sound.ts';
import { openShared, shareSound } from '../../src/engine/sound/share-sound.ts';
import { type Sound, SoundError } from '../../src/engine/sound/sound.ts';
import { readWhole } from './decoded.ts';
import { expectSameBits } from './expect-same-bits.ts';
import { makeDs64, makeWav, ramp } from './make-wav.ts';
import { readFixture, runtime } from './runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'runout-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a file as a source', () => {
  it('gives its bytes, and fewer only at its end', async () => {
    const source = openFileSource(fileOf('bytes', ramp(1000)));
    expect(source.size).toBe(1000);
    expect(source.readNow?.(10, 5)).toEqual(ramp(1000).subarray(10, 15));
    expect(await source.read(990, 50)).toEqual(ramp(1000).subarray(990));
    expect(await source.read(1000, 5)).toHaveLength(0);
    const into = new Uint8Array(20);
    expect(source.readInto?.(985, into)).toBe(15);
    expect(into.subarray(0, 15)).toEqual(ramp(1000).subarray(985));
    source.close?.();
    source.close?.();
  });

  it('says so when the file changes while it is read', () => {
    const path = fileOf('changing', ramp(1000));
    const source = openFileSource(path);
    appendFileSync(path, 'more');
    expect(() => source.readNow?.(0, 5)).toThrow(SoundError);
    expect(() => source.readNow?.(0, 5)).toThrow('changed while it was being read');
    source.close?.();
    const touched = openFileSource(path);
    utimesSync(path, 1, 1);
    expect(() => touched.readNow?.(0, 5)).toThrow('changed while it was being read');
    touched.close?.();
  });

  it('that is not there is the error of the file system', () => {
    expect(() => openFileSource(join(folder, 'none'))).toThrow('ENOENT');
  });
});

it('a WAV file beyond 4 GiB is read at its end', async () => {
  const dataBytes = 5_000_000_000;
  const head = makeWav({
    riff: 'RF64',
    bits: 16,
    before: [makeDs64(BigInt(dataBytes), 0n)],
    data: new Uint8Array(0),
    dataSize: 0xffffffff,
  });
  const path = fileOf('large.wav', head);
  // The file is sparse: it takes no room on the disk.
  truncateSync(path, head.length + dataBytes - 4);
  appendFileSync(path, Uint8Array.of(0, 0x40, 0, 0xc0));
  const source = openFileSource(path);
  expect((await probeSound(source, 'large.wav')).info.samples).toBe(dataBytes / 4);
  const sound = await openSound(source, { name: 'large.wav', sampleRate: 48000, ...runtime });
  const out = new Float32Array(4);
  sound.read(dataBytes / 4 - 2, 2, out);
  expect(out).toEqual(Float32Array.of(0, 0, 0.5, -0.5));
  sound.dispose?.();
});

describe('decoded sounds in temporary files', () => {
  it('are there while the sound is open, and gone when it is disposed of', async () => {
    const parent = mkdtempSync(join(folder, 'cache-'));
    const cache = openPcmCache(parent);
    expect(readdirSync(parent)).toEqual([]);
    const options = { name: 'a.flac', sampleRate: 48000, residentSeconds: 0, kernel: runtime.kernel, cache };
    const sound = await openSound(memorySource(readFixture('stereo-24.flac')), options);
    const [made] = readdirSync(parent);
    expect(readdirSync(join(parent, made!))).toHaveLength(1);
    sound.dispose?.();
    expect(readdirSync(join(parent, made!))).toHaveLength(0);
    cache.dispose();
    cache.dispose();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('cannot be kept where there is no folder, which is told with what to do', () => {
    const cache = openPcmCache(join(folder, 'gone'));
    expect(() => cache.begin()).toThrow(Failure);
    expect(() => cache.begin()).toThrow(/cannot be kept in .*gone.*ENOENT/);
    cache.dispose();
  });

  it('are swept away when their process was killed, and only then', () => {
    const parent = mkdtempSync(join(folder, 'swept-'));
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    const cacheOf = (pid: number, host = hostname()) => `runout-${host}-${pid}-AbC123`;
    const kept = [
      cacheOf(process.pid),
      cacheOf(process.ppid),
      // Nobody can see from here whether it runs.
      cacheOf(gone, 'elsewhere'),
      `runout-${hostname()}-${gone}-notes`,
    ];
    for (const name of [cacheOf(gone), ...kept]) {
      mkdirSync(join(parent, name));
      writeFileSync(join(parent, name, '0.f32'), 'samples');
    }
    symlinkSync(folder, join(parent, `runout-${hostname()}-${gone}-abcdef`));
    sweepPcmCaches(parent);
    expect(readdirSync(parent).sort()).toEqual([...kept, `runout-${hostname()}-${gone}-abcdef`].sort());
    for (const name of kept) expect(readdirSync(join(parent, name))).toEqual(['0.f32']);
    sweepPcmCaches(join(parent, 'gone'));
  });

  it('that hold what no cache has are left alone', () => {
    const parent = mkdtempSync(join(folder, 'swept-'));
    const name = `runout-${hostname()}-${spawnSync(process.execPath, ['-e', '0']).pid}-AbC123`;
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, 'notes.txt'), 'mine');
    sweepPcmCaches(parent);
    expect(readdirSync(join(parent, name))).toEqual(['notes.txt']);
  });

  it('are gone when the process ends with a sound still open', () => {
    const source = fileURLToPath(new URL('../../src/', import.meta.url));
    const script = `
      import { openPcmCache } from '${source}cli/node/pcm-cache.ts';
      const store = openPcmCache().begin();
      store.append(new Uint8Array(100));
      store.finish();
      process.exit(3);`;
    const own = mkdtempSync(join(tmpdir(), 'runout-test-'));
    const file = join(own, 'leave.ts');
    writeFileSync(file, script);
    const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
    const { status } = spawnSync(tsx, [file], { env: { ...process.env, TMPDIR: own } });
    expect(status).toBe(3);
    expect(readdirSync(own).filter((name) => /^runout-/.test(name))).toEqual([]);
    rmSync(own, { recursive: true });
  });
});

describe('a sound in another thread', () => {
  /** Posts a description through a message channel, as to a worker. */
  async function inAnotherThread(sound: Sound): Promise<Sound | undefined> {
    const shared = shareSound(sound);
    if (shared === undefined) return undefined;
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads'); parentPort.once('message', (it) => parentPort.postMessage(it));`,
      { eval: true },
    );
    const copy = await new Promise<typeof shared>((resolve) => {
      worker.once('message', resolve);
      worker.postMessage(shared);
    });
    await worker.terminate();
    return openShared(copy, { openFile: openFileSource, kernel: runtime.kernel });
  }

  it.each([
    ['in memory', 60, 48000],
    ['in pages', 0, 48000],
    ['in pages and converted', 0, 44100],
  ])('has the same bits: %s', async (_, residentSeconds, sampleRate) => {
    const path = fileOf('a.wav', makeWav({ data: ramp(6 * 5000) }));
    for (const source of [openFileSource(path), memorySource(readFixture('stereo-24.flac'))]) {
      const allocate = (floats: number) => new Float32Array(new SharedArrayBuffer(floats * 4));
      const sound = await openSound(source, { name: 'a', sampleRate, residentSeconds, allocate, ...runtime });
      const there = await inAnotherThread(sound);
      expect([there?.samples, there?.channels]).toEqual([sound.samples, sound.channels]);
      expectSameBits(await readWhole(there!), await readWhole(sound));
      if (sound.resident) expect(there?.resident?.buffer).toBeInstanceOf(SharedArrayBuffer);
      there?.dispose?.();
      sound.dispose?.();
    }
  });

  it('cannot be described when it is no file', async () => {
    expect(shareSound({ channels: 2, samples: Number.POSITIVE_INFINITY, read() {} })).toBeUndefined();
    const options = { name: 'a', sampleRate: 48000, residentSeconds: 0, ...runtime };
    expect(shareSound(await openSound(memorySource(makeWav()), options))).toBeUndefined();
  });
});
