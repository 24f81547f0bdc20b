import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createDocument, type OwnedDocument, type SheetFile } from '../../../src/ui/document/document.ts';
import type { Journal, JournalEntry } from '../../../src/ui/document/journal.ts';
import { applyPatches } from '../../../src/ui/document/text-patch.ts';
import { SHEET, TALL_SHEET } from './sheets.ts';

/** A file in memory, which others may write to. */
class MemoryFile implements SheetFile {
  text: string | undefined;
  state = 1;
  writes = 0;
  fault: string | undefined;

  constructor(text: string) {
    this.text = text;
  }
  get etag(): string {
    return `"${this.state}"`;
  }
  async read() {
    if (this.text === undefined) throw new Error('there is no such file');
    return { text: this.text, etag: this.etag };
  }
  async write(text: string, etag: string | undefined) {
    if (this.fault !== undefined) throw new Error(this.fault);
    if (etag !== (this.text === undefined ? undefined : this.etag)) {
      return { found: this.text === undefined ? undefined : await this.read() };
    }
    this.change(text);
    this.writes += 1;
    return { etag: this.etag };
  }
  change(text: string | undefined): void {
    this.text = text;
    this.state += 1;
  }
}

/** A journal that outlives its page. */
class MemoryJournal {
  readonly entries = new Map<string, JournalEntry>();
  page(id: string): Journal {
    return {
      write: async (entry) => void this.entries.set(id, { ...entry, id, sheet: '/film.cues.json' }),
      clear: async () => void this.entries.delete(id),
      leftBehind: async () => [...this.entries.values()].filter((entry) => entry.id !== id),
      remove: async (which) => void this.entries.delete(which),
      dispose: () => {},
    };
  }
}

function open(text = SHEET, options: { journal?: Journal; now?: () => number } = {}) {
  const file = new MemoryFile(text);
  const notify = vi.fn<(message: string, kind?: 'done' | 'problem') => void>();
  const document = createDocument({ text, etag: file.etag, file, notify, ...options });
  return { document, file, notify };
}

const MOVE = { path: ['cues', 1, 'at'], value: 'shot:1-3.start + 20f' };

describe('undo and redo', () => {
  it('go back and forth over any changes to the same texts', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('type' as const),
        at: fc.nat(),
        length: fc.nat({ max: 3 }),
        insert: fc.string({ maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant('change' as const),
        index: fc.nat({ max: 2 }),
        key: fc.constantFrom('at', 'note', 'gainDb'),
        value: fc.oneof(fc.integer(), fc.string(), fc.constant(undefined)),
        gesture: fc.constantFrom('drag', 'trim', undefined),
      }),
      fc.record({ kind: fc.constant('undo' as const) }),
      fc.record({ kind: fc.constant('redo' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let now = 0;
        const { document } = open(SHEET, { now: () => (now += 100) });
        for (const one of steps) {
          const before = document.text.value;
          const revision = document.revision.value;
          if (one.kind === 'undo') document.undo();
          else if (one.kind === 'redo') document.redo();
          else if (one.kind === 'change') {
            document.change('Set', [{ path: ['cues', one.index, one.key], value: one.value }], one.gesture);
          } else {
            const from = one.at % (before.length + 1);
            document.type(from, Math.min(before.length, from + one.length), one.insert);
          }
          expect(applyPatches(before, document.patchesSince(revision) ?? [])).toBe(document.text.value);
        }
        let count = 0;
        while (document.redoLabel.value) document.redo();
        const last = document.text.value;
        while (document.undoLabel.value) {
          document.undo();
          count += 1;
        }
        expect(document.text.value).toBe(SHEET);
        expect(document.isDirty.value).toBe(false);
        for (let index = 0; index < count; index += 1) document.redo();
        expect(document.text.value).toBe(last);
      }),
      { numRuns: 300 },
    );
  });

  it('drop a gesture that is given up as if it had not been, and nothing else', () => {
    const { document } = open(SHEET);
    const move = (frame: number, gesture: string) =>
      document.change('Move mop', [{ ...MOVE, value: `shot:1-3.start + ${frame}f` }], gesture);
    move(20, 'one');
    const before = document.text.value;
    move(21, 'two');
    move(22, 'two');
    document.drop('two');
    expect(document.text.value).toBe(before);
    expect(document.redoLabel.value).toBeUndefined();
    document.drop('two');
    expect(document.text.value).toBe(before);
    document.undo();
    expect(document.text.value).toBe(SHEET);
  });

  it('take back a gesture as one step, and typing word by word', () => {
    let now = 0;
    const { document } = open(SHEET, { now: () => now });
    for (let frame = 13; frame < 30; frame += 1) {
      document.change('Move mop', [{ ...MOVE, value: `shot:1-3.start + ${frame}f` }], 'drag-1');
    }
    expect(document.undoLabel.value).toBe('Move mop');
    document.undo();
    expect(document.text.value).toBe(SHEET);

    for (const [index, letter] of [...'two words'].entries()) {
      now += 50;
      document.type(index, index, letter);
    }
    document.undo();
    expect(document.text.value).toBe(`two ${SHEET}`);
    document.undo();
    expect(document.text.value).toBe(SHEET);
    document.type(0, 0, 'a');
    now += 2000;
    document.type(1, 1, 'b');
    document.undo();
    expect(document.text.value).toBe(`a${SHEET}`);
  });

  it('one history holds typing and changes of the timeline', () => {
    const { document } = open();
    document.change('Move mop', [MOVE]);
    const at = document.text.value.indexOf('wet');
    document.type(at, at + 3, 'dry');
    document.undo();
    expect(document.text.value).toBe(SHEET.replace('12f', '20f'));
    document.undo();
    expect(document.text.value).toBe(SHEET);
    expect(document.redoLabel.value).toBe('Move mop');
  });
});

