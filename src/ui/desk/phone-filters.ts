import {
  BiquadFilterNode,
  type IAudioContext,
  type IBiquadFilterNode,
  type IOfflineAudioContext,
} from 'standardized-audio-context';
import { PHONE_FILTERS } from '../../engine/index.ts';

/** The engine's phone as biquads: of high-pass and low-pass filters Web Audio takes q in decibels. */
export function phoneFilters<Context extends IAudioContext | IOfflineAudioContext>(
  context: Context,
): readonly IBiquadFilterNode<Context>[] {
  return PHONE_FILTERS.map(
    ({ type, hz, q }) =>
      new BiquadFilterNode(context, {
        type: type === 'high-pass' ? 'highpass' : 'lowpass',
        frequency: hz,
        Q: 20 * Math.log10(q),
        channelCount: 1,
        channelCountMode: 'explicit',
      }),
  );
}
