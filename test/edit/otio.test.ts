import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameRateName } from '../../src/engine/time/frame-rate.ts';
import { editOf, rulesOf, shotsOf } from './make-edl.ts';
import {
  clip,
  gap,
  marker,
  range,
  readTimeline,
  stack,
  time,
  timeline,
  track,
  transition,
} from './make-otio.ts';

const HOUR = { global_start_time: time(86400, 24) };

describe('a track', () => {
  it('lays its clips end to end; gaps take time, transitions do not', () => {
    const children = [clip('a', 10), transition(3, 4), clip('b', 20), gap(5), clip('c', 7), transition(2, 0)];
    const reading = readTimeline(timeline([track(children)], HOUR));
    expect(shotsOf(reading)).toEqual([
      ['a', 0, 10],
      ['b', 10, 20],
      ['c', 35, 7],
    ]);
    expect(editOf(reading)).toMatchObject({ format: 'otio', startFrame: 86400, durationFrames: 42 });
    expect(reading.issues).toEqual([]);
  });

  it('may carry the old names of schemas', () => {
    const oldClip = { ...clip('a', 10), OTIO_SCHEMA: 'Clip.1', media_reference: null };
    const oldTrack = {
      ...track([{ ...gap(4), OTIO_SCHEMA: 'Filler.1' }, oldClip]),
      OTIO_SCHEMA: 'Sequence.1',
    };
    expect(shotsOf(readTimeline(timeline([oldTrack])))).toEqual([['a', 4, 10]]);
  });

  it('with a source range shows that part of itself', () => {
    const content = [clip('a', 10), clip('b', 10), clip('c', 10)];
    const shown = (start: number, duration: number) =>
      shotsOf(readTimeline(timeline([track(content, { source_range: range(start, duration, 24) })])));
    expect(shown(5, 10)).toEqual([
      ['a', 0, 5],
      ['b', 5, 5],
    ]);
    expect(shown(-7, 12)).toEqual([['a', 7, 5]]);
  });

  it('that is sound, or switched off, shows nothing', () => {
    const picture = track([clip('a', 10)]);
    const sound = track([clip('music', 99)], { kind: 'Audio' });
    const off = track([clip('b', 10)], { enabled: false });
    const reading = readTimeline(timeline([picture, off, sound]));
    expect(shotsOf(reading)).toEqual([['a', 0, 10]]);
    expect(editOf(reading).durationFrames).toBe(10);
    expect(readTimeline(timeline([sound])).issues).toMatchObject([
      { severity: 'error', rule: 'no-frame-rate' },
    ]);
    expect(readTimeline(timeline([sound]), '24').issues).toMatchObject([
      { severity: 'error', rule: 'no-shots' },
    ]);
  });

  it('holds the place of a clip that is switched off', () => {
    const children = [clip('a', 10), clip('b', 10, { enabled: false }), clip('c', 10)];
    expect(shotsOf(readTimeline(timeline([track(children)])))).toEqual([
      ['a', 0, 10],
      ['c', 20, 10],
    ]);
  });
});

describe('a clip', () => {
  it('is as long as its source range, else as its active media', () => {
    const media = (length: number) => ({
      OTIO_SCHEMA: 'ExternalReference.1',
      target_url: 'file:///media/shot_010.mov',
      available_range: range(100, length, 24),
    });
    const whole = {
      OTIO_SCHEMA: 'Clip.2',
      name: null,
      source_range: null,
      media_references: { proxy: media(99), film: media(12) },
      active_media_reference_key: 'film',
    };
    const first = { ...clip('x', 3), OTIO_SCHEMA: 'Clip.1', source_range: null, media_reference: media(4) };
    const edit = editOf(readTimeline(timeline([track([first, whole])])));
    expect(edit.shots).toMatchObject([
      { name: 'x', recordIn: 0, recordOut: 4, sourceIn: 100, sourceOut: 104 },
      { id: 'shot_010', name: 'shot_010.mov', recordIn: 4, recordOut: 16 },
    ]);
  });

  it('without any length is an error that names it', () => {
    const reading = readTimeline(timeline([track([clip('a', 10), clip('lost', 1, { source_range: null })])]));
    expect(reading).toMatchObject({
      issues: [
        { severity: 'error', rule: 'otio-time', file: 'cut.otio', message: expect.stringContaining('lost') },
      ],
    });
  });

  it('keeps its record length whatever its speed', () => {
    for (const effect of [
      { OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 2 },
      { OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: -1 },
      { OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 },
    ]) {
      const children = [clip('a', 10, { effects: [effect] }), clip('b', 10)];
      expect(shotsOf(readTimeline(timeline([track(children)])))).toEqual([
        ['a', 0, 10],
        ['b', 10, 10],
      ]);
    }
  });
});

