import type { Issue } from '../issue/issue.ts';

/** A render that cannot be: nothing of it has been kept. Its issues have pointers into the sheet. */
export class RenderError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map((issue) => issue.message).join('; '));
    this.name = 'RenderError';
    this.issues = issues;
  }
}

/** A render that was called off: nothing of it has been kept. */
export class RenderAborted extends Error {
  constructor() {
    super('the render was called off');
    this.name = 'RenderAborted';
  }
}
