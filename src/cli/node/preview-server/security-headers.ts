import type { ServerResponse } from 'node:http';

/**
 * What a page of the preview may do: run its own scripts and styles, and talk to its own server.
 *
 * `blob:` stands with the scripts because standardized-audio-context wraps each worklet's module in a blob. No
 * markup can make one: a blob takes a script that is running already.
 *
 * @param nonce - Of `<style>` elements that the editor and the waveforms make; there is none on other files.
 */
function policy(nonce: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self' blob: 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Puts the headers on an answer that every one of them carries. */
export function setSecurityHeaders(response: ServerResponse, nonce?: string): void {
  response.setHeader('Content-Security-Policy', policy(nonce));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
}
