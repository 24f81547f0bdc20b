import { type IAudioNode, AudioContext as StandardAudioContext } from 'standardized-audio-context';
// Tone's index makes a context, a transport and a destination of its own as it is loaded: only parts are imported.
import { Channel } from 'tone/build/esm/component/channel/Channel.js';
import { Context } from 'tone/build/esm/core/context/Context.js';
import { setContext } from 'tone/build/esm/core/context/GlobalContext.js';
import { connect as connectInTone } from 'tone/build/esm/core/context/ToneAudioNode.js';

export type MonitorAudioContext = StandardAudioContext;
export { Channel };

type Node = IAudioNode<StandardAudioContext>;

/** The one context of the desk, as Tone sees it, as its nodes are made in, and as the browser has it. */
export interface MonitorContext {
  readonly tone: Context;
  readonly standard: StandardAudioContext;
  /** The browser's own context inside; undefined where standardized-audio-context keeps it elsewhere. */
  readonly native: AudioContext | undefined;
  dispose(): Promise<void>;
}

/** @param sampleRate - Samples per second, the score's: nothing may be converted on the way. */
export function openMonitorContext(sampleRate: number): MonitorContext {
  if (!globalThis.AudioContext) throw new Error('it has no Web Audio');
  const standard = new StandardAudioContext({ sampleRate, latencyHint: 'interactive' });
  // Nothing is scheduled by Tone's clock: 'offline' starts none. Its default one is a worker made of a Blob,
  // which the content security policy forbids.
  const tone = new Context({
    context: asNative<AudioContext>(standard),
    lookAhead: 0,
    updateInterval: 0.05,
    clockSource: 'offline',
  });
  // Every node asks for the global context, even one that is given its own, and would make one of its own.
  setContext(tone);
  return {
    tone,
    standard,
    native: nativeOf(standard),
    dispose: async () => {
      tone.dispose();
      if (standard.state !== 'closed') await standard.close();
    },
  };
}

/** Connects an output of a node to a node, of which one is Tone's: only Tone's own connect takes both and a number. */
export function connect(from: Node | Channel, to: Node | Channel, output = 0): void {
  const source = from instanceof Channel ? from : asNative<AudioNode>(from);
  const target = to instanceof Channel ? to : asNative<AudioNode>(to);
  connectInTone(source, target, output, 0);
}

/** Tone's types name the browser's contexts and nodes, where it makes and takes standardized-audio-context's. */
function asNative<Native extends AudioContext | AudioNode>(own: StandardAudioContext | Node): Native {
  return own as unknown as Native;
}

/**
 * The browser's context inside one of standardized-audio-context, whose wrapper lacks `outputLatency` and
 * `getOutputTimestamp`, and loads a worklet's module from a Blob, which the content security policy forbids.
 */
function nativeOf(context: StandardAudioContext): AudioContext | undefined {
  const inside: unknown = Reflect.get(context, '_nativeAudioContext');
  return inside instanceof globalThis.AudioContext ? inside : undefined;
}
