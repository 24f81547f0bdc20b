import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectFiles } from '../../../src/cli/node/project-files.ts';
import { openProject } from '../../../src/engine/index.ts';
import { type FakeWorkspace, makeWorkspace } from '../fakes.ts';

const pathOf = (name: string) => fileURLToPath(new URL(`../../../cues/${name}`, import.meta.url));

export const DEMO = readFileSync(pathOf('ballroom.cues.json'), 'utf8');
const EDL = readFileSync(pathOf('ballroom.edl'), 'utf8');
const { soundInfos } = await openProject(pathOf('ballroom.cues.json'), projectFiles);

/** A workspace with the demo's film in it. */
export function openDemo(text = DEMO): FakeWorkspace {
  return makeWorkspace({ text, editText: EDL, sounds: soundInfos });
}
