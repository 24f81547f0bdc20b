import { afterEach, describe, expect, it } from 'vitest';
import { copyCues, cutCues, pasteCues } from '../../../src/ui/timeline/cue-clipboard.ts';
import type { FakeWorkspace } from '../fakes.ts';
import { SHEET } from './make-sheet.ts';
import { closeAll, open, raw } from './opened.ts';

const FRAME = 2000;
const RATE = 48000;

const cue = (workspace: FakeWorkspace, id: string) =>
  workspace.studio.film.value?.score.cues.find((one) => one.id === id);
const start = (workspace: FakeWorkspace, id: string) => cue(workspace, id)?.start;
const errors = (workspace: FakeWorkspace) =>
  workspace.studio.issues.value.filter((issue) => issue.severity === 'error').map(({ message }) => message);

/** A clipboard as the browser hands it out for its own key. */
const makeClipboard = () => {
  const data = { text: '' };
  return {
    data,
    transfer: {
      setData: (_type: string, text: string) => {
        data.text = text;
      },
    } as unknown as DataTransfer,
  };
};
const copy = async (workspace: FakeWorkspace, ...ids: string[]) => {
  const { data, transfer } = makeClipboard();
  await copyCues(workspace, ids, transfer);
  return data.text;
};

afterEach(closeAll);

describe('what is copied', () => {
  it('is JSON, each cue as the sheet has it, in its order', async () => {
    const workspace = open();
    const text = await copy(workspace, 'answer', 'step');
    expect(text).toBe(`[
  {"id": "step", "type": "practical", "stem": "sfx", "sound": "step-1", "at": "shot:1-2.start + 12f"},
  {"id": "answer", "type": "practical", "stem": "sfx", "sound": "step-2", "at": "cue:step.end + 1s"}
]
`);
    expect(workspace.notices).toEqual(['Copied 2 cues']);
  });

  it('has no comments, which are no JSON', async () => {
    const workspace = open(SHEET.replace('"sound": "step-1", "at"', '"sound": "step-1", /* heel */ "at"'));
    expect(JSON.parse(await copy(workspace, 'step'))).toEqual([raw(workspace, 'step')]);
  });
});

describe('pasting', () => {
  it('begins the first at the playhead and keeps the distances, under names that are free', async () => {
    const workspace = open();
    const text = await copy(workspace, 'step', 'answer', 'plain');
    expect(pasteCues(workspace, text, 21 * RATE + 700)).toBe(true);
    expect(errors(workspace)).toEqual([]);
    expect(workspace.view.selection.value).toEqual(['step-2', 'answer-2', 'plain-2']);
    expect(raw(workspace, 'step-2')).toEqual({
      ...raw(workspace, 'step'),
      id: 'step-2',
      at: 'shot:2-1.start + 24f',
    });
    // Tied to the copy of what it was tied to.
    expect(raw(workspace, 'answer-2')?.['at']).toBe('cue:step-2.end + 1s');
    const moved = 21 * RATE - start(workspace, 'step')!;
    for (const id of ['step', 'answer', 'plain'])
      expect([id, start(workspace, `${id}-2`)]).toEqual([id, start(workspace, id)! + moved]);
    expect(workspace.notices.at(-1)).toBe('Pasted 3 cues at 01:00:21:00');
    expect(workspace.document.undoLabel.value).toBe('Paste 3 cues');
    workspace.document.undo();
    expect(workspace.document.text.value).toBe(SHEET);
  });

  it('does the same to the sample off the frames', async () => {
    const workspace = open();
    workspace.view.isSnapping.value = false;
    const text = await copy(workspace, 'step', 'plain');
    pasteCues(workspace, text, 21 * RATE + 700);
    expect(start(workspace, 'step-2')).toBe(21 * RATE + 700);
    expect(start(workspace, 'plain-2')! - start(workspace, 'step-2')!).toBe(
      start(workspace, 'plain')! - start(workspace, 'step')!,
    );
  });

  it('moves ends with beginnings, and ties what was tied to a cue that stays to the shot', async () => {
    const workspace = open();
    const mop = await copy(workspace, 'mop');
    pasteCues(workspace, mop, 20 * RATE);
    expect(raw(workspace, 'mop-2')).toMatchObject({
      at: 'shot:2-1.start',
      repeat: { until: 'shot:1-1.end + 18.5s' },
    });
    const answer = await copy(workspace, 'answer');
    pasteCues(workspace, answer, 30 * RATE);
    expect(raw(workspace, 'answer-2')?.['at']).toBe('shot:2-2.start');
    expect(errors(workspace)).toEqual([]);
  });

  it('takes a bed with it whose beginning the text leaves out', async () => {
    const workspace = open();
    pasteCues(workspace, await copy(workspace, 'tone'), 30 * RATE);
    expect(raw(workspace, 'tone-2')?.['at']).toBe('shot:2-2.start');
  });

  it('names the copies where one names another otherwise than by an anchor', async () => {
    const workspace = open();
    pasteCues(workspace, await copy(workspace, 'tone', 'back'), 0);
    expect(raw(workspace, 'back-2')).toMatchObject({ bed: 'tone-2' });
    expect(raw(workspace, 'back')).toMatchObject({ bed: 'tone' });
  });

  it('keeps all of them within the film, and says so', async () => {
    const workspace = open();
    const text = await copy(workspace, 'answer', 'plain');
    pasteCues(workspace, text, 39 * RATE);
    expect(errors(workspace)).toEqual([]);
    expect(start(workspace, 'plain-2')).toBe(40 * RATE - FRAME);
    expect(workspace.notices.at(-1)).toBe(
      'Pasted 2 cues at 01:00:35:23, as near as the end of the film lets it',
    );
  });

  it('brings back under its own name what was cut; what was tied to it has stayed in its place', async () => {
    const workspace = open();
    const { data, transfer } = makeClipboard();
    await cutCues(workspace, ['step'], transfer);
    expect(raw(workspace, 'step')).toBeUndefined();
    expect(workspace.document.undoLabel.value).toBe('Cut step');
    expect(workspace.notices).toEqual(['Cut step: answer keeps its place']);
    pasteCues(workspace, data.text, 13 * RATE);
    expect([start(workspace, 'step'), start(workspace, 'answer')]).toEqual([13 * RATE, 12 * RATE]);
    expect(errors(workspace)).toEqual([]);
  });

  it('knows where a record began whose text tells where it ends', async () => {
    const workspace = open(
      SHEET.replace(
        '"record": "dance", "at": "shot:2-1.start"',
        '"record": "dance", "musicEnd": "shot:2-1.end + 5s"',
      ),
    );
    const text = await copy(workspace, 'drop');
    workspace.view.isSnapping.value = false;
    const before = start(workspace, 'drop')!;
    pasteCues(workspace, text.replaceAll('\n', '\r\n'), before + 24 * FRAME);
    expect(raw(workspace, 'drop-2')).toMatchObject({ musicEnd: 'shot:2-1.end + 6s' });
  });
});

