import type { GrammarError } from './grammar-error.ts';
import { grammarError } from './grammar-error.ts';

/**
 * Why a path of a sheet cannot be used on every machine, if it cannot: paths are relative to the sheet and
 * have `/` between their parts. Whether it leaves the project root is for whoever knows the root.
 */
export function checkPath(path: string): GrammarError | undefined {
  if (path.trim() === '')
    return grammarError(1, 'is empty where the name of a file should be', 'sounds/hum.flac');
  const control = path.search(/\p{Cc}/u);
  if (control >= 0) {
    const code = path.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0');
    return grammarError(
      control + 1,
      `holds the control character U+${code}, which no file name should`,
      'sounds/hum.flac',
    );
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):\/?\//.exec(path) ?? /^(file|data|blob|https?):/i.exec(path);
  if (scheme) {
    return grammarError(
      1,
      `is an address ("${scheme[1]}:"), but a sheet names files beside it`,
      'sounds/hum.flac',
    );
  }
  if (/^[A-Za-z]:/.test(path)) {
    const rest = path.slice(2).replaceAll('\\', '/').replace(/^\/+/, '');
    return grammarError(
      1,
      `begins with a drive ("${path.slice(0, 2)}"), but paths are relative to the sheet`,
      besideSheet(rest),
    );
  }
  const backslash = path.indexOf('\\');
  if (backslash >= 0) {
    return grammarError(
      backslash + 1,
      'has a backslash; a path has / between its parts',
      path.replaceAll('\\', '/').replace(/^\/+/, ''),
    );
  }
  if (path.startsWith('/'))
    return grammarError(1, 'begins with /, but paths are relative to the sheet', besideSheet(path));
  if (path.startsWith('~/'))
    return grammarError(1, 'begins with ~, but paths are relative to the sheet', besideSheet(path));
  if (path.endsWith('/'))
    return grammarError(
      path.length,
      'names a folder (it ends with /), but a file is wanted',
      'sounds/hum.flac',
    );
  return undefined;
}

/** How a file that was named from the root would be named from a sheet two folders above it: the likeliest case. */
function besideSheet(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '' && part !== '~')
      .slice(-2)
      .join('/') || 'sounds/hum.flac'
  );
}
