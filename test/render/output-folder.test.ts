import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NodeOutputFile, OutputFolder, type OutputFolderOptions } from '../../src/cli/node/output-folder.ts';
import { OutputError } from '../../src/engine/render/render-ports.ts';
import { makeFolder } from './tools.ts';

const NAMES = ['Film_room.wav', 'Film_mix.wav'];

function open(folder: string, options: Partial<OutputFolderOptions> = {}): OutputFolder {
  const output = OutputFolder.open({
    folder,
    files: NAMES.map((name) => ({ name, bytes: 100 })),
    sheet: 'film.cues.json',
    inputs: [],
    force: false,
    ...options,
  });
  onTestFinished(() => output.discard());
  return output;
}

function manifestText(names: readonly string[] = NAMES, sheet = 'film.cues.json'): string {
  const files = names.map((file) => ({ file }));
  return JSON.stringify({ sheet: { file: sheet }, stems: files.slice(0, -1), mix: files.at(-1) });
}

async function render(
  folder: string,
  content: string,
  options: Partial<OutputFolderOptions> = {},
): Promise<void> {
  const output = open(folder, options);
  for (const file of output.files) file.write(Buffer.from(content), 0);
  await output.commit(manifestText(output.files.map((file) => file.name)));
}

function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

describe('what is written', () => {
  test('has its names only when it is committed', async () => {
    const folder = join(makeFolder(), 'a', 'b');
    const output = open(folder);
    output.files[0]!.write(Buffer.from('room'), 0);
    output.files[1]!.write(Buffer.from('mix'), 0);
    expect(readdirSync(folder).sort()).toEqual([
      '.Film_mix.wav.part',
      '.Film_room.wav.part',
      '.runout-render.lock',
    ]);
    await output.settle(0);
    await output.commit(manifestText());
    expect(contentsOf(folder)).toEqual({
      'Film_room.wav': 'room',
      'Film_mix.wav': 'mix',
      'render.json': manifestText(),
    });
  });

  test('is gone when it is discarded, with the folders that were made for it', async () => {
    const outer = makeFolder();
    const output = open(join(outer, 'a', 'b'));
    output.files[0]!.write(Buffer.from('room'), 0);
    await output.discard();
    await output.discard();
    expect(readdirSync(outer)).toEqual([]);
  });

  test('leaves what it would have replaced as it was, when it is discarded', async () => {
    const folder = makeFolder();
    await render(folder, 'first');
    const before = contentsOf(folder);
    const output = open(folder);
    output.files[0]!.write(Buffer.from('second'), 0);
    expect(contentsOf(folder)).toMatchObject(before);
    await output.discard();
    expect(contentsOf(folder)).toEqual(before);
  });

  test('may be written anywhere, in any order, and read back', () => {
    const file = open(makeFolder()).files[0]!;
    file.write(Buffer.from('world'), 6);
    file.write(Buffer.from('hello '), 0);
    const back = Buffer.alloc(8);
    file.read(3, back);
    expect(back.toString()).toBe('lo world');
    expect(() => file.read(10, back)).toThrow('Film_room.wav became shorter');
  });

  test('replaces what a render left that was killed', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, '.Film_mix.wav.part'), 'left over, and longer');
    await render(folder, 'new');
    expect(contentsOf(folder)['Film_mix.wav']).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['Film_mix.wav', 'Film_room.wav', 'render.json']);
  });
});

