import { createHash } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { probeSound, SoundError, type SoundInfo } from '../../../engine/index.ts';
import type { WrittenSound } from '../../../protocol/protocol.ts';
import { AUDIO_ENDINGS } from '../../audio-endings.ts';
import { errorCode } from '../error-code.ts';
import { openFileSource } from '../file-source.ts';
import { projectFiles } from '../project-files.ts';
import { Refused } from './refusal.ts';
import { refusedWrite } from './sheet-file.ts';
import { sweepTemporaries, temporaryPath } from './temporary-file.ts';

/** The folder beside the sheet that dropped sounds are written to. */
const FOLDER = 'sounds';
/** The most bytes of a name that every common file system takes, with room for `.part` and a number. */
const MOST_NAME_BYTES = 200;
/** Numbers that are tried until a name is free. */
const MOST_NUMBERS = 1000;
/** Names that Windows keeps for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Writes a sound that was dropped on the app into the folder `sounds` beside the sheet, under its own name or,
 * where another sound has that, with a number behind it. The same bytes are not written twice.
 *
 * @param root - The project's, with links followed.
 * @param sheetPath - With links followed.
 * @param body - The sound's bytes.
 * @throws Refused where it is no sound, or cannot be written
 */
export async function dropSound(
  name: string,
  body: AsyncIterable<Buffer>,
  { root, sheetPath }: { readonly root: string; readonly sheetPath: string },
): Promise<WrittenSound> {
  requireName(name);
  const { folder, isNew } = makeFolder(join(dirname(sheetPath), FOLDER), root);
  sweepTemporaries(folder);
  const temporary = temporaryPath(folder);
  try {
    const sha256 = await writeBody(temporary, body);
    const { sampleRate, samples } = await requireSound(temporary, name);
    return { file: `${FOLDER}/${place(temporary, folder, name, sha256)}`, sampleRate, samples };
  } catch (problem) {
    throw refusedWrite(problem, name);
  } finally {
    rmSync(temporary, { force: true });
    if (isNew) removeEmpty(folder);
  }
}

/** Takes away a folder that was made for a sound and got none. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something lies in it, as it should.
  }
}

function requireName(name: string): void {
  const [sign] = /[\\/:*?"<>|]/.exec(name) ?? [];
  if (sign !== undefined)
    throw new Refused(400, `a sound cannot be written under a name with ${sign} in it`, {
      hint: 'rename the file',
    });
  const isName =
    name === basename(name) &&
    !/\p{Cc}/u.test(name) &&
    !/^\.|[\s.]$|^\s/.test(name) &&
    !RESERVED.test(name) &&
    Buffer.byteLength(name) <= MOST_NAME_BYTES;
  if (!isName)
    throw new Refused(400, 'a sound cannot be written under that name', { hint: 'rename the file' });
  if (!AUDIO_ENDINGS.has(extname(name).toLowerCase())) {
    throw new Refused(415, `${name} is no sound by its ending`, {
      hint: 'drop a WAV, FLAC, MP3 or Ogg file',
    });
  }
}

/** @returns The folder with links followed, and whether it was not there before */
function makeFolder(folder: string, root: string): { readonly folder: string; readonly isNew: boolean } {
  try {
    const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
    const realFolder = realpathSync.native(folder);
    if (projectFiles.isInside(root, realFolder)) return { folder: realFolder, isNew };
  } catch (problem) {
    throw refusedWrite(problem, `the folder ${FOLDER}`);
  }
  throw new Refused(403, `the folder ${FOLDER} leads by a symbolic link out of the project`);
}

/** @returns SHA-256 of what was written */
async function writeBody(path: string, body: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    for await (const piece of body) {
      hash.update(piece);
      for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function requireSound(path: string, name: string): Promise<SoundInfo> {
  const source = openFileSource(path);
  try {
    return (await probeSound(source, name)).info;
  } catch (problem) {
    if (!(problem instanceof SoundError)) throw problem;
    throw new Refused(415, problem.message, problem.hint === undefined ? {} : { hint: problem.hint });
  } finally {
    source.close?.();
  }
}

/** Gives a written sound the first name that is free. @returns That name */
function place(temporary: string, folder: string, name: string, sha256: string): string {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; number <= MOST_NUMBERS; number++) {
    const free = number === 1 ? name : `${stem}-${number}${ending}`;
    const path = join(folder, free);
    if (giveName(temporary, path) || isSame(path, temporary, sha256)) return free;
  }
  throw new Refused(409, `${MOST_NUMBERS} files are called ${name} already`, { hint: 'rename the file' });
}

/** False where the name is taken. */
function giveName(temporary: string, path: string): boolean {
  try {
    // Unlike a renaming, a link never takes another file's place.
    linkSync(temporary, path);
    return true;
  } catch (problem) {
    const code = errorCode(problem);
    if (code === 'EEXIST') return false;
    // A file system without links: nobody else writes names here but by chance.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw problem;
    if (statSync(path, { throwIfNoEntry: false })) return false;
    renameSync(temporary, path);
    return true;
  }
}

function isSame(path: string, temporary: string, sha256: string): boolean {
  const [there, here] = [path, temporary].map((file) => statSync(file, { throwIfNoEntry: false }));
  if (!there?.isFile() || there.size !== here?.size) return false;
  return createHash('sha256').update(readFileSync(path)).digest('hex') === sha256;
}
