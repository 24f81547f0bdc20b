import { openProject, ProjectMemory } from '../../engine/index.ts';
import { differenceOf } from './difference.ts';
import type { ReadFilm, Reading, ScoreMessage, SheetPlace, StudioFiles, ToReader } from './messages.ts';

export interface ReadSheetsOptions {
  readonly files: StudioFiles;
  readonly place: SheetPlace;
  readonly tellPage: (reading: Reading) => void;
  readonly tellMixer: (message: ScoreMessage) => void;
}

/** How often the first sheet is read for nothing, with what pause before each, and how long one may take. */
const WARMING_TURNS = 8;
const WARMING_PAUSE_MILLISECONDS = 250;
const LONGEST_WARMING_MILLISECONDS = 1500;

/** Compiles texts of the sheet as they come, always the newest: those in between are passed over. */
export class SheetReader {
  readonly #options: ReadSheetsOptions;
  #wanted: { readonly revision: number; readonly text: string } | undefined;
  #changed: readonly string[] | 'all' = [];
  #isReading = false;
  #readings = 0;
  /** What was told of last. */
  #film: ReadFilm | undefined;
  #paths: ReadonlyMap<string, string> = new Map();
  readonly #memory = new ProjectMemory();

  constructor(options: ReadSheetsOptions) {
    this.#options = options;
  }

  hear(message: ToReader): void {
    if (message.kind === 'read') {
      this.#wanted = message;
      void this.#readAll();
      return;
    }
    const { paths } = message;
    this.#options.files.forget(paths);
    this.#note(paths);
  }

  /** Files that the mixer has to be told of with the next score. */
  #note(paths: readonly string[] | 'all'): void {
    this.#changed = paths === 'all' || this.#changed === 'all' ? 'all' : [...this.#changed, ...paths];
  }

  async #readAll(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let wanted = this.#wanted; wanted; wanted = this.#wanted) {
        this.#wanted = undefined;
        await this.#read(wanted.revision, wanted.text);
      }
    } finally {
      this.#isReading = false;
    }
  }

  /**
   * Reads the first sheet some times more for nothing, when everything else is done: a browser runs code the faster
   * the more often it has run it, and the first edit is to be heard as soon as the tenth. Every second time as if it
   * were new: an edit of a stem leaves little of what was kept.
   */
  async #warmUp(text: string): Promise<void> {
    for (let turn = 0; turn < WARMING_TURNS; turn++) {
      await new Promise((resolve) => setTimeout(resolve, WARMING_PAUSE_MILLISECONDS));
      if (this.#isReading || this.#readings > 1) return;
      await this.#open(text, turn % 2 === 0 ? new ProjectMemory() : this.#memory);
    }
  }

  async #read(revision: number, text: string): Promise<void> {
    const { tellPage, tellMixer } = this.#options;
    const changed = this.#changed;
    this.#changed = [];
    this.#readings += 1;
    const since = performance.now();
    const unanswered = this.#options.files.unanswered();
    const project = await this.#open(text, this.#memory);
    if (this.#options.files.unanswered() > unanswered) {
      this.#note(changed);
      tellPage({ revision, issues: [], isUnanswered: true });
      return;
    }
    const readMilliseconds = performance.now() - since;
    const { issues, sheet, edit, score, soundInfos, soundPaths } = project;
    const film = sheet && edit && score && { sheet, edit, score, soundInfos };
    const scoreDifference = film && differenceOf(this.#film?.score, film.score);
    const pathDifference = differenceOf(this.#paths, soundPaths);
    this.#paths = soundPaths;
    // The mixer first: what is heard is more urgent than what is seen.
    tellMixer({
      revision,
      paths: pathDifference,
      changed,
      readMilliseconds,
      ...(scoreDifference !== undefined && { score: scoreDifference }),
    });
    if (!film) {
      tellPage({ revision, issues });
      return;
    }
    tellPage({ revision, issues, film: differenceOf(this.#film, film) });
    this.#film = film;
    if (this.#readings === 1 && readMilliseconds < LONGEST_WARMING_MILLISECONDS) void this.#warmUp(text);
  }

  #open(text: string, memory: ProjectMemory): ReturnType<typeof openProject> {
    const { sheetPath, name, root } = this.#options.place;
    const files = withText(this.#options.files, sheetPath, text);
    return openProject(sheetPath, files, { name, root, memory });
  }
}

/** The same files, with a text that is not saved yet in the place of one. */
function withText(files: StudioFiles, path: string, text: string): StudioFiles {
  return {
    ...files,
    realPath: async (other) => (other === path ? path : files.realPath(other)),
    readBytes: async (other) => (other === path ? new TextEncoder().encode(text) : files.readBytes(other)),
  };
}
