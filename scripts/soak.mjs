// The tests of play, as long as a session: minutes instead of seconds, a thousand edits instead of some.
//
//   node scripts/soak.mjs [SECONDS]
//
// SECONDS of play with a busy page, ten minutes unless it says otherwise.
import { spawnSync } from 'node:child_process';

const [seconds = '600'] = process.argv.slice(2);
const files = [
  'test/browser/soak.realtime.test.ts',
  'test/browser/edits.realtime.test.ts',
  'test/browser/playback-times.realtime.test.ts',
  'test/app/edit.app.test.ts',
  'test/app/picture.app.test.ts',
  'test/app/video.app.test.ts',
];
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'realtime', '--project', 'app', ...files],
  {
    stdio: 'inherit',
    env: { ...process.env, VITE_SOAK_SECONDS: seconds, VITE_SOAK_EDITS: '1000', RUNOUT_SOAK: '1' },
  },
);
process.exitCode = status ?? 1;
