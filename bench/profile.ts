import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './peers/peer.ts';

/** Milliseconds of a run by what they were spent on. */
export type Profile = Readonly<Record<string, number>>;

/**
 * What a function is part of; the innermost that is listed counts. Names are those of the sources: the build
 * keeps them.
 */
const STAGES: ReadonlyMap<string, string> = new Map([
  ['readJson', 'read the sheet'],
  ['readSheet', 'check the sheet'],
  ['probeSounds', 'read the headers'],
  ['compile', 'compile the score'],
  ['openScoreSounds', 'open the sounds'],
  ['openSound', 'open the sounds'],
  ['openResident', 'open the sounds'],
  ['decodeWav', 'open the sounds'],
  ['openResponse', 'open the sounds'],
  ['load', 'read the beds'],
  ['read', 'read the beds'],
  ['unpack', 'unpack the beds'],
  ['addTo', 'mix: rooms'],
  ['mixStem', 'mix'],
  ['prepare', 'mix'],
  ['packStem', 'pack'],
  ['packMix', 'pack'],
  ['write', 'write'],
  ['hash', 'hash'],
  ['commit', 'commit'],
  ['(garbage collector)', 'collect garbage'],
  ['(program)', 'start and end of Node'],
  ['Script', 'load the program'],
]);
const OTHER = 'the rest: modules, commander, events';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Runs Runout once more, on one thread and with V8's profiler (which slows it down a little). */
export function profileOf({ command, args, output }: Command, folder: string): Profile {
  rmSync(output, { force: true });
  mkdirSync(folder, { recursive: true });
  const options = ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder];
  const { status } = spawnSync(command, [...options, ...args, '--threads', '1'], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`the profiled run ended with ${status}`);
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  const profile: CpuProfile = JSON.parse(readFileSync(join(folder, file!), 'utf8'));
  rmSync(output, { force: true });
  rmSync(folder, { recursive: true });
  return sumUp(profile);
}

function sumUp({ nodes, samples, timeDeltas }: CpuProfile): Profile {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages = new Map<number, string>();
  const visit = (id: number, outer: string) => {
    const node = byId.get(id)!;
    const name = node.callFrame.functionName.replace(/^.*\./, '').replace(/\$\d+$/, '');
    const stage = STAGES.get(name) ?? outer;
    stages.set(id, stage);
    for (const child of node.children ?? []) visit(child, stage);
  };
  visit(nodes[0]!.id, OTHER);
  const sums: Record<string, number> = {};
  samples.forEach((id, index) => {
    const stage = stages.get(id) ?? OTHER;
    sums[stage] = (sums[stage] ?? 0) + timeDeltas[index]! / 1000;
  });
  return Object.fromEntries(Object.entries(sums).sort(([, a], [, b]) => b - a));
}
