import { createHash } from 'node:crypto';
import type { Hash } from '../../engine/index.ts';

export function createSha256(): Hash {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.digest('hex'),
  };
}
