import './tokens.css';
import './base.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { boot } from './boot.tsx';
import { BootProblem } from './boot-problem.tsx';
import { watchForFaults } from './faults.ts';

const root = document.getElementById('app');
if (root) await start(root);

async function start(place: HTMLElement): Promise<void> {
  try {
    const parts = await boot();
    const onFault = watchForFaults(window, parts.workspace.notify);
    render(<App {...parts} onFault={onFault} />, place);
    if (location.hash === '#test') Object.assign(window, { runoutTest: parts });
  } catch (problem) {
    render(<BootProblem problem={problem} />, place);
  }
}
