import type { Manifest } from '../../engine/index.ts';

/** Levels of everything that was written. */
export function LevelTable({ manifest }: { manifest: Manifest }) {
  const files = [...manifest.stems, manifest.mix];
  return (
    <table class="render-levels">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" title="Integrated loudness">
            LUFS
          </th>
          <th scope="col" title="Loudness range">
            LU
          </th>
          <th scope="col" title="True peak">
            dBTP
          </th>
          <th scope="col" title="Sample peak">
            dBFS
          </th>
        </tr>
      </thead>
      <tbody class="numbers">
        {files.map((file) => (
          <tr key={file.file}>
            <th scope="row">{file.file}</th>
            <td>{levelText(file.integratedLufs)}</td>
            <td>{levelText(file.loudnessRangeLu)}</td>
            <td>{levelText(file.truePeakDbtp)}</td>
            <td>{levelText(file.samplePeakDbfs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function levelText(level: number | null): string {
  return level === null ? '–' : level.toFixed(1);
}
