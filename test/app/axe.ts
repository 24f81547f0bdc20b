import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright';

const SOURCE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What axe-core finds wrong on a page, in one line each. */
export async function findFaults(page: Page): Promise<readonly string[]> {
  // Evaluated, because the page's own policy lets no script in.
  await page.evaluate(SOURCE);
  const results = await page.evaluate(async () => {
    // A colour on its way from one to another is neither.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) =>
        `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n').slice(1).join(';').trim()}`,
    ),
  );
}
