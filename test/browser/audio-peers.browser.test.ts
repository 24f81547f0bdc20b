/// <reference types="vite/client" />
import { addAudioWorkletModule, AudioContext as StandardAudioContext } from 'standardized-audio-context';
import { Channel } from 'tone/build/esm/component/channel/Channel.js';
import { Context } from 'tone/build/esm/core/context/Context.js';
import { getContext, setContext } from 'tone/build/esm/core/context/GlobalContext.js';
import { afterEach, expect, test, vi } from 'vitest';

/*
 * Faults that src/ui/desk works around. Where one of these tests fails, the fault is gone, and what works around it
 * can go, too.
 */

const standard = new StandardAudioContext({ sampleRate: 48000 });
const offline = { lookAhead: 0, updateInterval: 0.05, clockSource: 'offline' } as const;
const inside: unknown = Reflect.get(standard, '_nativeAudioContext');
const toneOf = (how: object) => new Context({ context: standard as unknown as AudioContext, ...how });

afterEach(() => vi.restoreAllMocks());

test('standardized-audio-context does not tell the device’s latency, and its native context does', () => {
  expect('outputLatency' in standard).toBe(false);
  expect('getOutputTimestamp' in standard).toBe(false);
  expect(inside).toBeInstanceOf(AudioContext);
});

test('standardized-audio-context loads a worklet from a Blob, which our content security policy forbids', async () => {
  const addModule = vi.spyOn(AudioWorklet.prototype, 'addModule');
  const source =
    'registerProcessor("nothing", class extends AudioWorkletProcessor { process() { return false; } });';
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  await addAudioWorkletModule!(standard, url);
  const loaded = addModule.mock.calls.map(([module]) => String(module));
  expect(loaded.every((module) => module.startsWith('blob:'))).toBe(true);
  expect(loaded.length).toBeGreaterThan(0);
});

test('Tone’s clock is a worker made of a Blob, unless it is told otherwise', () => {
  const createObjectURL = vi.spyOn(URL, 'createObjectURL');
  toneOf(offline).dispose();
  expect(createObjectURL).not.toHaveBeenCalled();
  toneOf({}).dispose();
  expect(createObjectURL).toHaveBeenCalledOnce();
});

test('a node of Tone that is given its context makes a global one all the same', () => {
  const own = toneOf(offline);
  const channel = new Channel({ context: own });
  expect(getContext()).not.toBe(own);
  channel.dispose();
  getContext().dispose();
  setContext(own);
});

test('a channel of Tone folds to mono by default', () => {
  expect(Channel.getDefaults().channelCount).toBe(1);
});

test('a mute of Tone forgets itself when the volume is set', () => {
  const own = toneOf(offline);
  setContext(own);
  const channel = new Channel({ context: own, channelCount: 2 });
  channel.mute = true;
  channel.volume.value = -6;
  expect(channel.mute).toBe(false);
  channel.dispose();
});
