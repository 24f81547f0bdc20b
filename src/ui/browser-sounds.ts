import {
  blobPcmCache,
  deriveSounds,
  type FilePorts,
  FileProblem,
  type ImpulseResponse,
  openResponse,
  openSound,
  type Score,
  type ScoreSound,
  type Sound,
  SoundError,
} from '../engine/index.ts';
import { LazySound, type SoundFile } from './lazy-sound.ts';
import { type Asking, MadeSounds } from './made-sounds.ts';
import { OpeningTurns } from './opening-turns.ts';

/** Everything that a mixer needs to play a score. */
export interface ScoreSounds {
  readonly sounds: ReadonlyMap<string, Sound>;
  /** Impulse responses, by the score's name of the sound. */
  readonly responses: ReadonlyMap<string, ImpulseResponse>;
}

export interface BrowserSoundsOptions {
  readonly files: FilePorts;
  readonly kernel: WebAssembly.Module;
  /**
   * Bytes of samples that are kept of sounds which are made of others: of those that are heard, and of those that
   * are only drawn. Default: none, for who reads a score once.
   */
  readonly kept?: { readonly heardBytes: number; readonly drawnBytes: number };
  /** Called after every few milliseconds of decoding: lets others work, and throws to call it off. */
  readonly checkpoint?: () => Promise<void> | undefined;
  /** Told when a sound that is opened as it is played cannot be: it is silent then. */
  readonly onProblem?: (problem: SoundProblem) => void;
}

/** A sound that cannot be played. */
export interface SoundProblem {
  /** The score's name of it. */
  readonly sound: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A sound of the score that cannot be used, for who must have all of them. */
export class ScoreSoundError extends Error {
  /** The score's name of it. */
  readonly sound: string;
  readonly hint: string | undefined;
  constructor({ sound, message, hint }: SoundProblem) {
    super(message);
    this.name = 'ScoreSoundError';
    this.sound = sound;
    this.hint = hint;
  }
}

/** Sounds that are held decoded in memory, bytes; what comes after them is left to the browser's Blobs. */
const RESIDENT_BYTES = 192 * 2 ** 20;

/**
 * The sounds of a project in a browser, decoded once and kept while scores come and go: an edit opens only what is
 * new in it. A file is known by its path until {@link forget} says that it has changed.
 */
export class BrowserSounds {
  readonly #options: BrowserSoundsOptions;
  readonly #cache = blobPcmCache();
  readonly #files = new Map<string, KeptFile>();
  readonly #responses = new Map<string, Promise<ImpulseResponse>>();
  readonly #turns: OpeningTurns;
  /** What the last score's sounds were made as, by what they are made of. */
  #made: ReadonlyMap<string, Sound> = new Map();
  readonly #keeper: MadeSounds | undefined;
  #asking: Asking = { urgency: 'now' };
  #residentBytes = 0;

