import { PMTiles, type RangeResponse, type Source } from 'pmtiles'
import { callQuery } from '../../client/client.ts'

/** The map's file through the engine, part by part; nothing else is read, and no network. */
export const openTiles = (version: number): PMTiles => {
  const source: Source = {
    getKey: () => `map-file ${version}`,
    getBytes: async (offset, length): Promise<RangeResponse> => {
      const { bytes } = await callQuery('plant.readMapFile', { version, offset, length })
      const { buffer, byteOffset, byteLength } = bytes
      return { data: buffer.slice(byteOffset, byteOffset + byteLength) }
    },
  }
  return new PMTiles(source)
}
