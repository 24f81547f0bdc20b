import type { EditOptions } from '../edit/edit.ts';
import type { EditReading } from '../edit/edit-reading.ts';
import { ScoreMemory } from '../score/score-memory.ts';
import { SheetMemory } from '../sheet/sheet-memory.ts';

/** An edit's file as it was read, and what of. */
interface KnownEdit {
  readonly name: string;
  readonly text: string;
  readonly options: EditOptions;
  readonly reading: EditReading;
}

/**
 * What opening a project keeps for the next time, when its sheet is another in a cue or two. A project is the same with
 * a memory as without one.
 */
export class ProjectMemory {
  readonly sheet = new SheetMemory();
  readonly score = new ScoreMemory();
  edit: KnownEdit | undefined;
}