  constructor(options: BrowserSoundsOptions) {
    this.#options = options;
    this.#turns = new OpeningTurns(options.checkpoint ?? (() => undefined));
    this.#keeper =
      options.kept && new MadeSounds({ ...options.kept, turns: this.#turns, asking: () => this.#asking });
  }

  /** Asks for sounds, by preparing a mixer say, with an urgency: of several the most urgent are opened first. */
  asking<Result>(asking: Asking, ask: () => Result): Result {
    const before = this.#asking;
    this.#asking = asking;
    try {
      return ask();
    } finally {
      this.#asking = before;
    }
  }

  /**
   * The sounds of a score, each file opened when the mixer prepares to play it. Impulse responses are opened first.
   *
   * @param paths - Absolute paths of the files, by the score's names of the sounds.
   * @throws ScoreSoundError if an impulse response cannot be used.
   */
  async openLazily(score: Score, paths: ReadonlyMap<string, string>): Promise<ScoreSounds> {
    const { kernel } = this.#options;
    const { sampleRate } = score;
    const impulses = impulsesOf(score);
    const responses = new Map<string, ImpulseResponse>();
    for (const name of impulses) {
      responses.set(name, await this.#response(score, name, requirePath(paths, name)));
    }
    const files = new Map<string, Sound>();
    const played: Record<string, ScoreSound> = {};
    const keys = new Map<string, string>();
    for (const [name, sound] of Object.entries(score.sounds)) {
      if (impulses.has(name)) continue;
      played[name] = sound;
      if (sound.kind !== 'file') continue;
      const file = this.#file(requirePath(paths, name), sampleRate, name, sound.file);
      keys.set(name, `${file.number} ${JSON.stringify(sound)}`);
      files.set(name, this.#made.get(keys.get(name)!) ?? new LazySound(file, sound));
    }
    // What is made of the same as before is the same as before, with all that it has worked out.
    for (const name of Object.keys(played)) {
      const before = this.#made.get(keyOf(name, score.sounds, sampleRate, keys));
      if (!before || files.has(name)) continue;
      files.set(name, before);
      played[name] = { kind: 'file', file: name, channels: before.channels, samples: before.samples };
    }
    const sounds = deriveSounds({ sampleRate, sounds: played }, files, kernel);
    this.#made = new Map([...sounds].map(([name, sound]) => [keys.get(name)!, sound]));
    return { sounds: this.#keeper ? keepMade(score, sounds, this.#keeper) : sounds, responses };
  }

  /** The same with every file open and good. @throws ScoreSoundError for the first that is not */
  async openAll(score: Score, paths: ReadonlyMap<string, string>): Promise<ScoreSounds> {
    const opened = await this.openLazily(score, paths);
    for (const [sound, lazy] of opened.sounds) {
      if (!(lazy instanceof LazySound)) continue;
      const problem = await lazy.open();
      if (problem) throw new ScoreSoundError({ sound, ...problem });
    }
    return opened;
  }

  /** Samples of one file at a rate, opened if it is not yet. @throws SoundError */
  async openFile(path: string, sampleRate: number, name: string): Promise<Sound> {
    const file = this.#file(path, sampleRate, name, name);
    await file.open();
    if (file.sound) return file.sound;
    throw new SoundError(file.problem?.message ?? `${name} cannot be opened`, file.problem?.hint);
  }

  /** Forgets files that have changed: they are opened anew for the next score. */
  forget(paths: readonly string[] | 'all'): void {
    for (const key of [...this.#files.keys(), ...this.#responses.keys()]) {
      if (paths === 'all' || paths.some((path) => key.startsWith(`${path}\n`))) this.#drop(key);
    }
  }

  /** Lets go of other files than these where there are too many. */
  keepOnly(paths: ReadonlyMap<string, string>): void {
    if (this.#residentBytes < RESIDENT_BYTES) return;
    const kept = new Set(paths.values());
    for (const [key, file] of this.#files) if (!kept.has(file.path)) this.#drop(key);
  }

  dispose(): void {
    for (const key of this.#files.keys()) this.#drop(key);
    this.#responses.clear();
  }

  #drop(key: string): void {
    const file = this.#files.get(key);
    // A score that is still playing may read it: the garbage collector gives it back, not we.
    if (file) this.#residentBytes -= file.residentBytes;
    this.#files.delete(key);
    this.#responses.delete(key);
  }

  #file(path: string, sampleRate: number, sound: string, name: string): KeptFile {
    const key = `${path}\n${sampleRate}`;
    let file = this.#files.get(key);
    if (!file) {
      file = new KeptFile(path, {
        open: () =>
          this.#turns.run(key, this.#asking.urgency, (checkpoint) =>
            this.#open(path, sampleRate, name, checkpoint),
          ),
        hasten: () => this.#turns.hasten(key, this.#asking.urgency),
        report: (problem) => this.#options.onProblem?.({ sound, ...problem }),
      });
      this.#files.set(key, file);
    }
    return file;
  }

  async #open(
    path: string,
    sampleRate: number,
    name: string,
    checkpoint: () => Promise<void>,
  ): Promise<Sound> {
    const { files, kernel } = this.#options;
    const sound = await openSound(await files.openBytes(path), {
      name,
      sampleRate,
      kernel,
      cache: this.#cache,
      checkpoint,
      ...(this.#residentBytes >= RESIDENT_BYTES && { residentSeconds: 0 }),
    });
    this.#residentBytes += sound.resident?.byteLength ?? 0;
    return sound;
  }

  #response(score: Score, sound: string, path: string): Promise<ImpulseResponse> {
    const { files, kernel } = this.#options;
    const { sampleRate } = score;
    const key = `${path}\n${sampleRate}`;
    let response = this.#responses.get(key);
    if (!response) {
      const definition = score.sounds[sound];
      const name = definition?.kind === 'file' ? definition.file : sound;
      response = this.#turns
        .run(key, 'now', async (checkpoint) =>
          openResponse(await files.openBytes(path), { name, sampleRate, kernel, checkpoint }),
        )
        .catch((problem: unknown) => {
          this.#responses.delete(key);
          throw new ScoreSoundError({ sound, ...wordsOf(problem, name) });
        });
      this.#responses.set(key, response);
    }
    return response;
  }
}

/** The sounds with those kept that are made of others and are played themselves. */
function keepMade(
  { sounds: definitions, stems }: Score,
  sounds: ReadonlyMap<string, Sound>,
  keeper: MadeSounds,
): ReadonlyMap<string, Sound> {
  const played = new Set(stems.flatMap(({ regions }) => regions.map(({ sound }) => sound)));
  const kept = new Map(sounds);
  for (const name of played) {
    const sound = sounds.get(name);
    if (sound && definitions[name]?.kind !== 'file') kept.set(name, keeper.keep(sound));
  }
  return kept;
}

/** What a sound is made of, as text that is the same for what sounds the same. */
function keyOf(name: string, sounds: Score['sounds'], sampleRate: number, keys: Map<string, string>): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const sound = sounds[name];
  // One that is made of itself is refused when it is made.
  keys.set(name, '');
  const of = sound !== undefined && 'of' in sound ? keyOf(sound.of, sounds, sampleRate, keys) : '';
  const key = `${sampleRate} ${JSON.stringify(sound)} ${of}`;
  keys.set(name, key);
  return key;
}

/** What a kept file needs of those who keep it. */
interface KeptFilePorts {
  readonly open: () => Promise<Sound>;
  /** It is asked for while it is being opened. */
  readonly hasten: () => void;
  readonly report: (problem: Omit<SoundProblem, 'sound'>) => void;
}

/** A file that is opened once, whoever asks for it first. */
class KeptFile implements SoundFile {
  static #count = 0;
  /** Tells it from every other, also from one of the same path that was forgotten. */
  readonly number = KeptFile.#count++;
  readonly path: string;
  sound: Sound | undefined;
  problem: Omit<SoundProblem, 'sound'> | undefined;
  readonly #ports: KeptFilePorts;
  #opening: Promise<void> | undefined;

  constructor(path: string, ports: KeptFilePorts) {
    this.path = path;
    this.#ports = ports;
  }

  get residentBytes(): number {
    return this.sound?.resident?.byteLength ?? 0;
  }

  open(): Promise<void> {
    if (this.#opening) this.#ports.hasten();
    this.#opening ??= this.#ports.open().then(
      (sound) => {
        this.sound = sound;
      },
      (problem: unknown) => this.fail(wordsOf(problem, this.path)),
    );
    return this.#opening;
  }

  fail(problem: Omit<SoundProblem, 'sound'>): void {
    this.problem = problem;
    this.#ports.report(problem);
  }
}

/** Names of the sounds that are impulse responses of spaces, which nothing else can play. */
function impulsesOf(score: Score): ReadonlySet<string> {
  return new Set(Object.values(score.spaces).map((space) => space.sound));
}

function requirePath(paths: ReadonlyMap<string, string>, name: string): string {
  const path = paths.get(name);
  if (path === undefined) throw new Error(`the sound "${name}" has no file`);
  return path;
}

/** A problem in words. @throws whatever is no problem of a file or a sound */
function wordsOf(problem: unknown, name: string): Omit<SoundProblem, 'sound'> {
  if (problem instanceof SoundError) return { message: problem.message, hint: problem.hint };
  if (problem instanceof FileProblem) return { message: `${name} ${problem.message}` };
  throw problem;
}
