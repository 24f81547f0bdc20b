import type { FoundSheet, SheetFile } from './document.ts';

/** What the document asks of the server. */
export interface SheetServer {
  readSheet(): Promise<FoundSheet>;
  saveSheet(
    text: string,
    etag: string | undefined,
  ): Promise<{ readonly etag: string } | { readonly conflict: { readonly etag?: string } }>;
}

/** The sheet's file behind the preview's server. */
export function serverFile(server: SheetServer): SheetFile {
  return {
    read: () => server.readSheet(),
    async write(text, etag) {
      const saved = await server.saveSheet(text, etag);
      if ('etag' in saved) return saved;
      return { found: saved.conflict.etag === undefined ? undefined : await server.readSheet() };
    },
  };
}
