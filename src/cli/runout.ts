import { catchInterrupts } from './interrupt.ts';

// Before anything else is even loaded, so that Ctrl-C is answered from the beginning.
catchInterrupts();
const { run } = await import('./run.ts');
await run(process.argv.slice(2));
