import { describe, expect, it } from 'vitest'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import { idOf } from '../support/store-workspace.ts'
import { at, createPlantBench, madeOlt, plantTree, type PlantBench } from './support/plant-bench.ts'

const olt = idOf(1)
const taskId = idOf(42)

const preview = (
  bench: PlantBench,
  kind: CallInput<'plant.previewImport'>['kind'],
  text: string,
  accountId?: string,
): Promise<Output<'plant.previewImport'>> =>
  bench.ask(
    'plant.previewImport',
    { taskId, kind, fileName: 'plant.csv', bytes: new TextEncoder().encode(text) },
    accountId,
  )
const apply = (bench: PlantBench, importId: string, accountId?: string) =>
  bench.tell('plant.applyImport', { importId }, accountId)
const problemsOf = ({ problems }: Output<'plant.previewImport'>) =>
  problems.map(({ line, column, code }) => [line, column, code])

describe('an import refuses', () => {
  it('a file that is no table, or does not say what its rows are about', async () => {
    const bench = createPlantBench()
    const unreadable = { code: 'import-unreadable' }
    await expect(preview(bench, 'nodes', '')).rejects.toMatchObject(unreadable)
    await expect(preview(bench, 'nodes', 'street,note\nx,y\n')).rejects.toMatchObject({
      ...unreadable,
      params: { why: 'columns' },
    })
    await expect(preview(bench, 'nodes', 'PK\0\0\0')).rejects.toMatchObject(unreadable)
  })

  it('rows that cannot be, each with its line and its column as it stands in the file', async () => {
    const bench = createPlantBench()
    await plantTree(bench)
    const told = await preview(
      bench,
      'nodes',
      [
        'Nama;Induk;Jenis;Kapasitas;OLT;PON;Lintang;Bujur',
        'A;Harbour;tower;;;;;',
        'B;Harbour;odb;many;;;;',
        'C;Harbour;odb;8;West;0/1/0;;',
        'D;Harbour;odb;8;North;1/0;;',
        'E;Harbour;odb;8;;;-6.7;',
        'F;Nowhere;odb;8;;;;',
        'G;Harbour;odb;8;;;;',
        'g;Harbour;odb;8;;;;',
        '"H;Harbour',
      ].join('\n'),
    )
    expect(problemsOf(told)).toEqual([
      [2, 'Jenis', 'kind'],
      [3, 'Kapasitas', 'capacity'],
      [4, 'OLT', 'olt-unknown'],
      [5, 'PON', 'pon'],
      [6, 'Lintang', 'coordinates'],
      [7, 'Induk', 'node-unknown'],
      [9, null, 'duplicate-row'],
      [10, null, 'quote'],
    ])
    expect(told).toMatchObject({ separator: ';', encoding: 'UTF-8', adds: 1, problemsTotal: 8 })
  })

  it('ONUs it cannot tell, and ports that are another’s', async () => {
    const olts = [madeOlt(1, 'North', [8])]
    const bench = createPlantBench(olts)
    const { box } = await plantTree(bench)
    await bench.tell('plant.setPlace', {
      oltId: olt,
      address: at(0, 7),
      nodeId: box,
      nodePort: 5,
      streetAddress: '',
      coordinates: null,
    })
    const [one, two] = olts[0]!.onus
    const told = await preview(
      bench,
      'onus',
      [
        'serial,olt,address,odb,port',
        'HWTCFFFFFFFF,,,ODB 1,1',
        `${one!.serial},North,0/1/0:3,ODB 1,1`,
        ',North,0/1/0:99,ODB 1,1',
        `${one!.serial},,,ODB 9,1`,
        `${one!.serial},,,ODB 2,1`,
        `${two!.serial},,,ODB 1,5`,
        ',North,0/1/0:4,,2',
        ',North,0/1/0:5,ODB 1,4',
        ',North,0/1/0:6,ODB 1,4',
      ].join('\n'),
    )
    expect(problemsOf(told)).toEqual([
      [2, 'serial', 'serial-unknown'],
      [3, 'serial', 'serial-differs'],
      [4, 'address', 'onu-unknown'],
      [5, 'odb', 'node-unknown'],
      [6, null, 'duplicate-row'],
      [7, 'port', 'port-taken'],
      [8, 'port', 'port-without-node'],
      [10, 'port', 'port-taken'],
    ])
    expect(told.problems[5]!.text).toBe('5: North 0/1/0:7')
    expect(told.problems[7]!.text).toBe('4: North 0/1/0:5')
    expect(told.adds).toBe(1)
  })

  it('SECURITY: to carry out what another account looked at, or twice, or later', async () => {
    const bench = createPlantBench()
    const { importId } = await preview(bench, 'nodes', 'zone\nHarbour\n', 'sari')
    await expect(apply(bench, importId, 'budi')).rejects.toMatchObject({ code: 'not-found' })
    expect(await apply(bench, importId, 'sari')).toEqual({ added: 1, changed: 0 })
    await expect(apply(bench, importId, 'sari')).rejects.toMatchObject({ code: 'not-found' })
    const late = await preview(bench, 'nodes', 'zone\nAirport\n')
    bench.clock.at += 30 * 60_000
    await expect(apply(bench, late.importId)).rejects.toMatchObject({ code: 'not-found' })
    expect((await bench.ask('plant.nodes', {})).all).toBe(1)
  })

  it('to carry out a plan that was made from an older plant', async () => {
    const bench = createPlantBench()
    const { importId } = await preview(bench, 'nodes', 'zone\nHarbour\n')
    await bench.tell('plant.addNode', { kind: 'zone', name: 'Airport', parentId: null })
    await expect(apply(bench, importId)).rejects.toMatchObject({
      code: 'conflict',
      params: { what: 'plant-import' },
    })
  })

  it('to go on when nobody wants it any more', async () => {
    const bench = createPlantBench()
    const gone = new AbortController()
    const bytes = new TextEncoder().encode(`zone\n${'x\n'.repeat(5000)}`)
    const asked = bench.ask(
      'plant.previewImport',
      { taskId, kind: 'nodes', fileName: 'x.csv', bytes },
      'sari',
      gone.signal,
    )
    gone.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('an import', () => {
  it('writes nothing before it is carried out, and then all of it', async () => {
    const bench = createPlantBench()
    const told = await preview(
      bench,
      'nodes',
      [
        'Zone,ODC,ODP,Capacity,Street,Lat,Long',
        'Harbour,ODC 1,ODP 1,8,Jl. Melati,-6.75,111.3',
        'Harbour,ODC 1,ODP 2,1:16,"Jl. Kenanga, utara",,',
        'Harbour,ODC 2,,4,,,',
      ].join('\r\n'),
    )
    expect(told).toMatchObject({ rows: 3, adds: 5, changes: 0, same: 0, problemsTotal: 0 })
    expect(told.sample.map(({ line, text, what }) => [line, text, what])).toEqual([
      [2, 'Harbour › ODC 1 › ODP 1', 'add'],
      [3, 'Harbour › ODC 1 › ODP 2', 'add'],
      [4, 'Harbour › ODC 2', 'add'],
    ])
    expect((await bench.ask('plant.nodes', {})).all).toBe(0)
    expect(await apply(bench, told.importId)).toEqual({ added: 5, changed: 0 })
    const found = await bench.ask('plant.nodes', { search: 'odp' })
    expect(
      found.nodes.map(({ name, path, kind, capacity, street }) => [
        name,
        path,
        kind,
        capacity,
        street,
      ]),
    ).toEqual([
      ['ODP 1', 'Harbour › ODC 1', 'odb', 8, 'Jl. Melati'],
      ['ODP 2', 'Harbour › ODC 1', 'odb', 16, 'Jl. Kenanga, utara'],
    ])
    expect((await bench.ask('plant.nodes', { search: 'odc 2' })).nodes[0]).toMatchObject({
      kind: 'cabinet',
      capacity: 4,
    })
  })

  it('takes rows in any order, by the name of what they hang on', async () => {
    const bench = createPlantBench()
    const told = await preview(
      bench,
      'nodes',
      'name,parent,kind\nODB 1,SP 1,odb\nSP 1,Harbour,splitter\nHarbour,,zone\n',
    )
    expect(told).toMatchObject({ adds: 3, problemsTotal: 0 })
    await apply(bench, told.importId)
    expect((await bench.ask('plant.nodes', { search: 'odb' })).nodes[0]).toMatchObject({
      path: 'Harbour › SP 1',
    })
  })

  it('leaves what a cell does not say, and changes what it does', async () => {
    const bench = createPlantBench()
    const { box } = await plantTree(bench)
    const told = await preview(
      bench,
      'nodes',
      'path,capacity,street\nHarbour › SP 1 › odb 1,16,\nHarbour › SP 1 › ODB 2,2,\n',
    )
    expect(told).toMatchObject({ adds: 0, changes: 1, same: 1 })
    await apply(bench, told.importId)
    expect((await bench.ask('plant.node', { id: box })).node).toMatchObject({
      name: 'ODB 1',
      capacity: 16,
      street: 'Jl. Melati',
      version: 2,
    })
  })

  it('places ONUs by serial and by address, and lets two swap their ports', async () => {
    const olts = [madeOlt(1, 'North', [8])]
    const bench = createPlantBench(olts)
    const { box } = await plantTree(bench)
    const first = await preview(
      bench,
      'onus',
      [
        'SN;ODP;Port ODP;Alamat',
        `${olts[0]!.onus[0]!.serial.toLowerCase()};ODB 1;1;Jl. Melati No.1`,
        `${olts[0]!.onus[1]!.serial};ODB 1;2;Jl. Melati No.3`,
      ].join('\n'),
    )
    expect(first).toMatchObject({ adds: 2, problemsTotal: 0 })
    await apply(bench, first.importId)
    const swapped = await preview(
      bench,
      'onus',
      'olt,pon,onu,port\nNorth,0/1/0,0,2\nNorth,0/1/0,1,1\n',
    )
    expect(swapped).toMatchObject({ changes: 2, problemsTotal: 0 })
    await apply(bench, swapped.importId)
    const { onus } = await bench.ask('plant.node', { id: box })
    expect(onus.map(({ nodePort, streetAddress }) => [nodePort, streetAddress])).toEqual([
      [1, 'Jl. Melati No.3'],
      [2, 'Jl. Melati No.1'],
    ])
  })

  it('reads back what was exported as the same: nodes, ONUs, OLTs', async () => {
    const olts = [madeOlt(1, 'North', [8, 8]), madeOlt(2, '=South', [2])]
    const bench = createPlantBench(olts)
    const { box, add } = await plantTree(bench)
    await add({ kind: 'zone', name: '=cmd|A1 > x', parentId: null, note: 'two\nlines, "quoted"' })
    await add({ kind: 'zone', name: 'Left › right', parentId: null })
    const strange = (await bench.ask('plant.nodes', { search: 'right' })).nodes[0]!.id
    const below = await add({ kind: 'odb', name: '+cmd', parentId: strange, street: '@home' })
    for (const [onuId, nodeId] of [box, below].entries()) {
      await bench.tell('plant.setPlace', {
        oltId: olt,
        address: at(0, onuId),
        nodeId,
        nodePort: onuId + 1,
        streetAddress: '-Jl. Melati No.4',
        coordinates: { latitude: -6.712_345_67, longitude: 111.3 },
      })
    }
    await bench.tell('plant.setOltCoordinates', {
      oltId: olt,
      coordinates: { latitude: -6.7, longitude: 111.3 },
    })
    for (const [kind, rows] of [
      ['nodes', 7],
      ['onus', 18],
      ['olts', 2],
    ] as const) {
      const { csv, rows: written } = await bench.ask('plant.export', { kind })
      expect(written).toBe(rows)
      for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(?:^|,)"?[=+@]/u)
      const told = await preview(bench, kind, csv)
      expect(told, kind).toMatchObject({ rows, adds: 0, changes: 0, same: rows, problemsTotal: 0 })
    }
    // Into an empty plant it makes the same plant.
    const { csv } = await bench.ask('plant.export', { kind: 'nodes' })
    const other = createPlantBench(olts)
    await apply(other, (await preview(other, 'nodes', csv)).importId)
    expect((await other.ask('plant.export', { kind: 'nodes' })).csv).toBe(csv)
  })

  it('takes tens of thousands of rows', async () => {
    const bench = createPlantBench()
    const rows = Array.from({ length: 20_000 }, (_, n) => `Zone ${n % 50},ODB ${n},8`)
    const told = await preview(bench, 'nodes', `zone,odb,capacity\n${rows.join('\n')}\n`)
    expect(told).toMatchObject({ rows: 20_000, adds: 20_050, problemsTotal: 0 })
    await apply(bench, told.importId)
    expect((await bench.ask('plant.nodes', {})).all).toBe(20_050)
  })
})
