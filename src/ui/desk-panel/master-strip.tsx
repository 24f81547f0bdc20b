import { signal, useComputed } from '@preact/signals';
import { formatDb } from '../fader-scale.ts';
import { GainEntry } from '../gain-entry.tsx';
import { Toggle } from '../toggle.tsx';
import type { Desk } from '../workspace.ts';
import { Fader } from './fader.tsx';
import { Meter, MeterScale } from './meter.tsx';

/** Loudness that a film is delivered at, LUFS: of EBU R 128 and ATSC A/85, and what is asked for elsewhere. */
const TARGETS: readonly (readonly [name: string, lufs: number])[] = [
  ['R 128', -23],
  ['A/85', -24],
  ['Netflix', -27],
  ['Web', -14],
];

const target = signal(0);

/** The mix as it is played: its level, its loudness, whether it clipped, and how a phone would sound. */
export function MasterStrip({ desk }: { desk: Desk }) {
  const { master } = desk;
  const hasClipped = master.hasClipped.value;
  const momentary = useComputed(() => formatDb(master.momentaryLufs.value));
  const shortTerm = useComputed(() => formatDb(master.shortTermLufs.value));
  const integrated = useComputed(() => formatDb(master.integratedLufs.value));
  const truePeak = useComputed(() => formatDb(master.truePeakDbtp.value));
  const distance = useComputed(() => {
    const lufs = master.integratedLufs.value;
    if (!Number.isFinite(lufs)) return '–';
    const difference = lufs - (TARGETS[target.value]?.[1] ?? 0);
    return `${difference > 0 ? '+' : ''}${formatDb(difference)} LU`;
  });
  return (
    <section class="strip master" aria-label="Mix">
      <h2 class="strip-name" title="Levels, mutes and solos here are heard, and never rendered">
        Monitor mix
      </h2>
      <div class="master-body">
        <div class="strip-levels">
          <Fader label="Monitor level" gainDb={desk.masterGainDb} />
          <Meter label="Mix, meter" levelsDb={master.levelsDb} />
          <MeterScale />
        </div>
        <dl class="loudness numbers">
          <Loudness name="M" long="Momentary loudness, LUFS">
            {momentary}
          </Loudness>
          <Loudness name="S" long="Short-term loudness, LUFS">
            {shortTerm}
          </Loudness>
          <Loudness name="I" long="Integrated loudness since the last reset, LUFS">
            {integrated}
          </Loudness>
          <Loudness name="TP" long="Highest true peak since the last reset, dBTP">
            {truePeak}
          </Loudness>
          <div class="loudness-target">
            <dt>
              <select
                aria-label="Loudness to compare with"
                value={target.value}
                onChange={(event) => {
                  target.value = event.currentTarget.selectedIndex;
                }}
              >
                {TARGETS.map(([name, lufs], index) => (
                  <option key={name} value={index}>
                    {name} {formatDb(lufs, 0)}
                  </option>
                ))}
              </select>
            </dt>
            <dd title="Integrated loudness against it">{distance}</dd>
          </div>
        </dl>
      </div>
      <div class="master-foot">
        <GainEntry look="gain-entry" label="Monitor level in dB" gainDb={desk.masterGainDb} />
        <button
          type="button"
          class={hasClipped ? 'is-small clip has-clipped' : 'is-small clip'}
          title="Click to measure anew: loudness, true peak and clip"
          onClick={() => master.reset()}
        >
          {hasClipped ? 'Clipped ✕' : 'Reset'}
        </button>
        <Toggle
          look="is-small"
          isOn={desk.isPhone}
          title="Hear it as a phone's speaker would play it: mono, without bass"
        >
          Phone
        </Toggle>
      </div>
    </section>
  );
}

function Loudness({
  name,
  long,
  children,
}: {
  name: string;
  long: string;
  children: preact.ComponentChildren;
}) {
  return (
    <div title={long}>
      <dt>
        <abbr title={long}>{name}</abbr>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