describe('what comes from elsewhere', () => {
  const STEP =
    '{"id": "door", "type": "practical", "stem": "sfx", "sound": "step-1", "at": "shot:1-1.start + 1s"}';
  const paste = (text: string) => {
    const workspace = open();
    const isDone = pasteCues(workspace, text, 10 * RATE);
    return { workspace, isDone, said: workspace.notices.at(-1) };
  };

  it.each([
    ['one cue', STEP],
    ['a list', `[${STEP}]`],
    ['lines of a sheet, with their comments and the last comma', `// the door\n${STEP}, // slams\n`],
    ['a whole sheet', `{"version": 1, "cues": [${STEP}]}`],
  ])('may be %s', (_, text) => {
    const { workspace, isDone } = paste(text);
    expect(isDone).toBe(true);
    expect(raw(workspace, 'door')?.['at']).toBe('shot:1-2.start');
  });

  it('takes its distances from its anchors, in every kind of them', () => {
    const at = [
      'start + 12f',
      '01:00:01:00',
      'scene:1.start + 0.75s',
      'marker:"she turns" - 23.75s',
      'cue:step.start - 8.75s',
    ];
    const cues = at.map((anchor, index) =>
      STEP.replace('door', `d${index}`).replace('shot:1-1.start + 1s', anchor.replaceAll('"', '\\"')),
    );
    const { workspace, said } = paste(`[${cues.join(',')}]`);
    expect(said).toBe('Pasted 5 cues at 01:00:10:00');
    expect(at.map((_, index) => start(workspace, `d${index}`))).toEqual(
      [0, 12, 6, 30, 30].map((frames) => 10 * RATE + frames * FRAME),
    );
  });

  it.each([
    ['', 'the clipboard holds no text'],
    ['The door slams.', 'what is in the clipboard is no cues: they are JSON, as in the sheet'],
    ['{"id": "door",', 'what is in the clipboard begins like cues, but has a mistake in it'],
    ['[]', 'there is no cue in the clipboard'],
    [`[${STEP}, 7]`, 'what is in the clipboard is no cues: the 2nd has no "type"'],
    [`${'['.repeat(100_000)}`, 'what is in the clipboard begins like cues, but has a mistake in it'],
    [STEP.replace('1-1', '9-9'), 'door: this film has no place "shot:9-9.start + 1s"'],
    [
      STEP.replace('step-1', 'slam'),
      'door: the sheet has no sound "slam"; there is hum, step-1, step-2, step-3, dance',
    ],
    [STEP.replace('"sfx"', '"foley"'), 'door: the sheet has no stem "foley"; there is room, sfx, record'],
    [STEP.replace('"practical"', '"practicle"'), /^door: .*practicle/],
    [STEP.replace('"id": "door", ', ''), /id/],
    [STEP.replace('"sound": "step-1"', '"gainDb": "loud"'), /^door: .*\(and \d more\)$/],
  ])('is refused with a word where it is not right: %.40s', (text, why) => {
    const { workspace, isDone, said } = paste(text);
    expect(isDone).toBe(false);
    expect(workspace.document.text.value).toBe(SHEET);
    const [, reason] = /^Nothing was pasted: (.*)$/.exec(said!)!;
    if (typeof why === 'string') expect(reason).toBe(why);
    else expect(reason).toMatch(why);
  });
});
