/** The part of smpte-timecode that the tests use; the package has no types. */
declare module 'smpte-timecode' {
  export default class Timecode {
    constructor(frameCount: number, frameRate: number, dropFrame: boolean);
    toString(): string;
  }
}
