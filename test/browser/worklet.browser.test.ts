/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import type { FromWorklet } from '../../src/ui/desk/worklet/messages.ts';
import { STEM_PLAYER } from '../../src/ui/desk/worklet/messages.ts';
import playerUrl from '../../src/ui/desk/worklet/processor.ts?worker&url';
import type { LineMessage } from '../../src/ui/line.ts';
import { until } from './playing.ts';
import recorderUrl from './recorder.worklet.ts?worker&url';

const LAYOUT = [1, 2, 6];
const CHANNELS = 9;
const COUNT = 1000;
const BLOCKS = 12;

/** A value for every sample of every channel of every stem. */
const valueAt = (stem: number, channel: number, sample: number) => sample + 20_000 * (1 + channel + 8 * stem);

function makeBlock(index: number): Extract<LineMessage, { kind: 'block' }> {
  const from = index * COUNT;
  const samples = new Float32Array(COUNT * CHANNELS);
  let filled = 0;
  LAYOUT.forEach((channels, stem) => {
    for (let sample = 0; sample < COUNT; sample++) {
      for (let channel = 0; channel < channels; channel++)
        samples[filled++] = valueAt(stem, channel, from + sample);
    }
  });
  return { kind: 'block', stream: 1, version: 0, at: from, from, count: COUNT, samples };
}

test('what another node hears of each output is what was sent, where it was said to be, and what a capture shows', async () => {
  const context = new AudioContext({ sampleRate: 48000 });
  await context.audioWorklet.addModule(playerUrl);
  await context.audioWorklet.addModule(recorderUrl);
  const player = new AudioWorkletNode(context, STEM_PLAYER, {
    numberOfInputs: 0,
    numberOfOutputs: LAYOUT.length,
    outputChannelCount: LAYOUT,
    processorOptions: { layout: LAYOUT },
  });
  const recorder = new AudioWorkletNode(context, 'recorder', {
    numberOfInputs: LAYOUT.length,
    channelCountMode: 'max',
    channelInterpretation: 'discrete',
  });
  const heard: { frame: number; inputs: Float32Array[][] }[] = [];
  recorder.port.onmessage = ({ data }) => heard.push(data);
  for (const output of LAYOUT.keys()) player.connect(recorder, output, output);
  recorder.connect(context.destination);
  const told: FromWorklet[] = [];
  player.port.onmessage = ({ data }) => told.push(data);

  const { port1, port2 } = new MessageChannel();
  player.port.postMessage({ kind: 'line', line: port1 }, [port1]);
  const answers: { kind: string; playedTo?: number }[] = [];
  port2.onmessage = ({ data }) => answers.push(data);
  const send = (message: LineMessage, transfer: Transferable[] = []) => port2.postMessage(message, transfer);
  send({ kind: 'jump', stream: 1 });
  for (let index = 0; index < BLOCKS; index++) {
    const block = makeBlock(index);
    send(block, [block.samples.buffer]);
  }
  send({ kind: 'end', stream: 1, version: 0, at: BLOCKS * COUNT });
  await context.resume();
  player.port.postMessage({ kind: 'capture', samples: BLOCKS * COUNT });
  player.port.postMessage({ kind: 'go', stream: 1 });
  await until(() => told.some(({ kind }) => kind === 'ended'), 'the end');
  await until(() => told.some((message) => message.kind === 'captured' && message.isLast), 'the capture');
  await until(() => answers.filter(({ kind }) => kind === 'played').length === BLOCKS, 'the blocks');
  const segment = told.find((message) => message.kind === 'segment');
  if (segment?.kind !== 'segment') throw new Error('nothing was told of where it plays');
  // The recorder's last message may be on its way still.
  await until(() => heard.some(({ frame }) => frame + 128 >= segment.frame + BLOCKS * COUNT), 'the recorder');
  await context.close();

  expect(segment).toMatchObject({ stream: 1, sample: 0, isMoving: true });
  let checked = 0;
  for (const { frame, inputs } of heard) {
    for (let index = 0; index < 128; index++) {
      const sample = frame + index - segment.frame;
      if (sample < 0 || sample >= BLOCKS * COUNT) continue;
      LAYOUT.forEach((channels, stem) => {
        for (let channel = 0; channel < channels; channel++) {
          if (inputs[stem]![channel]![index] !== valueAt(stem, channel, sample)) {
            throw new Error(`stem ${stem} channel ${channel} is not that of sample ${sample}`);
          }
        }
      });
      checked++;
    }
  }
  expect(checked).toBe(BLOCKS * COUNT);
  for (const message of told) {
    if (message.kind !== 'captured') continue;
    message.stems.forEach((values, stem) => {
      const channels = LAYOUT[stem]!;
      values.forEach((value, index) => {
        if (value !== valueAt(stem, index % channels, message.from + Math.floor(index / channels))) {
          throw new Error(`the capture of stem ${stem} differs at ${index}`);
        }
      });
    });
  }
  expect(answers.filter(({ kind }) => kind === 'played').every(({ playedTo }) => playedTo === COUNT)).toBe(
    true,
  );
  expect(told.filter(({ kind }) => kind === 'underrun')).toEqual([]);
});
