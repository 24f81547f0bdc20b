export {
  decibels,
  kWeighting,
  meterStateBytes,
  peakOf,
  takeEnergy,
  truePeak,
  weigh,
  zerosAtEnd,
  zerosAtStart,
} from './loudness';
export { gainFromDb, mixVoices, quarterSine, rampGains, roundSums, scaleSums } from './mix';
export {
  addFloats,
  addIntegers,
  greatestDifference,
  highest,
  lowest,
  pack16,
  pack24,
  quantise,
  quantiseDithered,
  roundSum,
  subtractIntegers,
  toFloats,
  unpack16,
  unpack24,
} from './pack';
export { flacDecode, flacFirstSample, flacSamples, flacScratchBytes } from './flac';
export { firstBeyond, floatFromF64, floatFromS16, floatFromS24, floatFromS32, floatFromU8 } from './pcm';
export { fillTaps, joinTaps, resample, widen } from './resample';

/** The first byte of memory that the kernel's own data does not use. */
export function heapBase(): usize {
  return __heap_base;
}
