/**
 * The smallest useful PMTiles file of version 3: one PNG tile of the whole world at zoom 0, nothing
 * compressed (specification, sections 3 and 4).
 */
export const smallPmtiles = (tile: Uint8Array): Uint8Array => {
  const headerBytes = 127
  const directory = Uint8Array.from([1, 0, 1, ...varint(tile.length), 1])
  const metadata = new TextEncoder().encode('{}')
  const metadataAt = headerBytes + directory.length
  const tilesAt = metadataAt + metadata.length
  const file = new Uint8Array(tilesAt + tile.length)
  const view = new DataView(file.buffer)
  file.set(new TextEncoder().encode('PMTiles'), 0)
  file[7] = 3
  const numbers = [
    headerBytes,
    directory.length,
    metadataAt,
    metadata.length,
    // No leaf directories; then the tiles: addressed, entries, contents.
    0,
    0,
    tilesAt,
    tile.length,
    1,
    1,
    1,
  ]
  for (const [index, value] of numbers.entries()) {
    view.setBigUint64(8 + index * 8, BigInt(value), true)
  }
  // Clustered; neither directory nor tile compressed; PNG; zoom 0 to 0.
  file.set([1, 1, 1, 2, 0, 0], 96)
  const bounds = [-180, -85, 180, 85]
  for (const [index, degrees] of bounds.entries())
    view.setInt32(102 + index * 4, degrees * 1e7, true)
  file.set(directory, headerBytes)
  file.set(metadata, metadataAt)
  file.set(tile, tilesAt)
  return file
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]

/** One pixel, RFC 2083. */
export const onePixelPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
