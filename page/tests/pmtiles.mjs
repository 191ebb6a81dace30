// A file of tiles with one picture for the whole world, made by hand.

const HEAD = 127;
const PNG = 2;
const NONE = 1;

/** The bytes of a PMTiles file of which `picture` (PNG) is the only tile. */
export function oneTile(picture) {
  // One entry: tile 0, one run, its length, and its offset plus one.
  const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
  const root = Buffer.from([...varint(1), ...varint(0), ...varint(1), ...varint(picture.length), ...varint(1)]);
  const about = Buffer.from(JSON.stringify({ name: 'one tile' }));
  const head = Buffer.alloc(HEAD);
  head.write('PMTiles');
  head[7] = 3;
  const at = [HEAD, root.length, HEAD + root.length, about.length, 0, 0, HEAD + root.length + about.length, picture.length, 1, 1, 1];
  at.forEach((n, i) => head.writeBigUInt64LE(BigInt(n), 8 + 8 * i));
  [1, NONE, NONE, PNG, 0, 0].forEach((n, i) => { head[96 + i] = n; });
  [-180e7, -85e7, 180e7, 85e7].forEach((n, i) => head.writeInt32LE(n, 102 + 4 * i));
  return Buffer.concat([head, root, about, picture]);
}
