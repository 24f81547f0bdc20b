import { hasFiles, isVideo } from '../dropped-files.ts';
import type { Workspace } from '../workspace.ts';

export interface FileTaker {
  readonly notify: Workspace['notify'];
  /** Takes a video for the picture. */
  readonly showVideo: (video: File) => void;
  /** Labels of the keys that add sounds without a drag; empty where they have none. */
  readonly keysForSounds: () => string;
}

/**
 * Takes files that are dropped anywhere on the page, of which a browser would show one in the app's place. A video is
 * the picture, wherever it is dropped; of what no lane has taken it is said where that can be dropped.
 *
 * @returns Leaves them to the browser again.
 */
export function takeFiles(target: Window, { notify, showVideo, keysForSounds }: FileTaker): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  target.addEventListener(
    'dragover',
    (event) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      // Also where it is of no use: a drop that is refused tells nobody why.
      event.dataTransfer.dropEffect = 'copy';
    },
    { signal },
  );
  target.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      const [video, ...others] = files.filter(isVideo);
      if (video) showVideo(video);
      if (others.length > 0) notify(`One video at a time: ${video?.name} is taken`, 'problem');
      if (isTaken || files.every(isVideo)) return;
      const keys = keysForSounds();
      const byKeys = keys === '' ? '' : `, or press ${keys} to add them at the playhead`;
      notify(`Nothing was added: drop sounds on a lane of the timeline${byKeys}`, 'problem');
    },
    { signal },
  );
  return () => listening.abort();
}
