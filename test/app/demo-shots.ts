import { readFileSync } from 'node:fs';

/** Frames a second of the demo, and samples of one frame: 48000 / 24. */
export const FRAMES_PER_SECOND = 24;
export const SAMPLES_PER_FRAME = 2000;

/** A shot of the demo, in frames since its start. */
export interface DemoShot {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** The demo's shots, read from its EDL by other means than the app's. */
export function demoShots(): readonly DemoShot[] {
  const text = readFileSync('cues/ballroom.edl', 'utf8');
  const frames = (timecode: string) => {
    const [hours, minutes, seconds, frame] = timecode.split(':').map(Number);
    return ((hours! * 60 + minutes!) * 60 + seconds!) * FRAMES_PER_SECOND + frame! - 3600 * FRAMES_PER_SECOND;
  };
  const event = /^\d{3} .* (\S+) (\S+)\s*\n\* FROM CLIP NAME: (\S+)/gm;
  return [...text.matchAll(event)].map(([, from, to, id]) => ({
    id: id!,
    from: frames(from!),
    to: frames(to!),
  }));
}

/** A frame's timecode in the demo. */
export function demoTimecode(frame: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(frame / FRAMES_PER_SECOND);
  return `01:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(frame % FRAMES_PER_SECOND)}`;
}
