import { spawn } from 'node:child_process';

/** Opens a page in the user's browser, if the machine knows one; nothing depends on it. */
export function openInBrowser(url: string): void {
  const [command, ...args] = commandFor(process.platform, url);
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // No browser, no harm: the address stands on the terminal.
  child.on('error', () => {});
  child.unref();
}

function commandFor(platform: NodeJS.Platform, url: string): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return ['xdg-open', url];
  }
}
