import { ScoreMemory } from '../score/score-memory.ts';
import { SheetMemory } from '../sheet/sheet-memory.ts';

/**
 * What opening a project keeps for the next time, when its sheet is another in a cue or two. A project is the same with
 * a memory as without one.
 */
export class ProjectMemory {
  readonly sheet = new SheetMemory();
  readonly score = new ScoreMemory();
}
