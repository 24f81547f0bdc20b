/// <reference types="vite/client" />
import {
  AudioBuffer,
  AudioBufferSourceNode,
  GainNode,
  type IAudioNode,
  OfflineAudioContext,
} from 'standardized-audio-context';
import { afterEach, expect, test } from 'vitest';
import { Kernel, PHONE_FILTERS, sumToMono } from '../../src/engine/index.ts';
import { CascadeRun, designCascade } from '../../src/engine/sound/filter/cascade.ts';
import { phoneFilters } from '../../src/ui/desk/phone-filters.ts';
import { kernel, type Playing, startReady, until } from './playing.ts';
import { SMALL_SHEET, smallFilm } from './small-film.ts';

const RATE = 48000;

let playing: Playing | undefined;
afterEach(() => {
  playing?.dispose();
  playing = undefined;
});

type OfflineNode = IAudioNode<OfflineAudioContext>;

/** Plays channels through nodes, offline. */
async function throughNodes(
  channels: readonly Float32Array<ArrayBuffer>[],
  out: number,
  connect: (context: OfflineAudioContext, source: OfflineNode) => OfflineNode,
): Promise<readonly Float32Array[]> {
  const length = channels[0]!.length;
  const context = new OfflineAudioContext({ length, sampleRate: RATE, numberOfChannels: out });
  const buffer = new AudioBuffer({ length, sampleRate: RATE, numberOfChannels: channels.length });
  for (const [channel, values] of channels.entries()) buffer.copyToChannel(values, channel);
  const source = new AudioBufferSourceNode(context, { buffer });
  connect(context, source).connect(context.destination);
  source.start(0);
  const rendered = await context.startRendering();
  return Array.from({ length: out }, (_, channel) => rendered.getChannelData(channel));
}

test('the phone on the desk is the phone of the engine', async () => {
  const length = 4096;
  const impulse = new Float32Array(length);
  impulse[0] = 1;
  const [heard] = await throughNodes([impulse], 1, (context, source) =>
    phoneFilters(context).reduce((before: OfflineNode, filter) => before.connect(filter), source),
  );
  const engine = Kernel.instantiate(await kernel);
  const run = new CascadeRun(engine, designCascade(engine, PHONE_FILTERS, RATE));
  const pairs = engine.allocate(length * 16);
  engine.float64(pairs, 2 * length).fill(0)[0] = 1;
  run.filter(pairs, length);
  const expected = engine.float64(pairs, 2 * length).filter((_, index) => index % 2 === 0);
  // The browser keeps the state between its filters in 32-bit float.
  const worst = heard!.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index]!)), 0);
  expect(worst).toBeLessThan(2e-6);
});

test('the desk brings 5.1 to stereo as ITU-R BS.775 does, and to mono as the engine does', async () => {
  const channels = Array.from({ length: 6 }, (_, channel) => {
    const values = new Float32Array(128);
    values[channel] = 1;
    return values;
  });
  const how = (channelCount: number) => (context: OfflineAudioContext, source: OfflineNode) =>
    source.connect(new GainNode(context, { channelCount, channelCountMode: 'explicit' }));
  const [left, right] = await throughNodes(channels, 2, how(2));
  const third = Math.fround(Math.SQRT1_2);
  expect([...left!.subarray(0, 6)]).toEqual([1, 0, third, 0, third, 0]);
  expect([...right!.subarray(0, 6)]).toEqual([0, 1, third, 0, 0, third]);
  // What comes to the phone is stereo by then.
  const [mono] = await throughNodes([left!.slice(), right!.slice()], 1, how(1));
  const interleaved = new Float32Array(6 * 6);
  for (let channel = 0; channel < 6; channel++) interleaved[channel * 6 + channel] = 1;
  for (const [index, value] of sumToMono(interleaved, 6).entries())
    expect(mono![index]).toBeCloseTo(value, 6);
});

