/** What a meter has found out about a sound. Null stands for what digital silence does not have. */
export interface Measurement {
  /** Samples per second. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Length in samples (one for all channels). */
  readonly samples: number;
  /** Integrated loudness, LUFS. Null where no 400 ms of it reach −70 LUFS. */
  readonly integratedLufs: number | null;
  /** Loudness range, LU. Null where no 3 s of it reach −70 LUFS. */
  readonly loudnessRangeLu: number | null;
  /** Loudest 400 ms, LUFS. Null of what is shorter. */
  readonly maxMomentaryLufs: number | null;
  /** Loudest 3 s, LUFS. Null of what is shorter. */
  readonly maxShortTermLufs: number | null;
  /** Highest level between the samples too, dBTP; never less than the sample peak. */
  readonly truePeakDbtp: number | null;
  /** Largest sample, dBFS. */
  readonly samplePeakDbfs: number | null;
  /** Runs of {@link LEAST_SILENCE_SECONDS} or more in which every sample of every channel is exactly zero. */
  readonly silences: readonly Silence[];
}

/** A half-open range of samples. */
export interface Silence {
  readonly start: number;
  readonly end: number;
}

/** Shorter runs of zeros are no silence that anybody meant: quiet sounds cross zero in 16-bit steps. */
export const LEAST_SILENCE_SECONDS = 0.1;

/** The levels of a measurement, as printed: two decimals, so that the last bits of a logarithm do not show. */
export type PrintedLevels = Pick<
  Measurement,
  | 'integratedLufs'
  | 'loudnessRangeLu'
  | 'maxMomentaryLufs'
  | 'maxShortTermLufs'
  | 'truePeakDbtp'
  | 'samplePeakDbfs'
>;

/** One line of `runout measure --json`. */
export interface PrintedMeasurement extends PrintedLevels {
  readonly file: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly samples: number;
  readonly silences: readonly Silence[];
}

/** A measurement in the shape of `runout measure --json`. */
export function printMeasurement(file: string, measurement: Measurement): PrintedMeasurement {
  const { sampleRate, channels, samples, silences } = measurement;
  return { file, sampleRate, channels, samples, ...printLevels(measurement), silences };
}

/** The levels, rounded for print. */
export function printLevels(measurement: Measurement): PrintedLevels {
  return {
    integratedLufs: printLevel(measurement.integratedLufs),
    loudnessRangeLu: printLevel(measurement.loudnessRangeLu),
    maxMomentaryLufs: printLevel(measurement.maxMomentaryLufs),
    maxShortTermLufs: printLevel(measurement.maxShortTermLufs),
    truePeakDbtp: printLevel(measurement.truePeakDbtp),
    samplePeakDbfs: printLevel(measurement.samplePeakDbfs),
  };
}

/** A level to two decimals; never −0. */
export function printLevel(level: number | null): number | null {
  return level === null ? null : Math.round(level * 100) / 100 + 0;
}
