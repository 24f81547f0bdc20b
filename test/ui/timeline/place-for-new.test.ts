import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeForNew, placeOfDrop } from '../../../src/ui/timeline/place-for-new.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';
import { SHEET, SOUNDS } from './make-sheet.ts';

const RATE = 48000;
let workspace: FakeWorkspace;

beforeEach(() => {
  workspace = makeWorkspace({ text: SHEET, sounds: SOUNDS });
  workspace.view.samplesPerPixel.value = 500;
});
afterEach(() => workspace.dispose());

describe('what is dropped', () => {
  it('catches on what is near, as a cue that is dragged does', () => {
    expect(placeOfDrop(workspace, 10 * RATE + 3900, false)).toEqual({
      sample: 10 * RATE,
      label: expect.stringMatching(/shot 1-[12]$/),
    });
    workspace.transport.inMark.value = 14 * RATE + 7;
    expect(placeOfDrop(workspace, 14 * RATE - 900, false)).toEqual({ sample: 14 * RATE + 7, label: 'in' });
  });

  it('lies on the frame that the timecode says, away from everything', () => {
    expect(placeOfDrop(workspace, 14 * RATE + 1500, false)).toEqual({ sample: 14 * RATE });
    expect(placeForNew(workspace, 14 * RATE + 1500)).toBe(14 * RATE);
  });

  it('lies where it is let go with Alt, or with Snap off', () => {
    expect(placeOfDrop(workspace, 10 * RATE + 555, true)).toEqual({ sample: 10 * RATE + 555 });
    workspace.view.isSnapping.value = false;
    expect(placeOfDrop(workspace, 10 * RATE + 555, false)).toEqual({ sample: 10 * RATE + 555 });
  });

  it('never begins at the end of the film, or after it', () => {
    expect(placeOfDrop(workspace, 40 * RATE - 5, false)).toEqual({ sample: 40 * RATE - 2000 });
    expect(placeOfDrop(workspace, 50 * RATE, true)).toEqual({ sample: 40 * RATE - 1 });
  });
});
