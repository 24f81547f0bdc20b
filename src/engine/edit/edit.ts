import type { FrameRate } from '../time/frame-rate.ts';

/**
 * The picture timeline, whatever file it came from. All frames are counted since midnight in the edit's own
 * rate (01:00:00:00 at 24 is 86400), and all ranges are half-open: `recordOut` is the first frame after.
 */
export interface Edit {
  readonly format: 'inline' | 'edl' | 'otio';
  readonly frameRate: FrameRate;
  /** The frame that the stems begin with. */
  readonly startFrame: number;
  /** Frames from `startFrame` to the end of the picture: of the last shot, or of black after it. */
  readonly durationFrames: number;
  /** In record order. */
  readonly shots: readonly Shot[];
  /** In the order of their first shots. */
  readonly scenes: readonly Scene[];
  /** In order of frame. */
  readonly markers: readonly Marker[];
}

/** A half-open range of the edit with an id. */
export interface Shot {
  /** Unique in the edit: the sheet's own, else the one read from the clip name; a clip used again gets `#2`. */
  readonly id: string;
  /** Scene id, where one was given or could be read. */
  readonly scene?: string;
  /** Clip name as the edit has it. */
  readonly name?: string;
  readonly reel?: string;
  /** Event number as the EDL writes it: `001`. */
  readonly event?: string;
  readonly recordIn: number;
  readonly recordOut: number;
  /** Source range in frames, where the edit says so. */
  readonly sourceIn?: number;
  readonly sourceOut?: number;
  readonly camera?: Camera;
}

/** Where the camera of a shot stands; what is not said is as usual (score/perspective). */
export interface Camera extends CameraPlace {
  /** What is otherwise as the shot begins, and as it ends: the camera moves from the one to the other. */
  readonly from?: CameraPlace;
  readonly to?: CameraPlace;
}

export interface CameraPlace {
  /** Above the floor, m. */
  readonly height?: number;
  /** How far away, over the floor, is what it looks at, m. */
  readonly distance?: number;
  /** Focal length, mm of full frame. */
  readonly lens?: number;
}

/** A run of shots, from the first to the last that carry its id. */
export interface Scene {
  readonly id: string;
  readonly recordIn: number;
  readonly recordOut: number;
}

/** A named frame of the edit. */
export interface Marker {
  readonly name: string;
  readonly frame: number;
}

/** What a sheet may say of shots, by event number, clip name or shot id: `{"id": "1-3", "scene": "1"}`. */
export type ShotNames = Readonly<
  Record<
    string,
    {
      readonly id?: string | undefined;
      readonly scene?: string | undefined;
      readonly camera?: Camera | undefined;
    }
  >
>;

/** What a reader of an edit needs to be told. */
export interface EditOptions {
  /** The rate, where the file carries none (EDL), or where the sheet overrules it. */
  readonly frameRate?: FrameRate | undefined;
  /** Timecode of the edit's first frame, where it is not the first record-in. */
  readonly start?: string | undefined;
  readonly shots?: ShotNames | undefined;
}
