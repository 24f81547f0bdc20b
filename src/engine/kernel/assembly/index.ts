export { designBiquad, filterPairs, floatsFromPairs, pairsFromFloats } from './biquad';
export { addSums, convolveSides, copyAudible, findRuns, separateSides, tileBytes } from './convolve';
export { drive, driveReach } from './drive';
export { factorBytes, fillFactors, invert, invertToHalf, transform, transformHalf } from './fft';
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
export {
  foldSums,
  gainFromDb,
  levelGain,
  levelGains,
  mixVoices,
  placePair,
  quarterSine,
  rampGains,
  roundSums,
  scaleSums,
  scaleSumsEvenly,
} from './mix';
export { addWhite, doubleRate, shareLeft, weavePairs } from './noise';
export {
  addFloatChannel,
  addFloats,
  addIntegerChannel,
  addIntegers,
  greatestDifference,
  magnitude,
  pack16,
  pack24,
  quantise,
  quantiseChannelDithered,
  quantiseDithered,
  roundSum,
  subtractIntegers,
  toFloats,
  unpack16,
  unpack24,
} from './pack';
export { flacDecode, flacFirstSample, flacSamples, flacScratchBytes } from './flac';
export { firstBeyond, floatFromF64, floatFromS16, floatFromS24, floatFromS32, floatFromU8 } from './pcm';
export { addDrift, addWave } from './place';
export { fillTaps, joinTaps, resample, widen } from './resample';
export { addLines, addPowers, fallFrom, fillCircle, loadWindow, riseOver, scatterPhases } from './texture';
export { readPlaces, readPlacesStereo, separatePairs } from './varispeed';

/** The first byte of memory that the kernel's own data does not use. */
export function heapBase(): usize {
  return __heap_base;
}
export { sha256Begin, sha256Blocks } from './sha256';
