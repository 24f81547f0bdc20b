/** Rates of SuperCollider's units. */
const SCALAR = 0;
const CONTROL = 1;
const AUDIO = 2;
const MULTIPLY = 2;

/** Where a unit's input comes from: a constant, or an output of an earlier unit. */
type Input = { readonly constant: number } | { readonly unit: number; readonly output: number };

interface Unit {
  readonly name: string;
  readonly rate: number;
  readonly inputs: readonly Input[];
  readonly outputs: number;
  readonly operator?: number;
}

/**
 * A stereo file at a level, freed when it ends:
 *
 *     Out.ar(0, player * amp)      player = PlayBuf.ar(2, buffer, doneAction: 2) or DiskIn.ar(2, buffer)
 *
 * @returns A SynthDef file of version 2.
 * @see https://doc.sccode.org/Reference/Synth-Definition-File-Format.html
 */
export function playerDef(name: string, from: 'memory' | 'disk'): Buffer {
  const control = (output: number): Input => ({ unit: 0, output });
  const player: Unit =
    from === 'memory'
      ? {
          name: 'PlayBuf',
          rate: AUDIO,
          inputs: [
            control(0),
            { constant: 1 },
            { constant: 1 },
            { constant: 0 },
            { constant: 0 },
            { constant: 2 },
          ],
          outputs: 2,
        }
      : { name: 'DiskIn', rate: AUDIO, inputs: [control(0), { constant: 0 }], outputs: 2 };
  const scaled = (output: number): Unit => ({
    name: 'BinaryOpUGen',
    rate: AUDIO,
    inputs: [{ unit: 1, output }, control(1)],
    outputs: 1,
    operator: MULTIPLY,
  });
  const units: Unit[] = [
    { name: 'Control', rate: CONTROL, inputs: [], outputs: 2 },
    player,
    scaled(0),
    scaled(1),
    {
      name: 'Out',
      rate: AUDIO,
      inputs: [{ constant: 0 }, { unit: 2, output: 0 }, { unit: 3, output: 0 }],
      outputs: SCALAR,
    },
  ];
  return writeDef(name, ['buffer', 'amp'], units);
}

function writeDef(name: string, parameters: readonly string[], units: readonly Unit[]): Buffer {
  const constants = [
    ...new Set(units.flatMap(({ inputs }) => inputs.flatMap((i) => ('constant' in i ? [i.constant] : [])))),
  ];
  return Buffer.concat([
    Buffer.from('SCgf', 'latin1'),
    int32(2),
    int16(1),
    pascal(name),
    int32(constants.length),
    ...constants.map(float32),
    int32(parameters.length),
    ...parameters.map(() => float32(0)),
    int32(parameters.length),
    ...parameters.flatMap((parameter, index) => [pascal(parameter), int32(index)]),
    int32(units.length),
    ...units.flatMap((unit) => [
      pascal(unit.name),
      Buffer.from([unit.rate]),
      int32(unit.inputs.length),
      int32(unit.outputs),
      int16(unit.operator ?? 0),
      ...unit.inputs.flatMap((input) =>
        'constant' in input
          ? [int32(-1), int32(constants.indexOf(input.constant))]
          : [int32(input.unit), int32(input.output)],
      ),
      Buffer.alloc(unit.outputs, unit.rate),
    ]),
    int16(0),
  ]);
}

function pascal(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return bytes;
}
