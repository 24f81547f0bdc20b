import { openProject } from '../../engine/index.ts';
import type { Reading, ScoreMessage, SheetPlace, StudioFiles, ToReader } from './messages.ts';

export interface ReadSheetsOptions {
  readonly files: StudioFiles;
  readonly place: SheetPlace;
  readonly tellPage: (reading: Reading) => void;
  readonly tellMixer: (message: ScoreMessage) => void;
}

/** Compiles texts of the sheet as they come, always the newest: those in between are passed over. */
export class SheetReader {
  readonly #options: ReadSheetsOptions;
  #wanted: { readonly revision: number; readonly text: string } | undefined;
  #changed: readonly string[] | 'all' = [];
  #isReading = false;

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

  async #read(revision: number, text: string): Promise<void> {
    const { place, tellPage, tellMixer } = this.#options;
    const { sheetPath, name, root } = place;
    const changed = this.#changed;
    this.#changed = [];
    const files = withText(this.#options.files, sheetPath, text);
    const since = performance.now();
    const unanswered = files.unanswered();
    const project = await openProject(sheetPath, files, { name, root });
    if (files.unanswered() > unanswered) {
      this.#note(changed);
      tellPage({ revision, issues: [], isUnanswered: true });
      return;
    }
    const readMilliseconds = performance.now() - since;
    const { issues, sheet, edit, score, soundInfos, soundPaths } = project;
    // The mixer first: what is heard is more urgent than what is seen.
    tellMixer({ revision, paths: soundPaths, changed, readMilliseconds, ...(score && { score }) });
    tellPage({
      revision,
      issues,
      ...(sheet && edit && score && { film: { sheet, edit, score, soundInfos } }),
    });
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
