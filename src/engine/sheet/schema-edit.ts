import * as z from 'zod';
import { described } from './schema-fields.ts';
import { optional } from './schema-optional.ts';
import type { Texts } from './schema-texts.ts';

/** The schema of an edit that is written out in the sheet. */
export function makeInlineEditSchema({ id, timecode, editFrameRate }: Texts) {
  const time = (what: string) => {
    const either = z.union([timecode, z.int().min(0)]);
    return described(either, `${what}: a timecode, or a whole frame number.`, ['01:00:11:00', 264]);
  };
  const shot = z
    .strictObject({
      id: described(id, 'Id of the shot, unique in the edit.', ['1-3']),
      scene: described(optional(id), 'Id of the scene that it belongs to.', ['1']),
      name: described(optional(z.string()), 'Name of the clip.'),
      in: time('First frame'),
      out: time('First frame after the shot'),
      camera: makeCameraSchema(),
    })
    .readonly();
  const marker = z
    .strictObject({
      name: described(id, 'What anchors call it.', ['door slams']),
      at: time('Where it is'),
    })
    .readonly();
  const edit = z
    .strictObject({
      frameRate: described(optional(editFrameRate), 'Frames per second.'),
      start: described(optional(timecode), "Timecode of the edit's first frame."),
      shots: described(z.array(shot).readonly(), 'The shots.'),
      markers: described(optional(z.array(marker).readonly()), 'Named frames.'),
    })
    .readonly();
  return described(edit, 'The picture edit, written out.');
}

/** The schema of what a sheet calls a shot of its edit, and what it knows of its camera. */
export function makeShotNamesSchema({ id }: Texts) {
  return z
    .strictObject({
      id: described(optional(id), 'What anchors call the shot.', ['1-3']),
      scene: described(optional(id), 'The scene that it belongs to.', ['1']),
      camera: makeCameraSchema(),
    })
    .readonly();
}

/** Where the camera of a shot stands, for what is heard in `perspective`. */
function makeCameraSchema() {
  const place = {
    height: described(
      optional(z.number().min(0).max(100)),
      'Height above the floor, metres. Default 1.6.',
      [1.6],
    ),
    distance: described(
      optional(z.number().min(0).max(1000)),
      'How far away, over the floor, is what it looks at, metres. Default 4.',
      [4],
    ),
    lens: described(
      optional(z.number().min(4).max(2000)),
      'Focal length, mm, of full frame: 24 is wide, 85 is close. Default 40.',
      [40],
    ),
  };
  const end = optional(z.strictObject(place).readonly());
  const camera = optional(
    z
      .strictObject({
        ...place,
        from: described(end, 'What is otherwise as the shot begins, for a camera that moves.', [
          { height: 1.6 },
        ]),
        to: described(end, 'What is otherwise as the shot ends, for a camera that moves.', [{ height: 6 }]),
      })
      .readonly(),
  );
  return described(camera, 'The camera, for what is heard in perspective: where it stands and its lens.', [
    { height: 1.6, distance: 4, lens: 40 },
  ]);
}