describe('tracks above each other', () => {
  it('show the topmost clip, and what is below where it has none', () => {
    const reading = readTimeline(
      timeline([
        track([clip('long', 100, { start: 1000 })]),
        track([gap(20), clip('title', 10)]),
        track([gap(25), clip('top', 30)]),
      ]),
    );
    expect(editOf(reading).shots).toMatchObject([
      { id: 'long', recordIn: 0, recordOut: 20, sourceIn: 1000, sourceOut: 1020 },
      { id: 'title', recordIn: 20, recordOut: 25, sourceIn: 0, sourceOut: 5 },
      { id: 'top', recordIn: 25, recordOut: 55 },
      { id: 'long#2', recordIn: 55, recordOut: 100, sourceIn: 1055, sourceOut: 1100 },
    ]);
  });

  it('show nothing for less than half a frame', () => {
    const longer = track([clip('below', 60, { rate: 59.94 })]);
    const reading = readTimeline(timeline([longer, track([clip('above', 60, { rate: 60 })])], HOUR));
    expect(shotsOf(reading)).toEqual([['above', 0, 24]]);
  });

  it('flatten to the same whether they are tracks of the timeline or a stack within one', () => {
    const layers = [track([clip('a', 50)]), track([gap(10), clip('b', 10)])];
    const nested = timeline([track([stack(layers)])]);
    expect(shotsOf(readTimeline(nested))).toEqual(shotsOf(readTimeline(timeline(layers))));
  });
});

describe('nested items', () => {
  it('are looked into, trimmed by their source range', () => {
    const inner = stack([clip('inside', 37, { start: 300 })], { source_range: range(4, 20, 24) });
    const deeper = track([clip('x', 5), track([clip('y', 5)])], { source_range: range(3, 4, 24) });
    expect(editOf(readTimeline(timeline([track([clip('a', 10), inner, deeper])]))).shots).toMatchObject([
      { id: 'a', recordIn: 0, recordOut: 10 },
      { id: 'inside', recordIn: 10, recordOut: 30, sourceIn: 304, sourceOut: 324 },
      { id: 'x', recordIn: 30, recordOut: 32, sourceIn: 3 },
      { id: 'y', recordIn: 32, recordOut: 34 },
    ]);
  });

  it('keep their own length when they are too short for it, and when they run at another speed', () => {
    const short = stack([clip('inside', 10)], { source_range: range(0, 20, 24) });
    expect(shotsOf(readTimeline(timeline([track([short, clip('b', 5)])])))).toEqual([
      ['inside', 0, 10],
      ['b', 20, 5],
    ]);
    const fast = (scalar: number) =>
      stack([track([clip('x', 10), clip('y', 30)])], {
        source_range: range(0, 20, 24),
        effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: scalar }],
      });
    expect(shotsOf(readTimeline(timeline([track([fast(2), clip('b', 5)])])))).toEqual([
      ['x', 0, 5],
      ['y', 5, 15],
      ['b', 20, 5],
    ]);
    const still = { ...fast(1), effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 }] };
    expect(shotsOf(readTimeline(timeline([track([still, clip('b', 5)])])))).toEqual([
      ['x', 0, 20],
      ['b', 20, 5],
    ]);
  });
});

