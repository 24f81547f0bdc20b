/** The nonce that the page's policy asks of the style that wavesurfer.js brings; none where there is no policy. */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  return meta?.nonce || undefined;
}