describe('the value', () => {
  it('is undefined while the text is no JSON, and changes wait with clear words', () => {
    const { document, notify } = open('{"cues": [');
    expect(document.value.value).toBeUndefined();
    document.change('Move mop', [MOVE]);
    expect(document.text.value).toBe('{"cues": [');
    expect(notify).toHaveBeenCalledWith(
      '“Move mop” has to wait: the sheet’s text has a mistake. Mend that first, in Sheet.',
      'problem',
    );
  });

  it('a cue can be moved while another is being typed in', () => {
    const { document } = open();
    const at = document.text.value.indexOf('"door"');
    document.type(at, at + 1, '');
    expect(document.value.value).toBeUndefined();
    document.change('Move mop', [MOVE]);
    document.type(at, at, '"');
    expect(document.text.value).toBe(SHEET.replace('12f', '20f'));
    expect(document.value.value).toMatchObject({ cues: [{}, { at: MOVE.value }, { id: 'door' }] });
  });

  it('finds cues by id and pointers in the text', () => {
    const { document } = open();
    expect(document.cueIndex('door')).toBe(2);
    expect(document.cueIndex('nobody')).toBeUndefined();
    const range = document.rangeOf('/cues/1/at')!;
    expect(document.text.value.slice(range.from, range.to)).toBe('"shot:1-3.start + 12f"');
    expect(document.rangeOf('/cues/1/nothing')).toEqual(document.rangeOf('/cues/1'));
  });
});

