import { Command } from 'commander';
import { version } from '../../package.json';

/** A command as the help lists it; its module is loaded only when it is the one that was asked for. */
interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Imports the command and adds it to the program. */
  readonly register: (program: Command) => Promise<void>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'a sheet, an edit and sounds that play at once, or a sheet from your own edit and sounds',
    register: async (program) => (await import('./commands/init.ts')).registerInit(program),
  },
  {
    name: 'check',
    summary: 'every issue of a cue sheet, or what it adds up to',
    register: async (program) => (await import('./commands/check.ts')).registerCheck(program),
  },
  {
    name: 'compile',
    summary: 'the score: every cue, region and gate at its exact sample',
    register: async (program) => (await import('./commands/compile.ts')).registerCompile(program),
  },
  {
    name: 'render',
    summary: 'stems, mix and manifest',
    register: async (program) => (await import('./commands/render.ts')).registerRender(program),
  },
  {
    name: 'preview',
    summary: 'the app: hear the sheet against the picture and change it, in the browser',
    register: async (program) => (await import('./commands/preview.ts')).registerPreview(program),
  },
  {
    name: 'edit',
    summary: 'the shots, scenes and markers of an edit file',
    register: async (program) => (await import('./commands/edit.ts')).registerEdit(program),
  },
  {
    name: 'measure',
    summary: 'loudness, true peak and silences of audio files',
    register: async (program) => (await import('./commands/measure.ts')).registerMeasure(program),
  },
  {
    name: 'schema',
    summary: 'the JSON Schema of the cue sheet',
    register: async (program) => (await import('./commands/schema.ts')).registerSchema(program),
  },
];

const EXAMPLES = `
Examples:
  $ runout init my-film                               a small film to start from
  $ runout init my-film --edit cut.edl --sounds fx    a sheet for your own edit and sounds
  $ runout check my-film/film.cues.json
  $ runout preview my-film/film.cues.json
  $ runout render my-film/film.cues.json --out stems

Exit codes: 0 done, 1 the input is at fault or a check failed, 2 wrong usage, 130 interrupted.`;

/**
 * The command line as a commander program. Only the command that `args` name is loaded: the others are
 * there for the help and for nearest-name hints.
 *
 * @param args - What stands after `runout` on the command line.
 */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('runout')
    .description('Layers the sound of a film: a cue sheet and a picture edit become sample-exact WAV stems.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option('--no-color', 'print without colour (NO_COLOR does the same)')
    .showSuggestionAfterError()
    .showHelpAfterError('See: runout --help')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  const wanted = args.find((arg) => COMMANDS.some((entry) => entry.name === arg));
  for (const entry of COMMANDS) {
    if (entry.name === wanted) await entry.register(program);
    else program.command(entry.name).summary(entry.summary).description(entry.summary);
  }
  return program;
}
