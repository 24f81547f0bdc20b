/** Rates of SuperCollider's units. */
const SCALAR = 0;
const CONTROL = 1;
const AUDIO = 2;
const ADD = 0;
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
 *     Out.ar(bus, player * amp)      player = PlayBuf.ar(2, buffer, doneAction: 2) or DiskIn.ar(2, buffer)
 *
 * @param buses - Each of them gets it.
 * @returns A SynthDef file of version 2.
 * @see https://doc.sccode.org/Reference/Synth-Definition-File-Format.html
 */
export function playerDef(name: string, from: 'memory' | 'disk', buses: readonly number[]): Buffer {
  const control = (output: number): Input => ({ unit: 0, output });
  const player: Unit =
    from === 'memory'
      ? {
          name: 'PlayBuf',
          rate: AUDIO,
          inputs: [control(0), of(1), of(1), of(0), of(0), of(2)],
          outputs: 2,
        }
      : { name: 'DiskIn', rate: AUDIO, inputs: [control(0), of(0)], outputs: 2 };
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
    ...buses.map((bus) => out(bus, { unit: 2, output: 0 }, { unit: 3, output: 0 })),
  ];
  return writeDef(name, ['buffer', 'amp'], units);
}

/** A room: what comes in on one pair of buses, convolved, and what comes in on another, delayed as much. */
export interface RoomDef {
  readonly send: number;
  readonly dry: number;
  /** Size of its transforms, samples. */
  readonly size: number;
  /** Buffers of the prepared responses of left and right. */
  readonly buffers: readonly [number, number];
  readonly delaySeconds: number;
}

/**
 *     Out.ar(0, PartConv.ar(In.ar(send, 2), size, buffers) + DelayN.ar(In.ar(dry, 2), delay, delay))
 */
export function roomDef(name: string, { send, dry, size, buffers, delaySeconds }: RoomDef): Buffer {
  const wet = (side: 0 | 1): Unit => ({
    name: 'PartConv',
    rate: AUDIO,
    inputs: [{ unit: 0, output: side }, of(size), of(buffers[side])],
    outputs: 1,
  });
  const late = (side: 0 | 1): Unit => ({
    name: 'DelayN',
    rate: AUDIO,
    inputs: [{ unit: 1, output: side }, of(delaySeconds), of(delaySeconds)],
    outputs: 1,
  });
  const sum = (a: number, b: number): Unit => ({
    name: 'BinaryOpUGen',
    rate: AUDIO,
    inputs: [
      { unit: a, output: 0 },
      { unit: b, output: 0 },
    ],
    outputs: 1,
    operator: ADD,
  });
  const into = (bus: number): Unit => ({ name: 'In', rate: AUDIO, inputs: [of(bus)], outputs: 2 });
  return writeDef(
    name,
    [],
    [
      into(send),
      into(dry),
      wet(0),
      wet(1),
      late(0),
      late(1),
      sum(2, 4),
      sum(3, 5),
      out(0, { unit: 6, output: 0 }, { unit: 7, output: 0 }),
    ],
  );
}

function of(constant: number): Input {
  return { constant };
}

function out(bus: number, left: Input, right: Input): Unit {
  return { name: 'Out', rate: AUDIO, inputs: [of(bus), left, right], outputs: SCALAR };
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