describe('saving', () => {
  it('writes the text and is clean', async () => {
    const { document, file } = open();
    document.change('Move mop', [MOVE]);
    expect(document.isDirty.value).toBe(true);
    await document.save();
    expect(file.text).toBe(SHEET.replace('12f', '20f'));
    expect(document.isDirty.value).toBe(false);
    document.undo();
    expect(document.isDirty.value).toBe(true);
  });

  it('keeps the byte order mark and the line ends of the file', async () => {
    const windows = `\uFEFF${SHEET.replaceAll('\n', '\r\n')}`;
    const { document, file } = open(windows);
    expect(document.text.value).toBe(SHEET);
    expect(document.fileText.value).toBe(windows);
    document.change('Move mop', [MOVE]);
    await document.save();
    expect(file.text).toBe(windows.replace('12f', '20f'));
  });

  it('takes in what was changed outside at other places, and overwrites nothing', async () => {
    const { document, file, notify } = open();
    document.change('Move mop', [MOVE]);
    file.change(SHEET.replace('-6', '-9'));
    await document.save();
    expect(file.text).toBe(SHEET.replace('12f', '20f').replace('-6', '-9'));
    expect(document.text.value).toBe(file.text);
    expect(document.isDirty.value).toBe(false);
    expect(notify).toHaveBeenCalled();
  });

  it('asks where the same place was changed outside, and writes nothing until it is told', async () => {
    const { document, file } = open();
    document.change('Move mop', [MOVE]);
    const theirs = SHEET.replace('12f', '30f');
    file.change(theirs);
    await document.save();
    expect(file.text).toBe(theirs);
    expect(document.conflict.value).toBeDefined();
    document.settle('mine');
    await document.save();
    expect(file.text).toBe(SHEET.replace('12f', '20f'));
    expect(document.isDirty.value).toBe(false);
  });

  it('knows that a choice was put off, asks again when it is saved, and has none waiting once it is made', async () => {
    const { document, file } = open();
    document.change('Move mop', [MOVE]);
    file.change(SHEET.replace('12f', '30f'));
    await document.save();
    expect(document.isConflictWaiting.value).toBe(false);
    document.postpone();
    expect([document.isConflictWaiting.value, document.conflict.value]).toEqual([true, undefined]);
    await document.save();
    expect(document.conflict.value).toBeDefined();
    document.settle('mine');
    expect(document.isConflictWaiting.value).toBe(false);
  });

  it("takes the file's side and leaves mine one undo away", async () => {
    const { document, file } = open();
    document.change('Move mop', [MOVE]);
    file.change(SHEET.replace('12f', '30f'));
    await document.save();
    document.settle('theirs');
    expect(document.text.value).toBe(file.text);
    expect(document.isDirty.value).toBe(false);
    document.undo();
    expect(document.text.value).toBe(SHEET.replace('12f', '20f'));
  });

  it('keeps mine and leaves the file one undo away, and mine as it was before the choice two', async () => {
    const theirs = SHEET.replace('12f', '30f').replace('-6', '-9');
    const mixed = (frames: string) => SHEET.replace('12f', frames).replace('-6', '-9');
    const { document, file } = open();
    document.change('Move mop', [MOVE]);
    const mine = document.text.value;
    file.change(theirs);
    await document.save();
    document.settle('mine');
    await document.save();
    expect([document.text.value, file.text]).toEqual([mixed('20f'), mixed('20f')]);
    document.undo();
    expect([document.text.value, document.isDirty.value]).toEqual([theirs, true]);
    document.undo();
    expect([document.text.value, document.undoLabel.value]).toEqual([mine, 'Move mop']);
    document.redo();
    document.redo();
    expect([document.text.value, document.isDirty.value]).toEqual([mixed('20f'), false]);
  });

  it('reloads what was changed outside while nothing was unsaved, and can take that back', async () => {
    const { document, file } = open();
    file.change(SHEET.replace('-6', '-9'));
    await document.fileChanged(file.etag);
    expect(document.text.value).toBe(file.text);
    expect(document.isDirty.value).toBe(false);
    expect(document.undoLabel.value).toBe('Reload');
    document.undo();
    expect(document.text.value).toBe(SHEET);
    expect(document.isDirty.value).toBe(true);
  });

  it('writes a file again that was deleted', async () => {
    const { document, file, notify } = open();
    file.change(undefined);
    await document.fileChanged(undefined);
    expect(document.isDirty.value).toBe(true);
    expect(notify).toHaveBeenCalledWith(expect.stringContaining('gone'), 'problem');
    await document.save();
    expect(file.text).toBe(SHEET);
    expect(document.isDirty.value).toBe(false);
  });

  it('says why it failed, and stays unsaved', async () => {
    const { document, file, notify } = open();
    document.change('Move mop', [MOVE]);
    file.fault = 'the disk is full';
    await document.save();
    expect(document.isDirty.value).toBe(true);
    expect(document.saveProblem.value).toBe('the disk is full');
    expect(notify).toHaveBeenCalledWith(expect.stringContaining('the disk is full'), 'problem');
  });
});

