import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { DeskPart } from '../desk/desk.ts';
import { openPicture, type PictureFile } from '../picture/picture-file.ts';
import type { Workspace } from '../workspace.ts';

/** Where the picture is: the file that the preview was started with, or a video that was dropped since. */
export interface PictureSlot {
  readonly file: ReadonlySignal<PictureFile | undefined>;
  /** The same for the parts. */
  readonly picture: Workspace['picture'];
  /** Takes a video for the picture, for as long as the page lives; what cannot be shown takes the place of nothing. */
  show(video: File): Promise<void>;
}

export interface PictureSlotOptions extends Pick<Workspace, 'transport' | 'notify'> {
  readonly film: Workspace['studio']['film'];
  readonly desk: Pick<DeskPart, 'guide' | 'setGuide'>;
  /** The preview's own, and how to hear that its file was changed. */
  readonly served: { readonly name: string; readonly url: string } | undefined;
  readonly onServedChanged: (listener: () => void) => void;
  /** Takes over the timecode that a file's first frame was given before, and keeps it; returns what ends that. */
  readonly keepFirstFrame: (file: PictureFile) => (() => void) | undefined;
  /** Tells of what came by itself. */
  readonly mention: (message: string) => void;
}

export function createPictureSlot(options: PictureSlotOptions): PictureSlot {
  const { served, notify } = options;
  const file = signal<PictureFile | undefined>(undefined);
  let letGo: (() => void) | undefined;
  const put = (next: PictureFile) => {
    letGo?.();
    file.peek()?.dispose();
    file.value = next;
    letGo = connectPicture(next, options);
  };
  if (served) {
    const own = openPicture(served.name, served.url);
    put(own);
    options.onServedChanged(() => {
      if (file.peek() === own) own.reload();
    });
  }
  return {
    file,
    picture: {
      driftFrames: computed(() => file.value?.driftFrames.value),
      still: computed(() => file.value?.still.value),
    },
    async show(video) {
      const next = openPicture(video.name, video);
      const problem = await problemOf(next);
      const hasOther = file.peek() !== undefined && file.peek()?.problem.peek() === undefined;
      if (problem && hasOther) {
        next.dispose();
        notify(`${problem.message} ${problem.hint}`, 'problem');
        return;
      }
      put(next);
      if (!problem)
        notify(
          `${video.name} is the picture until this page is loaded anew; with --picture it is so from the start`,
        );
    },
  };
}

/** Waits until a file is shown, or cannot be. */
function problemOf({ isDecoded, problem }: PictureFile): Promise<PictureFile['problem']['value']> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!isDecoded.value && !problem.value) return;
      resolve(problem.value);
      queueMicrotask(() => stop());
    });
  });
}

/**
 * Puts a picture on the transport, its own sound on the desk, where it has one, and says how it differs from the edit:
 * once, and again only where that has become another.
 *
 * @returns Takes it off again.
 */
function connectPicture(
  file: PictureFile,
  { film, desk, transport, keepFirstFrame, mention }: PictureSlotOptions,
): () => void {
  const forgetFirstFrame = keepFirstFrame(file);
  file.follow(transport, film, () => {
    const guide = desk.guide.value;
    return guide !== undefined && !guide.isMuted.value;
  });
  const remarks = [computed(() => file.mismatch.value.rate), computed(() => file.mismatch.value.length)];
  const stops = [
    effect(() => {
      if (!file.facts.value?.hasSound || file.problem.value) return;
      // From here on its sound goes to the desk alone, where it is off at first.
      file.video.muted = false;
      desk.setGuide(file.video);
    }),
    ...remarks.map((remark) =>
      effect(() => {
        if (remark.value !== undefined) mention(remark.value);
      }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
    forgetFirstFrame?.();
    desk.setGuide(undefined);
  };
}
