import { isRecord, type JsonRecord, type JsonValue, listIn } from './json-value.ts';
import { isAlike } from './likeness.ts';
import type { Cue, CueSheet } from './schema.ts';

/** A sheet's value without its cues, and what the schema has made of it. */
interface KnownRest {
  readonly value: JsonRecord;
  readonly sheet: CueSheet;
}

/**
 * What reading a sheet keeps for the next text of it, which differs in a cue or two. A reading is the same with a
 * memory as without one; a cue that says what it said before is the same object as before, though it be written in
 * another place or form.
 */
export class SheetMemory {
  /** What the schema has made of cues that it has found no fault with. */
  readonly cues = new WeakMap<JsonRecord, Cue>();
  rest: KnownRest | undefined;
  #known: ReadonlyMap<JsonValue, JsonRecord> = new Map();

  /** The cues of a sheet, each the object that it was in the last reading where it says the same. */
  recall(cues: JsonValue): readonly JsonValue[] {
    const left = new Map(this.#known);
    const recalled = listIn(cues).map((cue) => {
      if (!isRecord(cue)) return cue;
      const { id } = cue;
      const before = left.get(id);
      if (!before || !isAlike(before, cue)) return cue;
      // Of two that are alike each is its own.
      left.delete(id);
      return before;
    });
    this.#known = new Map(
      recalled.flatMap((cue): [JsonValue, JsonRecord][] => (isRecord(cue) ? [[cue['id'], cue]] : [])),
    );
    return recalled;
  }
}