describe('the journal', () => {
  async function crashed(journal: MemoryJournal): Promise<OwnedDocument> {
    const { document } = open(SHEET, { journal: journal.page('a'), now: () => 5 });
    document.change('Move mop', [MOVE]);
    await document.writeJournal();
    return document;
  }

  it('holds what was not saved, and nothing after a save', async () => {
    const journal = new MemoryJournal();
    const document = await crashed(journal);
    expect([...journal.entries.values()]).toMatchObject([
      { text: document.text.value, base: SHEET, writtenAt: 5 },
    ]);
    await document.save();
    await vi.waitFor(() => expect(journal.entries.size).toBe(0));
  });

  it('has a change at once, so that no crash comes too early', () => {
    const journal = new MemoryJournal();
    const { document } = open(SHEET, { journal: journal.page('a') });
    document.change('Move mop', [MOVE]);
    expect(journal.entries.get('a')?.text).toBe(document.text.value);
  });

  it('gives back after a crash what was not saved', async () => {
    const journal = new MemoryJournal();
    const before = await crashed(journal);
    const { document } = open(SHEET, { journal: journal.page('b') });
    await vi.waitFor(() => expect(document.recovery.value).toMatchObject({ writtenAt: 5 }));
    expect(document.text.value).toBe(SHEET);
    await document.recover();
    expect(document.text.value).toBe(before.text.value);
    expect(document.recovery.value).toBeUndefined();
    expect([...journal.entries.keys()]).toEqual(['b']);
    document.undo();
    expect(document.text.value).toBe(SHEET);
  });

  it('brings recovered text together with a file that was changed since', async () => {
    const journal = new MemoryJournal();
    await crashed(journal);
    const { document } = open(SHEET.replace('-6', '-9'), { journal: journal.page('b') });
    await vi.waitFor(() => expect(document.recovery.value).toBeDefined());
    await document.recover();
    expect(document.text.value).toBe(SHEET.replace('-6', '-9').replace('12f', '20f'));
  });

  it('asks where recovered text and a file that was changed since clash, and brings back what is chosen', async () => {
    const theirs = SHEET.replace('12f', '99f').replace('-6', '-9');
    for (const [side, frames] of [
      ['mine', '20f'],
      ['theirs', '99f'],
    ] as const) {
      const journal = new MemoryJournal();
      await crashed(journal);
      const { document } = open(theirs, { journal: journal.page('b') });
      await vi.waitFor(() => expect(document.recovery.value).toBeDefined());
      await document.recover();
      expect(document.text.value).toBe(theirs);
      const { of, merge } = document.conflict.value!;
      const [clash] = merge.parts.filter((part) => typeof part !== 'string');
      expect([of, clash?.mine.includes('20f'), clash?.theirs.includes('99f')]).toEqual([
        'recovery',
        true,
        true,
      ]);
      document.settle(side);
      await vi.waitFor(() => expect(document.recovery.value).toBeUndefined());
      expect(document.conflict.value).toBeUndefined();
      expect(document.text.value).toBe(SHEET.replace('12f', frames).replace('-6', '-9'));
      expect(journal.entries.has('a')).toBe(false);
      document.undo();
      const recovered = SHEET.replace('12f', '20f').replace('-6', '-9');
      expect(document.text.value).toBe(side === 'mine' ? theirs : recovered);
    }
  });

  it('keeps recovered text for the next time where the question is put off', async () => {
    const journal = new MemoryJournal();
    await crashed(journal);
    const theirs = SHEET.replace('12f', '99f');
    const { document } = open(theirs, { journal: journal.page('b') });
    await vi.waitFor(() => expect(document.recovery.value).toBeDefined());
    await document.recover();
    document.postpone();
    expect([document.conflict.value, document.recovery.value, document.text.value]).toEqual([
      undefined,
      undefined,
      theirs,
    ]);
    expect(journal.entries.has('a')).toBe(true);
  });

  it('does not ask about text that was saved after all', async () => {
    const journal = new MemoryJournal();
    const before = await crashed(journal);
    const { document } = open(before.text.value, { journal: journal.page('b') });
    await vi.waitFor(() => expect(journal.entries.size).toBe(0));
    expect(document.recovery.value).toBeUndefined();
  });
});

