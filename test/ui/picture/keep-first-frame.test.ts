import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { keepFirstFrame } from '../../../src/ui/picture/keep-first-frame.ts';

/** What a browser keeps, and pages that open a picture with it. */
function browser() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  } as Storage;
  const open = (sheet: string, picture: string) => {
    const start = signal<string | undefined>(undefined);
    keepFirstFrame(start, { sheet, picture }, storage);
    return start;
  };
  return { kept, open };
}

it('a first frame is the same when the sheet and the picture are opened again, and no others’', () => {
  const { open } = browser();
  open('/a.cues.json', 'reel-1.mp4').value = '01:00:08:00';
  open('/a.cues.json', 'reel-2.mp4').value = '01:20:00:00';
  expect(open('/a.cues.json', 'reel-1.mp4').value).toBe('01:00:08:00');
  expect(open('/a.cues.json', 'reel-2.mp4').value).toBe('01:20:00:00');
  expect(open('/b.cues.json', 'reel-1.mp4').value).toBeUndefined();
});

it('two pages keep theirs beside one another', () => {
  const { open } = browser();
  const [a, b] = [open('/a.cues.json', 'cut.mp4'), open('/b.cues.json', 'cut.mp4')];
  a.value = '01:00:08:00';
  b.value = '00:59:52:00';
  expect([open('/a.cues.json', 'cut.mp4').value, open('/b.cues.json', 'cut.mp4').value]).toEqual([
    '01:00:08:00',
    '00:59:52:00',
  ]);
});

it('one that is the film’s own start again leaves nothing behind', () => {
  const { kept, open } = browser();
  open('/a.cues.json', 'cut.mp4').value = '01:00:08:00';
  open('/a.cues.json', 'cut.mp4').value = undefined;
  expect([...kept]).toEqual([['runout.first-frames', '{}']]);
});

it('anything else that is kept there is passed over', () => {
  const { kept, open } = browser();
  for (const strange of ['[]', '{"/a.cues.json": 5}', '{"/a.cues.json": {"cut.mp4": 5}}', '{']) {
    kept.set('runout.first-frames', strange);
    expect(open('/a.cues.json', 'cut.mp4').value).toBeUndefined();
  }
});
