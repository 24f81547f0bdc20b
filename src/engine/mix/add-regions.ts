import type { Ramp } from '../score/score.ts';
import type { Sound } from '../sound/sound.ts';
import type { KeptSounds } from './kept-sounds.ts';
import type { SideGains } from './layout.ts';
import type { Pass, PlacedRegion } from './placed-region.ts';
import { type PlacedStem, playing } from './placed-stem.ts';
import type { SummingBus, Voice } from './summing-bus.ts';

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
    if (gains) addPass(bus, stem.kept, placed, pass, gains, from);
  }
}

/** Adds a pass piece by piece: where a ramp or a line of its level starts and ends, and there only, they part. */
function addPass(
  bus: SummingBus,
  kept: KeptSounds,
  { sound, level }: PlacedRegion,
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
    const found = level?.at(start);
    if (found) end = Math.min(end, found.end);
    const line = typeof found?.level === 'object' ? found.level : undefined;
    const gain = typeof found?.level === 'number' ? bus.kernel.exports.levelGain(found.level) : 1;
    bus.makeRoom(2);
    const isEven = moving.length === 0 && !line;
    bus.add({
      from: start - blockStart,
      to: end - blockStart,
      ...fetch(bus, kept, sound, start - pass.origin, end - start, isEven),
      channels: sound.channels,
      gains: isEven ? undefined : bus.writeGains(moving, start, end - start, line),
      left: gains.left * gain,
      right: gains.right * gain,
    });
    start = end;
  }
}

/**
 * Makes samples [from, from + count) of a sound contiguous in the kernel's memory.
 *
 * @param mayBePacked - Whether 24-bit integers will do.
 */
function fetch(
  bus: SummingBus,
  kept: KeptSounds,
  sound: Sound,
  from: number,
  count: number,
  mayBePacked: boolean,
): Pick<Voice, 'source' | 'isPacked'> {
  const { kernel } = bus;
  const { channels, resident } = sound;
  const whole = resident?.buffer === kernel.exports.memory.buffer ? resident.byteOffset : kept.find(sound);
  if (whole !== undefined) {
    return { source: whole + from * channels * Float32Array.BYTES_PER_ELEMENT, isPacked: false };
  }
  const source = bus.takeSlot();
  const isPacked = mayBePacked && sound.loadPacked !== undefined;
  if (isPacked) sound.loadPacked(from, count, kernel, source);
  else if (sound.load) sound.load(from, count, kernel, source);
  else sound.read(from, count, kernel.float32(source, count * channels));
  return { source, isPacked };
}