describe('a folder that holds something', () => {
  test('takes a second render of the same sheet', async () => {
    const folder = makeFolder();
    await render(folder, 'first');
    await render(folder, 'second');
    expect(contentsOf(folder)).toMatchObject({ 'Film_room.wav': 'second', 'Film_mix.wav': 'second' });
  });

  test('is refused when the files are others’', () => {
    const folder = makeFolder();
    for (const name of ['notes.txt', 'a.wav', 'b.wav', 'c.wav']) writeFileSync(join(folder, name), 'mine');
    expect(() => open(folder)).toThrow(
      `${folder} holds files that this render would not replace: a.wav, b.wav, c.wav and 1 more`,
    );
    expect(readdirSync(folder).length).toBe(4);
  });

  test('takes a render when a file manager has looked into it', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, '.DS_Store'), '');
    await render(folder, 'first');
    expect(readdirSync(folder)).toContain('.DS_Store');
  });

  test('is refused when a file of the same name is nobody’s', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'Film_mix.wav'), 'mine');
    expect(() => open(folder)).toThrow('Film_mix.wav');
    expect(contentsOf(folder)).toEqual({ 'Film_mix.wav': 'mine' });
  });

  test('is refused when the render there is of another sheet', async () => {
    const folder = makeFolder();
    await render(folder, 'first');
    expect(() => open(folder, { sheet: 'other.cues.json' })).toThrow(OutputError);
  });

  test('is refused when files of the last render would be left beside the new', async () => {
    const folder = makeFolder();
    await render(folder, 'all');
    const files = [{ name: 'Film_mix.wav', bytes: 100 }];
    expect(() => open(folder, { files })).toThrow('Film_room.wav');
  });

  test.each(['', '[]', '{"sheet":null}', '{"sheet":{"file":"film.cues.json"},"stems":[3],"mix":{}}'])(
    'is refused when its manifest is %j',
    async (text) => {
      const folder = makeFolder();
      await render(folder, 'first');
      writeFileSync(join(folder, 'render.json'), text);
      expect(() => open(folder)).toThrow(OutputError);
    },
  );

  test('takes a render with force, which touches nothing else', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'Film_mix.wav'), 'mine');
    await render(folder, 'forced', { force: true });
    expect(contentsOf(folder)).toMatchObject({ 'notes.txt': 'mine', 'Film_mix.wav': 'forced' });
  });
});

describe('a folder that another render is writing into', () => {
  const lockOf = (folder: string) => join(folder, '.runout-render.lock');
  const lockText = (pid: number, host = hostname()) => JSON.stringify({ pid, host, id: 'other' });
  /** A process that has just ended: its number is free. */
  const gonePid = () => spawnSync(process.execPath, ['-e', '0']).pid;

  test('is refused, even with force, and nothing of the other is touched', async () => {
    const folder = makeFolder();
    const first = open(folder);
    first.files[0]!.write(Buffer.from('first'), 0);
    for (const force of [false, true]) {
      expect(() => open(folder, { force })).toThrow(
        `another render is writing into ${folder} (process ${process.pid}`,
      );
    }
    await first.commit(manifestText());
    expect(contentsOf(folder)['Film_room.wav']).toBe('first');
    await render(folder, 'second');
    expect(contentsOf(folder)['Film_room.wav']).toBe('second');
  });

  test('is free again when the other was discarded', async () => {
    const folder = makeFolder();
    await open(folder).discard();
    await render(folder, 'next');
    expect(readdirSync(folder).sort()).toEqual(['Film_mix.wav', 'Film_room.wav', 'render.json']);
  });

  test.each([
    ['the process has gone', () => lockText(gonePid())],
    ['it is from an earlier process of this number', () => lockText(process.pid)],
  ])('is taken over when %s', async (_, text) => {
    const folder = makeFolder();
    writeFileSync(lockOf(folder), text());
    await render(folder, 'new');
    expect(readdirSync(folder).sort()).toEqual(['Film_mix.wav', 'Film_room.wav', 'render.json']);
  });

  test('is taken over when its lock was never filled in', async () => {
    const folder = makeFolder();
    writeFileSync(lockOf(folder), '');
    expect(() => open(folder)).toThrow('another render is writing');
    utimesSync(lockOf(folder), 1, 1);
    await render(folder, 'new');
    expect(contentsOf(folder)['Film_mix.wav']).toBe('new');
  });

  test.each([
    ['runs', () => lockText(process.ppid)],
    ['is on another machine, where nobody can see whether it runs', () => lockText(1, 'elsewhere')],
  ])('stays locked while the process %s', (_, text) => {
    const folder = makeFolder();
    writeFileSync(lockOf(folder), text());
    expect(() => open(folder)).toThrow('another render is writing');
    expect(readdirSync(folder)).toEqual(['.runout-render.lock']);
  });

  test('is told when the lock is a link to nowhere', () => {
    const folder = makeFolder();
    symlinkSync('nowhere', lockOf(folder));
    expect(() => open(folder)).toThrow('another render is writing');
  });

  test('is no success when the lock was taken away', async () => {
    const folder = makeFolder();
    const output = open(folder);
    writeFileSync(lockOf(folder), lockText(process.ppid));
    await expect(output.commit(manifestText())).rejects.toThrow('was taken away during the render');
    await output.discard();
    // What is there may be the other's.
    expect(readdirSync(folder)).toContain('.Film_mix.wav.part');
    expect(readdirSync(folder)).not.toContain('Film_mix.wav');
  });
});

