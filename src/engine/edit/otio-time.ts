import { type FrameRate, nearestRate, sameRate } from '../time/frame-rate.ts';
import { divide, multiply, parseRational, type Rational, rational, ZERO } from '../time/rational.ts';
import type { TimeRange } from './otio-flatten.ts';
import type { JsonObject, JsonValue } from './otio-json.ts';
import { member, OtioFault, objectMember } from './otio-node.ts';

/** Far beyond a day at any rate, and small enough that sums stay quick. */
const LONGEST_NUMBER = 40;
const LARGEST_EXPONENT = 30;

/**
 * Reads times exactly: the digits as they stand, over a rate that is snapped to the known ones (23.976023976
 * is 24000/1001).
 */
export class OtioTimes {
  readonly #own: FrameRate | undefined;
  readonly #meant: FrameRate | undefined;

  /**
   * @param own - The timeline's rate as written; times in it are read as if in `meant`.
   */
  constructor(own: FrameRate | undefined, meant: FrameRate | undefined) {
    this.#own = own;
    this.#meant = meant;
  }

  /** A RationalTime in seconds. @throws OtioFault for a value that is not finite or a rate that is not positive. */
  seconds(node: JsonObject): Rational {
    return divide(this.#number(node, 'value'), this.rate(node));
  }

  /** The rate of a RationalTime, per second. */
  rate(node: JsonObject): Rational {
    const written = this.#number(node, 'rate');
    if (written.numerator <= 0n) {
      throw fault(node, 'the rate of a time must be above 0');
    }
    const known = rateIn(node);
    if (known) {
      const meant = this.#own && this.#meant && sameRate(known, this.#own) ? this.#meant : known;
      return rational(meant.num, meant.den);
    }
    return ntscRate(written) ?? written;
  }

  /** A TimeRange in seconds; undefined where there is none. @throws OtioFault if its length is negative. */
  range(value: JsonObject | undefined): TimeRange | undefined {
    if (!value) return undefined;
    const start = objectMember(value, 'start_time');
    const length = objectMember(value, 'duration');
    if (!length) throw fault(value, 'a time range has no duration');
    const duration = this.seconds(length);
    if (duration.numerator < 0n) throw fault(length, 'a duration is negative');
    return { start: start ? this.seconds(start) : ZERO, duration };
  }

  #number(node: JsonObject, key: string): Rational {
    const value = member(node, key);
    if (value?.kind !== 'number') throw fault(node, `a time has no number as its ${key}`);
    return exactNumber(value) ?? rejectNumber(value);
  }
}

/** The known frame rate of a RationalTime, as written. */
export function rateIn(node: JsonObject): FrameRate | undefined {
  const rate = member(node, 'rate');
  return rate?.kind === 'number' ? nearestRate(Number(rate.digits)) : undefined;
}

/** The digits of a number as an exact fraction; undefined for Inf, NaN and numbers beyond all measure. */
export function exactNumber(value: JsonValue): Rational | undefined {
  if (value.kind !== 'number' || value.digits.length > LONGEST_NUMBER) return undefined;
  const [digits = '', exponent = '0'] = value.digits.split(/[eE]/);
  const mantissa = parseRational(digits);
  const power = Number(exponent);
  if (!mantissa || Math.abs(power) > LARGEST_EXPONENT) return undefined;
  const scale = rational(10n ** BigInt(Math.abs(power)));
  return power < 0 ? divide(mantissa, scale) : multiply(mantissa, scale);
}

/** 119.88 and other multiples of 1000/1001 that are no frame rate here, but may be a source's. */
function ntscRate(written: Rational): Rational | undefined {
  const perSecond = Number(written.numerator) / Number(written.denominator);
  const whole = Math.round((perSecond * 1001) / 1000);
  const isNear = Math.abs((whole * 1000) / 1001 - perSecond) < 0.005;
  return isNear && !Number.isInteger(perSecond) ? rational(whole * 1000, 1001) : undefined;
}

function rejectNumber(value: Extract<JsonValue, { readonly kind: 'number' }>): never {
  const shown = value.digits.length > LONGEST_NUMBER ? `${value.digits.slice(0, 20)}…` : value.digits;
  throw fault(
    value,
    `${shown} is not a time: it must be a finite number of no more than ${LONGEST_NUMBER} digits`,
  );
}

function fault(node: JsonValue, message: string): OtioFault {
  return new OtioFault(node.offset, 'otio-time', message, 'export the timeline again, or correct this value');
}
