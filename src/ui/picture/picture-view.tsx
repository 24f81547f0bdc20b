import type { Workspace } from '../workspace.ts';
import { Animatic } from './animatic.tsx';
import type { PictureFile } from './picture-file.ts';
import { VideoView } from './video-view.tsx';
import './picture.css';

/** What is to be seen: the picture's file, or the edit's cards where there is none or it cannot be shown. */
export function PictureView({ workspace, file }: { workspace: Workspace; file: PictureFile | undefined }) {
  const problem = file?.problem.value;
  if (file && !problem) {
    return (
      <section class="picture" aria-label="Picture">
        <VideoView workspace={workspace} file={file} />
      </section>
    );
  }
  return (
    <section class="picture" aria-label="Picture">
      <Animatic workspace={workspace} />
      {problem && (
        <div class="picture-problem" role="status">
          <p>
            <strong>{problem.message}</strong>
          </p>
          <p>{problem.hint}</p>
        </div>
      )}
    </section>
  );
}
