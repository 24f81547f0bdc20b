/**
 * What TypeScript's list of the page's names lacks: of the File System Access API what only some browsers have, and
 * of the private file system what only workers have.
 *
 * @see https://wicg.github.io/file-system-access/ and https://fs.spec.whatwg.org/
 */
interface Window {
  showDirectoryPicker?(options?: {
    readonly id?: string;
    readonly mode?: 'read' | 'readwrite';
    readonly startIn?: string;
  }): Promise<FileSystemDirectoryHandle>;
}

interface FileSystemSyncAccessHandle {
  read(buffer: ArrayBufferView, options?: { readonly at?: number }): number;
  write(buffer: ArrayBufferView, options?: { readonly at?: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}
