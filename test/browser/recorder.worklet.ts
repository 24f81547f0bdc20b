/// <reference types="audioworklet" />

/** Posts every quantum of all its inputs, with the context's frame that it begins with. */
class Recorder extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  process(inputs: Float32Array[][]): boolean {
    this.port.postMessage({ frame: currentFrame, inputs });
    return true;
  }
}

registerProcessor('recorder', Recorder);
