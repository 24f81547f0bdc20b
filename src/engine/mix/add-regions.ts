import type { Pointer } from '../kernel/kernel.ts';
import type { Ramp } from '../score/score.ts';
import type { Sound } from '../sound/sound.ts';
import type { KeptSounds } from './kept-sounds.ts';
import type { SideGains } from './layout.ts';
import type { Pass, PlacedRegion } from './placed-region.ts';
import { type PlacedStem, playing } from './placed-stem.ts';
import type { SummingBus } from './summing-bus.ts';

/**
 * Adds what a stem's regions play in [from, from + count) to a bus that has begun a block of `count` samples.
 *
 * @param gainsOf - Gains of a region on this bus; undefined for one that is not heard on it.
 */
export function addRegions(
  bus: SummingBus,
  stem: PlacedStem,
  from: number,
  count: number,
  gainsOf: (placed: PlacedRegion) => SideGains | undefined,
): void {
  for (const { placed, pass } of playing(stem, from, from + count)) {
    const gains = gainsOf(placed);
    if (gains) addPass(bus, stem.kept, placed.sound, pass, gains, from);
  }
}

/** Adds a pass piece by piece: a ramp's start and end, and those only, part one piece from the next. */
function addPass(
  bus: SummingBus,
  kept: KeptSounds,
  sound: Sound,
  pass: Pass,
  gains: SideGains,
  blockStart: number,
): void {
  let start = pass.start;
  while (start < pass.end) {
    let end = pass.end;
    const moving: Ramp[] = [];
    for (const ramp of pass.ramps) {
      if (ramp.start > start) {
        end = Math.min(end, ramp.start);
      } else if (ramp.start + ramp.length > start) {
        end = Math.min(end, ramp.start + ramp.length);
        moving.push(ramp);
      }
    }
    bus.makeRoom(2);
    bus.add({
      from: start - blockStart,
      to: end - blockStart,
      source: fetch(bus, kept, sound, start - pass.origin, end - start),
      channels: sound.channels,
      gains: moving.length === 0 ? undefined : bus.writeGains(moving, start, end - start),
      left: gains.left,
      right: gains.right,
    });
    start = end;
  }
}

/** Makes samples [from, from + count) of a sound contiguous in the kernel's memory. */
function fetch(bus: SummingBus, kept: KeptSounds, sound: Sound, from: number, count: number): Pointer {
  const { kernel } = bus;
  const { channels, resident } = sound;
  const whole = resident?.buffer === kernel.exports.memory.buffer ? resident.byteOffset : kept.find(sound);
  if (whole !== undefined) return whole + from * channels * Float32Array.BYTES_PER_ELEMENT;
  const pointer = bus.takeSlot();
  if (sound.load) sound.load(from, count, kernel, pointer);
  else sound.read(from, count, kernel.float32(pointer, count * channels));
  return pointer;
}
