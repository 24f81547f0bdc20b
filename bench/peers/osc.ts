/** One argument of an OSC message: integers as `i`, other numbers as `f`. */
export type OscArgument = { readonly int: number } | { readonly float: number } | string | Uint8Array;

/** A message. @see https://opensoundcontrol.stanford.edu/spec-1_0.html */
export function oscMessage(address: string, ...args: readonly OscArgument[]): Buffer {
  let types = ',';
  const data: Buffer[] = [];
  for (const arg of args) {
    if (typeof arg === 'string') {
      types += 's';
      data.push(oscString(arg));
    } else if (arg instanceof Uint8Array) {
      types += 'b';
      const blob = Buffer.alloc(4 + Math.ceil(arg.length / 4) * 4);
      blob.writeInt32BE(arg.length);
      blob.set(arg, 4);
      data.push(blob);
    } else {
      const number = Buffer.alloc(4);
      if ('int' in arg) number.writeInt32BE(arg.int);
      else number.writeFloatBE(arg.float);
      types += 'int' in arg ? 'i' : 'f';
      data.push(number);
    }
  }
  return Buffer.concat([oscString(address), oscString(types), ...data]);
}

/** A bundle with its length before it, as a score file holds them. @param seconds - From the score's start. */
export function oscBundle(seconds: number, messages: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(20);
  head.write('#bundle\0', 4, 'latin1');
  head.writeUInt32BE(Math.floor(seconds), 12);
  head.writeUInt32BE(Math.floor((seconds % 1) * 4294967296), 16);
  const parts: Buffer[] = [head];
  for (const message of messages) {
    const size = Buffer.alloc(4);
    size.writeInt32BE(message.length);
    parts.push(size, message);
  }
  const bundle = Buffer.concat(parts);
  bundle.writeInt32BE(bundle.length - 4, 0);
  return bundle;
}

function oscString(text: string): Buffer {
  const bytes = Buffer.alloc(Math.floor(text.length / 4 + 1) * 4);
  bytes.write(text, 'latin1');
  return bytes;
}