test('meters show what is heard: levels of each stem, and loudness; a mute takes both away', async () => {
  playing = await startReady(SMALL_SHEET, smallFilm());
  const { transport, desk, studio } = playing;
  await until(() => studio.peaks('mix', 20 * RATE - 1, 20 * RATE, 1) !== undefined, 'the sounds');
  expect(desk.channels.value.map(({ id }) => id)).toEqual(['room', 'sfx', 'record', 'wide']);
  transport.seek(RATE);
  await transport.play();
  const { master } = desk;
  await until(() => desk.channels.value[0]!.levelsDb.value[0]! > -60, 'the room’s level');
  await until(() => master.momentaryLufs.value > -60, 'loudness');
  expect(desk.channels.value.map(({ levelsDb }) => levelsDb.value.length)).toEqual([1, 2, 2, 6]);
  expect(master.levelsDb.value.length).toBe(6);
  expect(master.truePeakDbtp.value).toBeGreaterThan(-60);
  for (const { isMuted } of desk.channels.value) isMuted.value = true;
  await until(() => desk.channels.value[0]!.levelsDb.value[0] === Number.NEGATIVE_INFINITY, 'silence');
  await until(() => master.momentaryLufs.value === Number.NEGATIVE_INFINITY, 'no loudness');
  for (const { isMuted } of desk.channels.value) isMuted.value = false;
  desk.channels.value[0]!.isSoloed.value = true;
  await until(() => desk.channels.value[0]!.levelsDb.value[0]! > -60, 'the soloed room');
  transport.pause();
  await until(() => desk.channels.value[0]!.levelsDb.value[0] === Number.NEGATIVE_INFINITY, 'rest');
  master.reset();
  await until(() => master.integratedLufs.value === Number.NEGATIVE_INFINITY, 'the reset');
});

test('the controls of a stem outlast an edit that adds another, which gets a channel of its own', async () => {
  playing = await startReady(SMALL_SHEET, smallFilm());
  const { transport, desk, studio, edit } = playing;
  await transport.play();
  desk.channels.value[1]!.isMuted.value = true;
  const made = desk.player.made.value;
  edit(smallFilm().replace('"wide":', '"more": {}, "wide":'));
  await until(() => studio.playing.value?.revision === 1 && desk.player.made.value > made, 'the new player');
  expect(desk.channels.value.map(({ id }) => id)).toEqual(['room', 'sfx', 'record', 'more', 'wide']);
  expect(desk.channels.value[1]!.isMuted.value).toBe(true);
  const from = transport.position.value;
  await until(() => transport.position.value > from + 4800, 'it to play on');
});

test('the picture’s own sound is on the desk, off at first, and cannot reach what is measured', async () => {
  playing = await startReady(SMALL_SHEET, smallFilm());
  const { desk } = playing;
  const element = document.createElement('audio');
  const sounds = URL.createObjectURL(new Blob([toneWav(1)], { type: 'audio/wav' }));
  element.src = sounds;
  element.loop = true;
  expect(desk.guide.value).toBeUndefined();
  desk.setGuide(element);
  const { guide } = desk;
  expect(guide.value?.isMuted.value).toBe(true);
  await desk.player.go(0);
  await element.play();
  guide.value!.isMuted.value = false;
  await until(() => guide.value!.levelsDb.value[0]! > -20, 'the picture’s sound');
  expect(desk.master.momentaryLufs.value).toBe(Number.NEGATIVE_INFINITY);
  element.pause();
  URL.revokeObjectURL(sounds);
});

/** A tone of half of full scale, 16 bits, mono. */
function toneWav(seconds: number): ArrayBuffer {
  const samples = seconds * RATE;
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (at: number, letters: string) => {
    for (const [index, letter] of [...letters].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  for (let index = 0; index < samples; index++)
    view.setInt16(44 + index * 2, index % 48 < 24 ? 16384 : -16384, true);
  return view.buffer;
}
