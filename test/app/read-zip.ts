/** The files of a zip that are stored and not compressed, by its central directory. */
export function readZip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const isStored = zip.toString('latin1', at, at + 4) === 'PK\x01\x02' && zip.readUInt16LE(at + 10) === 0;
    if (!isStored) throw new Error(`the zip is not one that is only stored, at byte ${at}`);
    const size = zip.readUInt32LE(at + 24);
    const lengths = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const name = zip.toString('utf8', at + 46, at + 46 + lengths[0]!);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name, zip.subarray(start, start + size));
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return files;
}
