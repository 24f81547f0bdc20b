import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { version } from '../../../package.json';
import { findRoot } from '../../engine/index.ts';
import { ExitCode } from '../exit-code.ts';
import { Failure } from '../failure.ts';
import { interruptSignal } from '../interrupt.ts';
import { distFile } from '../node/dist-file.ts';
import { errorCode } from '../node/error-code.ts';
import {
  type PreviewServer,
  type ServingOptions,
  startPreviewServer,
} from '../node/preview-server/preview-server.ts';
import { projectFiles } from '../node/project-files.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { originationOf } from '../origination.ts';
import { note, print } from '../terminal.ts';

interface PreviewCommandOptions {
  readonly picture?: string;
  readonly port?: number;
  /** False with `--no-open`. */
  readonly open: boolean;
  readonly root?: string;
}

/** Ports of which each sheet has its own, below those that systems hand out to whoever asks for any. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

export function registerPreview(program: Command): void {
  program
    .command('preview')
    .argument('<sheet>', 'the cue sheet, *.cues.json')
    .description('Opens the sheet in the browser: hear it against the picture, change it, hear it again.')
    .option('--picture <file>', 'a video of the film: WebM, MP4 or MOV, as far as the browser plays it')
    .option(
      '--port <number>',
      'serve on this port (default: one that is free, the same each time if it can be)',
      readPort,
    )
    .option('--no-open', 'print the address and do not open a browser')
    .option('--root <folder>', 'the folder that every path of the sheet must stay in')
    .addHelpText(
      'after',
      `
Examples:
  $ runout preview cues/ballroom.cues.json
  $ runout preview cues/ballroom.cues.json --picture cut-12.mp4
  $ runout preview cues/ballroom.cues.json --no-open --port 4300

The address is printed on stdout. Only this machine can open it, and only the sheet, its edit, its sounds and
the picture can be read through it. Ctrl-C ends the preview.`,
    )
    .action(preview);
}

async function preview(sheet: string, options: PreviewCommandOptions): Promise<void> {
  const signal = interruptSignal();
  const sheetPath = realFile(sheet, 'sheet', '`runout init DIR` writes a sheet to start from');
  const root = options.root === undefined ? undefined : realFolder(options.root);
  const server = await start({
    appFolder: distFile('app'),
    name: sheet,
    sheetPath,
    root: root ?? (await findRoot(dirname(sheetPath), projectFiles)),
    picture: options.picture && realFile(options.picture, 'picture', 'is the path right?'),
    ports: options.port === undefined ? [usualPort(sheetPath), 0] : [options.port],
    version,
    origination: originationOf(process.env),
    onNote: note,
  });
  if (!signal.aborted) {
    print(server.url);
    note(`previewing ${basename(sheet)}; Ctrl-C ends it`);
    if (options.open && process.stdout.isTTY) openInBrowser(server.url);
  }
  await aborted(signal);
  await server.close();
  process.exitCode = ExitCode.interrupted;
}

/**
 * The port that a sheet is served on where it is free. A browser keeps what is not saved yet by the address, so
 * that after a crash it can only be found again at the same one.
 */
function usualPort(sheetPath: string): number {
  return FIRST_PORT + (createHash('sha256').update(sheetPath).digest().readUInt32BE() % PORTS);
}

async function start(options: ServingOptions): Promise<PreviewServer> {
  try {
    return await startPreviewServer(options);
  } catch (problem) {
    switch (errorCode(problem)) {
      case 'EADDRINUSE':
        throw new Failure(
          `port ${options.ports[0]} is taken by another program`,
          'choose another, or leave --port out to get one that is free',
        );
      case 'EACCES':
        throw new Failure(
          `port ${options.ports[0]} may not be used`,
          'choose one above 1023, or leave --port out',
        );
      case 'ENOENT':
        throw new Failure('the app has not been built', '`npm run build` builds it');
      default:
        throw problem;
    }
  }
}

/** A file's path with links followed. @throws Failure where it is none */
function realFile(file: string, called: string, hint: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new Failure(`${file}: there is no such ${called}`, hint);
  if (!stats.isFile()) throw new Failure(`${file} is a folder or a device, not a ${called}`);
  return realpathSync.native(file);
}

function realFolder(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Failure(`${folder}: there is no such folder`, 'is the path right?');
  }
  return realpathSync.native(resolve(folder));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('It must be a number up to 65535.');
  return port;
}