describe('times', () => {
  it('snap to the known rates', () => {
    for (const [written, rate] of [
      [23.976, '23.976'],
      [23.976023976, '23.976'],
      [29.97, '29.97'],
      [29.97002997, '29.97'],
      [59.9400599401, '59.94'],
      [25, '25'],
    ] as const) {
      const edit = editOf(readTimeline(timeline([track([clip('a', 48, { rate: written })])])));
      expect([frameRateName(edit.frameRate), edit.durationFrames]).toEqual([rate, 48]);
    }
  });

  it('in many rates are rounded once, at each end, so that nothing drifts', () => {
    const clips = Array.from({ length: 1000 }, (_, index) => clip(`c${index}`, 29, { rate: 29.97002997 }));
    const edit = editOf(readTimeline(timeline([track(clips)], { global_start_time: time(0, 24) })));
    // 29 frames at 30000/1001 are 23.2232 at 24; after a thousand the edit is where the clock says.
    expect(edit.durationFrames).toBe(Math.round((1000 * 29 * 1001 * 24) / 30000));
    edit.shots.forEach((shot, index) => {
      expect(shot.recordIn).toBe(Number((2n * BigInt(index) * 29n * 1001n * 24n + 30000n) / 60000n));
      expect(shot.recordIn).toBe(edit.shots[index - 1]?.recordOut ?? 0);
    });
  });

  it('keep every digit, as fractions and beyond what a double holds', () => {
    const text = JSON.stringify(timeline([track([clip('a', 10), clip('b', 10)])]));
    // A sum of doubles would be short of a whole frame.
    const exact = text.replaceAll('"value":10,', '"value":9.5000000000000000000000,');
    expect(editOf(readTimeline(exact)).durationFrames).toBe(19);
    const source = text.replace('"value":0', '"value":9007199254740993.0');
    expect(editOf(readTimeline(source)).shots[0]?.recordOut).toBe(10);
    expect(editOf(readTimeline(text.replaceAll('"value":10,', '"value":1e1,'))).durationFrames).toBe(20);
  });

  it('that are no numbers are refused with their line; elsewhere such values do no harm', () => {
    const text = JSON.stringify(timeline([track([clip('a', 10)])]), null, 1);
    const line = text.slice(0, text.indexOf('"value": 10')).split('\n').length;
    for (const value of ['NaN', 'Inf', '-Infinity', '1e400', '"10"', 'null', '9'.repeat(41)]) {
      const reading = readTimeline(text.replace('"value": 10', `"value": ${value}`));
      expect(reading.edit, value).toBeUndefined();
      expect(reading.issues, value).toMatchObject([{ severity: 'error', rule: 'otio-time' }]);
      expect(Math.abs((reading.issues[0]?.line ?? 0) - line)).toBeLessThanOrEqual(2);
    }
    const harmless = text.replace(
      '"name": "test"',
      '"metadata": {"a": Inf, "b": [-Infinity, NaN], "c": 170141183460469231731}',
    );
    expect(shotsOf(readTimeline(harmless))).toEqual([['a', 0, 10]]);
  });

  it('must run forward at a rate above zero', () => {
    for (const wrong of [clip('a', -1), clip('a', 10, { rate: 0 }), clip('a', 10, { rate: -24 })]) {
      expect(rulesOf(readTimeline(timeline([track([wrong])]), '24'))).toEqual(['otio-time']);
    }
    expect(readTimeline(timeline([track([clip('a', 24 * 86400 + 1)])])).issues).toMatchObject([
      { rule: 'edit-too-long' },
    ]);
  });

  it('in a new rate for every clip are refused before they become unmanageable', () => {
    const clips = Array.from({ length: 5000 }, (_, index) =>
      clip('a', 1, { rate: 1000.0001 + index * 0.0007 }),
    );
    const began = performance.now();
    expect(rulesOf(readTimeline(timeline([track(clips)]), '24'))).toEqual(['otio-time']);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('the rate', () => {
  const cut = [track([clip('a', 48), clip('b', 24, { rate: 30 })])];

  it('is that of the start timecode, else of the first picture clip', () => {
    const rateOfEdit = (more: object) =>
      frameRateName(editOf(readTimeline(timeline(cut, { ...more }))).frameRate);
    expect(rateOfEdit({})).toBe('24');
    expect(rateOfEdit({ global_start_time: time(0, 25) })).toBe('25');
    const sound = track([clip('s', 48000, { rate: 48000 })], { kind: 'Audio' });
    expect(frameRateName(editOf(readTimeline(timeline([sound, ...cut]))).frameRate)).toBe('24');
  });

  it('that is asked for takes the place of one that counts the same', () => {
    const edit = editOf(readTimeline(timeline([track([clip('a', 48)])], HOUR), '23.976'));
    expect(edit).toMatchObject({
      startFrame: 86400,
      durationFrames: 48,
      frameRate: { num: 24000, den: 1001 },
    });
    const drop = readTimeline(
      timeline([track([clip('a', 30, { rate: 29.97 })])], { global_start_time: time(107892, 29.97) }),
      '29.97DF',
    );
    expect(editOf(drop)).toMatchObject({
      startFrame: 107892,
      durationFrames: 30,
      frameRate: { dropFrame: true },
    });
    expect(drop.issues).toEqual([]);
  });

  it('that is asked for and counts otherwise converts, with a warning', () => {
    const reading = readTimeline(timeline([track([clip('a', 48)])], HOUR), '25');
    expect(editOf(reading)).toMatchObject({ startFrame: 90000, durationFrames: 50 });
    expect(reading.issues).toMatchObject([{ severity: 'warning', rule: 'frame-rate' }]);
  });
});

describe('the start', () => {
  const cut = [track([gap(12), clip('a', 48)])];

  it('is the global start, else zero, and a leading gap is part of the edit', () => {
    expect(editOf(readTimeline(timeline(cut, HOUR)))).toMatchObject({
      startFrame: 86400,
      durationFrames: 60,
    });
    expect(editOf(readTimeline(timeline(cut)))).toMatchObject({ startFrame: 0, durationFrames: 60 });
  });

  it('that the sheet gives places a timeline that has none, and may precede one that has', () => {
    const start = '01:00:00:00';
    expect(editOf(readTimeline(timeline(cut), '24', { start }))).toMatchObject({
      startFrame: 86400,
      durationFrames: 60,
    });
    const earlier = readTimeline(timeline(cut, HOUR), '24', { start: '00:59:58:00' });
    expect(editOf(earlier)).toMatchObject({ startFrame: 86352, durationFrames: 108 });
    expect(readTimeline(timeline(cut, HOUR), '24', { start: '01:00:02:00' }).issues).toMatchObject([
      { severity: 'error', rule: 'start-after-picture', pointer: '/start' },
    ]);
    expect(readTimeline(timeline(cut), '24', { start: '01:00:00:24' }).issues).toMatchObject([
      { severity: 'error', rule: 'bad-timecode', pointer: '/start' },
    ]);
  });

  it('may be written as a negative source range, as the EDL reader of OTIO does', () => {
    const note = marker('here', 86243 + 12);
    const late = track([clip('a', 24, { start: 86240, markers: [note] }), clip('b', 24)], {
      source_range: range(-86243, 48, 24),
    });
    const edit = editOf(readTimeline(timeline([late])));
    expect(edit).toMatchObject({ startFrame: 86243, durationFrames: 48 });
    expect(edit.shots.map((shot) => shot.recordIn)).toEqual([86243, 86267]);
    expect(edit.markers).toEqual([{ name: 'here', frame: 86255 }]);
  });

  it('before midnight is refused', () => {
    expect(readTimeline(timeline(cut, { global_start_time: time(-1, 24) })).issues).toMatchObject([
      { severity: 'error', rule: 'bad-timecode' },
    ]);
  });
});

describe('markers', () => {
  it('of the timeline, of tracks and of clips are placed on the record', () => {
    const a = clip('a', 24, { start: 1000, markers: [marker('in a', 1006)] });
    const b = clip('b', 24, { start: 500, markers: [{ ...marker('', 512), comment: 'in b' }] });
    const root = timeline([track([a, b], { markers: [marker('of track', 30)] })], {
      ...HOUR,
      tracks: stack([track([a, b], { markers: [marker('of track', 30)] })], {
        markers: [marker('of timeline', 47)],
      }),
    });
    expect(editOf(readTimeline(root)).markers).toEqual([
      { name: 'in a', frame: 86406 },
      { name: 'of track', frame: 86430 },
      { name: 'in b', frame: 86436 },
      { name: 'of timeline', frame: 86447 },
    ]);
  });

  it('in parts that are not shown are counted in a warning', () => {
    const a = clip('a', 24, { start: 1000, markers: [marker('cut off', 999), marker('shown', 1010)] });
    const trimmed = track([a], { source_range: range(12, 12, 24) });
    const reading = readTimeline(timeline([trimmed]));
    expect(editOf(reading).markers).toEqual([]);
    expect(reading.issues).toMatchObject([
      { severity: 'warning', rule: 'marker-hidden', message: expect.stringContaining('2 markers') },
    ]);
  });
});

describe('the file', () => {
  it('may be a bare track or stack, or a collection with one timeline', () => {
    const bare = track([clip('a', 10)]);
    const one = { OTIO_SCHEMA: 'SerializableCollection.1', children: [timeline([bare])] };
    for (const root of [bare, stack([bare]), one])
      expect(shotsOf(readTimeline(root))).toEqual([['a', 0, 10]]);
  });

  it('that holds no timeline is refused with what it holds', () => {
    const two = { OTIO_SCHEMA: 'SerializableCollection.1', children: [timeline([]), timeline([])] };
    const cases = [
      [two, '2 timelines'],
      [clip('a', 10), 'Clip'],
      [{ children: [clip('a', 10)] }, 'without OTIO_SCHEMA'],
      [{ ...timeline([]), tracks: null }, 'no tracks'],
    ] as const;
    for (const [root, message] of cases) {
      expect(readTimeline(root, '24').issues).toMatchObject([
        { severity: 'error', rule: 'otio-timeline', message: expect.stringContaining(message) },
      ]);
    }
    expect(readTimeline(timeline([]), '24').issues).toMatchObject([{ rule: 'no-shots' }]);
  });

  it('that is cut off says where', () => {
    const text = JSON.stringify(timeline([track([clip('a', 10)])]), null, 2);
    const cutOff = text.slice(0, text.length - 40);
    const lines = cutOff.split('\n');
    expect(readTimeline(cutOff).issues).toMatchObject([
      {
        severity: 'error',
        rule: 'otio-json',
        line: lines.length,
        message: expect.stringContaining('cut off'),
      },
    ]);
  });
});

describe('any cut', () => {
  const rates = fc.constantFrom(24, 25, 30);
  const cut = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'c', undefined), fc.integer({ min: 1, max: 400 })),
    {
      minLength: 1,
      maxLength: 20,
    },
  );

  it('has its shots where a count of frames puts them', () => {
    fc.assert(
      fc.property(cut, rates, fc.integer({ min: 0, max: 90000 }), (items, rate, start) => {
        fc.pre(items.some(([name]) => name !== undefined));
        const children = items.map(([name, length]) =>
          name === undefined ? gap(length, rate) : clip(name, length, { rate }),
        );
        const edit = editOf(
          readTimeline(timeline([track(children)], { global_start_time: time(start, rate) })),
        );
        let frame = start;
        const expected = items.flatMap(([name, length]) => {
          frame += length;
          return name === undefined ? [] : [{ name, recordIn: frame - length, recordOut: frame }];
        });
        expect(edit.shots).toMatchObject(expected);
        expect(edit.shots).toHaveLength(expected.length);
        expect(edit.durationFrames).toBe(frame - start);
      }),
    );
  });

  it('shows at each frame what the topmost track has there', () => {
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (layers) => {
        fc.pre(layers.some((items) => items.some(([name]) => name !== undefined)));
        const tracks = layers.map((items, layer) =>
          track(
            items.map(([name, length]) =>
              name === undefined ? gap(length) : clip(`${layer}${name}`, length),
            ),
          ),
        );
        const seen: (string | undefined)[] = [];
        layers.forEach((items, layer) => {
          let frame = 0;
          for (const [name, length] of items) {
            for (let end = frame + length; frame < end; frame++) {
              seen[frame] = name === undefined ? seen[frame] : `${layer}${name}`;
            }
          }
        });
        const edit = editOf(readTimeline(timeline(tracks)));
        const shown: (string | undefined)[] = Array.from({ length: seen.length }, () => undefined);
        for (const shot of edit.shots) shown.fill(shot.name, shot.recordIn, shot.recordOut);
        expect(shown).toEqual(Array.from(seen));
        expect(edit.durationFrames).toBe(seen.length);
      }),
    );
  });
});

it('a rate that can be counted in drop-frame is doubted, unless the sheet says which', () => {
  const text = timeline([track([clip('a', 30, { rate: 29.97 })])]);
  expect(rulesOf(readTimeline(text))).toEqual(['frame-rate-inferred']);
  expect(rulesOf(readTimeline(text, '29.97'))).toEqual([]);
  expect(rulesOf(readTimeline(text, '29.97DF'))).toEqual([]);
});