describe('versions', () => {
  const at = (document: OwnedDocument) =>
    (document.value.value as { cues: { id: string; at?: string }[] }).cues.find(({ id }) => id === 'mop')?.at;

  const keptIn = (document: OwnedDocument) =>
    (document.value.value as { 'x-versions'?: { name: string; cues?: unknown; sheet?: unknown }[] })[
      'x-versions'
    ] ?? [];

  it('of a cue are switched between, and everything else stays common', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('late', ['mop']);
    document.change('Move mop', [MOVE]);
    expect(versions.list.value).toMatchObject([{ name: 'late', isHeard: true, isChanged: true }]);
    versions.keep('later', ['mop']);
    expect(versions.list.value).toMatchObject([
      { name: 'late', isHeard: false, cues: ['mop'] },
      { name: 'later', isHeard: true, isChanged: false, cues: ['mop'] },
    ]);
    document.change('Louder', [{ path: ['cues', 0, 'gainDb'], value: 3 }]);
    versions.switchTo('late');
    expect(versions.current.value).toBe('late');
    expect(at(document)).toBe('shot:1-3.start + 12f');
    versions.switchTo('later');
    expect(at(document)).toBe('shot:1-3.start + 20f');
    expect(versions.list.value).toHaveLength(2);
    expect(document.value.value).toMatchObject({ cues: [{ gainDb: 3 }, {}, {}] });
  });

  it('that an older app wrote in one line come to stand a version a line when one is kept, and not before', () => {
    const line =
      '[{"name": "late", "heard": true, "cues":  {"mop": null}}, /* why */ {"name": "x", "cues": {"door": null}} ]';
    const flat = TALL_SHEET.replace(/\n\}\s*$/, `,\n\t"x-versions": ${line}\n}\n`);
    const { document } = open(flat);
    document.change('Louder', [{ path: ['cues', 0, 'gainDb'], value: 3 }]);
    expect(document.text.value).toContain(line);
    document.undo();
    document.versions.keep('new', ['nobody']);
    expect(document.text.value).toBe(
      flat.replace(
        line,
        `[
\t\t{"name": "late", "heard": true, "cues":  {"mop": null}}, /* why */
\t\t{"name": "x", "cues": {"door": null}},
\t\t{"name": "new", "heard": true, "cues": {"nobody": null}}
\t]`,
      ),
    );
    document.undo();
    expect(document.text.value).toBe(flat);
    // Nothing else of the sheet's is written otherwise than it was.
    const { document: short } = open('{"x-versions": [{"name": "a", "cues": {"b": null}}], "cues": []}');
    short.versions.annotate('a', 'dry');
    expect(short.text.value).toBe(
      '{"x-versions": [{"name": "a", "cues": {"b": null}, "note": "dry"}], "cues": []}',
    );
  });

  it('stand a version a line, whatever is in them, and a change of one is a change of its line', () => {
    const { document } = open(TALL_SHEET);
    const { versions } = document;
    const lines = () =>
      document.text.value
        .slice(document.text.value.indexOf('"x-versions"'))
        .split('\n')
        .map((line) => line.slice(0, 16));
    versions.keep('late', ['mop']);
    versions.keep('whole');
    versions.keep('gone', ['door']);
    document.change('Long', [
      { path: ['cues', 1, 'note'], value: 'long '.repeat(60) },
      { path: ['cues', 1, 'repeat'], value: { every: '2s', jitter: '80ms', until: 'shot:1-3.end' } },
    ]);
    versions.keep('late', ['mop']);
    expect(lines()).toEqual([
      '"x-versions": [',
      '\t\t{"name": "late',
      '\t\t{"name": "whol',
      '\t\t{"name": "gone',
      '\t]',
      '}',
      '',
    ]);
    document.change('Take it away', [{ path: ['cues', 1], value: undefined }]);
    versions.keep('late', ['mop']);
    versions.switchTo('whole');
    versions.keep('late', ['mop']);
    expect(lines()).toHaveLength(7);
    // Cues are written as their neighbours are, however long the lines of versions.
    document.change('Add', [{ path: ['cues', 1], value: { id: 'a', type: 'practical' }, insert: true }]);
    expect(document.text.value).toContain('{\n\t\t\t"id": "a",\n\t\t\t"type": "practical"\n\t\t}');
  });

  it('stay as they were kept; work that is in none is kept when it is left', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('early', ['mop']);
    versions.keep('other', ['mop']);
    document.change('Move mop', [MOVE]);
    versions.switchTo('early');
    expect(at(document)).toBe('shot:1-3.start + 12f');
    expect(versions.list.value.map(({ name }) => name)).toEqual(['early', 'other', 'other, changed']);
    versions.switchTo('other, changed');
    expect(at(document)).toBe('shot:1-3.start + 20f');
    versions.switchTo('other');
    expect(at(document)).toBe('shot:1-3.start + 12f');
    expect(versions.list.value).toHaveLength(3);
    document.undo();
    expect(versions.current.value).toBe('other, changed');
  });

  it('that are heard are gone back to, with what was done since kept', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('early');
    document.change('Move mop', [MOVE]);
    versions.switchTo('early');
    expect(at(document)).toBe('shot:1-3.start + 12f');
    expect(versions.list.value).toMatchObject([
      { name: 'early', isChanged: false },
      { name: 'early, changed' },
    ]);
  });

  it('of some of the cues of another leave the rest of these as they are, and say so', () => {
    const { document, notify } = open();
    const { versions } = document;
    versions.keep('early', ['mop']);
    versions.keep('pair', ['mop', 'door']);
    versions.switchTo('early');
    expect(notify.mock.calls).toEqual([['door stays as it is in “pair”: “early” is a version of mop']]);
    versions.switchTo('pair');
    expect(notify.mock.calls).toHaveLength(1);
  });

  it('keep what was heard in a version that is there no more', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('early', ['mop']);
    document.change('Move mop', [MOVE]);
    versions.keep('late', ['mop']);
    versions.remove('late');
    versions.switchTo('early');
    versions.switchTo('before early');
    expect(at(document)).toBe('shot:1-3.start + 20f');
  });

  it('are never changed by edits and switches, and no state that is left is lost', () => {
    const scope = fc.constantFrom(undefined, ['mop'], ['door'], ['mop', 'door']);
    const step = fc.oneof(
      fc.record({ is: fc.constant('keep' as const), cues: scope }),
      fc.record({
        is: fc.constant('edit' as const),
        index: fc.nat(2),
        gainDb: fc.integer({ min: -3, max: 3 }),
      }),
      fc.record({ is: fc.constant('switch' as const), pick: fc.nat(20) }),
      fc.record({ is: fc.constant('seed' as const), seed: fc.nat(3) }),
      fc.record({ is: fc.constant('delete' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 16 }), (steps) => {
        const { document } = open();
        const { versions } = document;
        const cues = () => (document.value.value as { cues: { id: string }[] }).cues;
        steps.forEach((one, count) => {
          const before = keptIn(document);
          const left = cues();
          if (one.is === 'keep') versions.keep(`take ${count}`, one.cues);
          else if (one.is === 'edit' && one.index < cues().length)
            document.change('Gain', [{ path: ['cues', one.index, 'gainDb'], value: one.gainDb }]);
          else if (one.is === 'seed') document.change('Seed', [{ path: ['seed'], value: one.seed }]);
          else if (one.is === 'delete' && cues().length > 1)
            document.change('Delete', [{ path: ['cues', cues().length - 1], value: undefined }]);
          else if (one.is === 'switch' && before.length > 0)
            versions.switchTo(before[one.pick % before.length]!.name);
          const after = keptIn(document);
          for (const { name, cues: held, sheet } of before) {
            const same = after.find((other) => other.name === name);
            expect({ cues: same?.cues, sheet: same?.sheet }).toEqual({ cues: held, sheet });
          }
          if (one.is !== 'switch') return;
          const everywhere = JSON.stringify([cues(), after]);
          for (const cue of left) expect(everywhere).toContain(JSON.stringify(cue));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('of the whole sheet bring back all of it, and leave comments where they are', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('before');
    versions.keep('after');
    document.change('Delete', [{ path: ['cues', 2], value: undefined }]);
    document.change('Seed', [{ path: ['seed'], value: 4 }]);
    versions.switchTo('before');
    expect(document.text.value).toContain('// 1. Routine.\n');
    expect(document.value.value).toMatchObject({ cues: [{}, {}, { id: 'door' }] });
    expect(document.value.value).not.toHaveProperty('seed');
    versions.switchTo('after');
    expect(document.value.value).not.toHaveProperty('seed');
    versions.switchTo('after, changed');
    expect(document.value.value).toMatchObject({ seed: 4 });
    expect((document.value.value as { cues: unknown[] }).cues).toHaveLength(2);
  });

  it('one of those of a cue is the one that was decided on', () => {
    const { document } = open();
    const { versions } = document;
    versions.keep('short', ['mop']);
    versions.keep('long', ['mop']);
    versions.keep('soft', ['door']);
    versions.choose('soft');
    versions.choose('short', 'two breaths');
    versions.choose('long', 'she needs the time');
    expect(versions.list.value).toMatchObject([
      { name: 'short', isChosen: false, note: 'two breaths' },
      { name: 'long', isChosen: true, note: 'she needs the time' },
      { name: 'soft', isChosen: true },
    ]);
    versions.remove('short');
    versions.remove('long');
    versions.remove('soft');
    expect(document.text.value).toBe(SHEET);
  });
});
