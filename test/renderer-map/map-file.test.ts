import { PMTiles, type Source } from 'pmtiles'
import { expect, test } from 'vitest'
import { onePixelPng, smallPmtiles } from '../support/small-pmtiles.ts'

const sourceOf = (file: Uint8Array): Source => ({
  getKey: () => 'test',
  getBytes: (offset, length) =>
    Promise.resolve({ data: file.slice(offset, offset + length).buffer as ArrayBuffer }),
})

test('the file that the e2e test chooses is one that the map can read', async () => {
  const tiles = new PMTiles(sourceOf(smallPmtiles(onePixelPng)))
  expect(await tiles.getHeader()).toMatchObject({ specVersion: 3, tileType: 2, maxZoom: 0 })
  const tile = await tiles.getZxy(0, 0, 0)
  expect(Buffer.from(tile!.data)).toEqual(onePixelPng)
  expect(await tiles.getZxy(1, 0, 0)).toBeUndefined()
})
