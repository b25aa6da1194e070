import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mountSmallDisk } from '../support/small-disk.ts'
import { idOf } from '../support/store-workspace.ts'
import { createPlantBench, madeOlt, type PlantBench } from './support/plant-bench.ts'

const upload = idOf(31)

/** A header as the specification has it: directories and tiles inside `size` bytes. */
const pmtiles = (size = 1_000, fill = 7): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.alloc(size, fill)
  bytes.write('PMTiles', 'latin1')
  bytes[7] = 3
  for (const [at, offset, length] of [
    [8, 127, 50],
    [24, 177, 10],
    [40, 187, 0],
    [56, 187, size - 187],
  ] as const) {
    bytes.writeBigUInt64LE(BigInt(offset), at)
    bytes.writeBigUInt64LE(BigInt(length), at + 8)
  }
  return bytes
}

const stage = (
  bench: PlantBench,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
  uploadId = upload,
) => bench.ask('plant.stageMapFile', { uploadId, offset, bytes })
const set = (bench: PlantBench, uploadId: string | null = upload, name = 'java.pmtiles') =>
  bench.tell('plant.setMapFile', { uploadId, name })
const filesOf = (bench: PlantBench): readonly string[] =>
  existsSync(join(bench.folder, 'map')) ? readdirSync(join(bench.folder, 'map')) : []

describe('a map file is refused', () => {
  it('that is no PMTiles file of version 3, or is cut short; nothing of it is left', async () => {
    const bench = createPlantBench()
    const older = pmtiles()
    older[7] = 2
    const short = pmtiles().subarray(0, 500)
    for (const bytes of [Buffer.from('PK'), Buffer.alloc(500, 1), older, short]) {
      await stage(bench, 0, bytes)
      await expect(set(bench)).rejects.toMatchObject({ code: 'map-file-unreadable' })
      expect(filesOf(bench)).toEqual([])
    }
    expect(await bench.ask('plant.mapFile', {})).toEqual({ file: null })
  })

  it('whose parts do not follow one another, or that was never sent', async () => {
    const bench = createPlantBench()
    await stage(bench, 0, pmtiles().subarray(0, 100))
    await expect(stage(bench, 200, pmtiles().subarray(200))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(stage(bench, 5, new Uint8Array(1), idOf(32))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(set(bench, idOf(33))).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      bench.ask('plant.readMapFile', { version: 1, offset: 0, length: 9 }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(stage(bench, 0, new Uint8Array(17_000_000))).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('SECURITY: under a name that is a way out of the folder', async () => {
    const bench = createPlantBench()
    await expect(stage(bench, 0, pmtiles(), '../../outside')).rejects.toThrow(/uuid/iu)
  })

  it('when the disk is full: the code says so, and nothing is left behind', async (context) => {
    const disk = mountSmallDisk(3)
    if (!disk.mounted) return context.skip(disk.why)
    const bench = createPlantBench([madeOlt(1, 'North', [1])], { folder: join(disk.path, 'ws') })
    await expect(stage(bench, 0, new Uint8Array(8_000_000))).rejects.toMatchObject({
      code: 'disk-full',
    })
    expect(filesOf(bench)).toEqual([])
    return undefined
  })
})

describe('a map file', () => {
  it('comes in parts, is read in ranges, and outlives a restart', async () => {
    const olts = [madeOlt(1, 'North', [1])]
    const bench = createPlantBench(olts)
    const bytes = pmtiles(5_000)
    await stage(bench, 0, bytes.subarray(0, 2_000))
    await stage(bench, 2_000, bytes.subarray(2_000))
    await set(bench)
    const { file } = await bench.ask('plant.mapFile', {})
    expect(file).toMatchObject({ name: 'java.pmtiles', bytes: 5_000, version: 1 })
    const read = async (from: PlantBench, offset: number, length: number) =>
      (await from.ask('plant.readMapFile', { version: 1, offset, length })).bytes
    expect(Buffer.from(await read(bench, 0, 8))).toEqual(Buffer.from(bytes.subarray(0, 8)))
    expect((await read(bench, 4_990, 100)).length).toBe(10)
    expect((await read(bench, 9_000, 100)).length).toBe(0)
    // What another upload left behind goes at the start.
    writeFileSync(join(bench.folder, 'map', `${idOf(40)}.part`), 'half')
    const later = createPlantBench(olts, { store: bench.store, folder: bench.folder })
    expect((await later.ask('plant.mapFile', {})).file).toEqual(file)
    expect(filesOf(later)).toEqual(['map-1.pmtiles'])
    expect((await read(later, 0, 5_000)).length).toBe(5_000)
  })

  it('is replaced whole, and who reads the old one is told', async () => {
    const bench = createPlantBench()
    await stage(bench, 0, pmtiles(1_000))
    await set(bench)
    await stage(bench, 0, pmtiles(2_000, 9), idOf(32))
    // The old one counts until the new one is set.
    expect((await bench.ask('plant.mapFile', {})).file).toMatchObject({ version: 1, bytes: 1_000 })
    expect(
      (await bench.ask('plant.readMapFile', { version: 1, offset: 0, length: 9 })).bytes.length,
    ).toBe(9)
    await set(bench, idOf(32), 'bali.pmtiles')
    expect((await bench.ask('plant.mapFile', {})).file).toMatchObject({ version: 2, bytes: 2_000 })
    await expect(
      bench.ask('plant.readMapFile', { version: 1, offset: 0, length: 9 }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(filesOf(bench)).toEqual(['map-2.pmtiles'])
  })

  it('can be taken away', async () => {
    const bench = createPlantBench()
    await stage(bench, 0, pmtiles())
    await set(bench)
    await set(bench, null)
    expect(await bench.ask('plant.mapFile', {})).toEqual({ file: null })
    expect(filesOf(bench)).toEqual([])
  })

  it('lies there as it is: public data that is not encrypted', async () => {
    const bench = createPlantBench()
    await stage(bench, 0, pmtiles())
    await set(bench)
    expect(readFileSync(join(bench.folder, 'map', 'map-1.pmtiles'))).toEqual(pmtiles())
  })
})