test('a folder of an output’s name is told before anything is written', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'Film_mix.wav'));
  expect(() => open(folder, { force: true })).toThrow('Film_mix.wav would be written over a folder');
});

describe('what the render reads', () => {
  test.each([
    ['the same path', (input: string) => input],
    ['a hard link', (input: string, folder: string) => link(linkSync, input, folder)],
    ['a symbolic link', (input: string, folder: string) => link(symlinkSync, input, folder)],
  ])('is not written over by %s, even with force', (_, place) => {
    const folder = makeFolder();
    const input = join(folder, 'Film_mix.wav');
    writeFileSync(input, 'a sound');
    const inputs = [place(input, folder)];
    expect(() => open(folder, { inputs, force: true })).toThrow('Film_mix.wav would be written over');
    expect(readFileSync(input, 'utf8')).toBe('a sound');
  });

  function link(how: (from: string, to: string) => void, input: string, folder: string): string {
    mkdirSync(join(folder, 'sounds'));
    const path = join(folder, 'sounds', 'x.wav');
    how(input, path);
    return path;
  }
});

describe('a folder that cannot be written', () => {
  test('is told when it is a file', () => {
    const path = join(makeFolder(), 'file');
    writeFileSync(path, '');
    expect(() => open(path)).toThrow(`${path} is a file, not a folder`);
    expect(() => open(join(path, 'in'))).toThrow(`${path}/in lies in a file, not in a folder`);
  });

  test('is told when its permissions forbid it', () => {
    const folder = makeFolder();
    chmodSync(folder, 0o555);
    // Permissions mean nothing to root, so the test steps down for the call.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(() => open(folder)).toThrow(`${folder} may not be written: its permissions forbid it`);
      expect(() => open(join(folder, 'new'))).toThrow('permissions forbid it');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(!existsSync('/proc/self'))('is told where no folder can be made at all', () => {
    expect(() => open('/proc/runout/stems')).toThrow('/proc/runout/stems cannot be made there');
  });

  test('takes the folders away again that it could make', () => {
    const folder = makeFolder();
    expect(() => open(join(folder, 'new', 'x'.repeat(300)))).toThrow('has a name that is too long');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is told when the disk has no room, before anything is written', () => {
    const folder = join(makeFolder(), 'new');
    const files = [{ name: 'Film_mix.wav', bytes: 2 ** 60 }];
    expect(() => open(folder, { files })).toThrow(
      /^the render needs 1152921504\.6 GB, but the disk of .* has [\d.]+ [GM]B left$/,
    );
    expect(existsSync(folder)).toBe(false);
  });

  test.skipIf(!existsSync('/dev/full'))('is told when the disk is full in the midst of it', () => {
    const file = new NodeOutputFile(openSync('/dev/full', 'r+'), 'Film_mix.wav');
    onTestFinished(() => file.close());
    expect(() => file.write(Buffer.alloc(10), 0)).toThrow('Film_mix.wav does not fit: the disk is full');
  });
});
