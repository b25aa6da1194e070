import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

/** The map's file in memory: parts, magic, ranges, versions, as the engine has them. */
export const createFakeMapFile = (now: () => number) => {
  let parts: Uint8Array[] = []
  let staged = 0
  let version = 0
  let file: { name: string; setAt: number; bytes: Uint8Array } | null = null
  return {
    'plant.mapFile': (): Output<'plant.mapFile'> => ({
      file:
        file === null
          ? null
          : { name: file.name, bytes: file.bytes.length, setAt: file.setAt, version },
    }),
    'plant.readMapFile': (input: Input<'plant.readMapFile'>): Output<'plant.readMapFile'> => {
      if (file === null) throw new NocturneError('not-found')
      if (input.version !== version) throw new NocturneError('conflict')
      return { bytes: file.bytes.slice(input.offset, input.offset + input.length) }
    },
    'plant.stageMapFile': ({ offset, bytes }: Input<'plant.stageMapFile'>) => {
      if (offset === 0) {
        parts = []
        staged = 0
      }
      if (offset !== staged) throw new NocturneError('conflict')
      parts.push(bytes.slice())
      staged += bytes.length
      return {}
    },
    'plant.setMapFile': ({ uploadId, name }: Input<'plant.setMapFile'>) => {
      if (uploadId === null) {
        file = null
        version++
        return {}
      }
      const bytes = new Uint8Array(staged)
      let at = 0
      for (const part of parts) {
        bytes.set(part, at)
        at += part.length
      }
      const magic = new TextDecoder().decode(bytes.subarray(0, 7))
      if (magic !== 'PMTiles' || bytes[7] !== 3) throw new NocturneError('map-file-unreadable')
      file = { name, setAt: now(), bytes }
      version++
      return {}
    },
  }
}
