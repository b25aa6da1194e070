import { describe, expect, it } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { idOf } from '../support/store-workspace.ts'
import { at, createPlantBench, madeOlt, plantTree, type PlantBench } from './support/plant-bench.ts'

const olt = idOf(1)
const place = (
  bench: PlantBench,
  onuId: number,
  nodeId: string | null,
  nodePort: number | null = null,
) =>
  bench.tell('plant.setPlace', {
    oltId: olt,
    address: at(0, onuId),
    nodeId,
    nodePort,
    streetAddress: '',
    coordinates: null,
  })

describe('the tree refuses', () => {
  it('to hang a node below itself or below what hangs on it', async () => {
    const bench = createPlantBench()
    const { zone, box } = await plantTree(bench)
    const change = (parentId: string) =>
      bench.tell('plant.changeNode', {
        id: zone,
        baseVersion: 1,
        kind: 'zone',
        name: 'Harbour',
        parentId,
      })
    await expect(change(box)).rejects.toMatchObject({ code: 'plant-loop' })
    await expect(change(zone)).rejects.toMatchObject({ code: 'plant-loop' })
  })

  it('a change that was made from an older state', async () => {
    const bench = createPlantBench()
    const { zone, box } = await plantTree(bench)
    const rename = (baseVersion: number, name: string) =>
      bench.tell('plant.changeNode', { id: zone, baseVersion, kind: 'zone', name, parentId: null })
    expect(await rename(1, 'Old Harbour')).toEqual({ version: 2 })
    await expect(rename(1, 'New Harbour')).rejects.toMatchObject({ code: 'conflict' })
    await expect(bench.tell('plant.removeNode', { id: box, baseVersion: 3 })).rejects.toMatchObject(
      { code: 'conflict' },
    )
  })

  it('two neighbours of one name, whatever the letters', async () => {
    const bench = createPlantBench()
    const { splitter, zone, add } = await plantTree(bench)
    await expect(add({ kind: 'odb', name: ' odb  1', parentId: splitter })).rejects.toMatchObject({
      code: 'conflict',
      params: { what: 'plant-name', name: 'ODB 1' },
    })
    await add({ kind: 'odb', name: 'ODB 1', parentId: zone })
  })

  it('what is not there: a parent, an OLT, an ONU, a node', async () => {
    const bench = createPlantBench()
    const { box, add } = await plantTree(bench)
    const none = { code: 'not-found' }
    await expect(add({ kind: 'odb', name: 'x', parentId: idOf(77) })).rejects.toMatchObject(none)
    const pon = { oltId: idOf(77), pon: { shelf: 0, slot: 1, port: 0 } }
    await expect(add({ kind: 'odb', name: 'x', parentId: null, pon })).rejects.toMatchObject(none)
    await expect(place(bench, 99, box)).rejects.toMatchObject(none)
    await expect(
      bench.tell('plant.placeOnus', { onus: [{ oltId: olt, address: at(0, 99) }], nodeId: box }),
    ).rejects.toMatchObject(none)
    await expect(bench.ask('plant.node', { id: idOf(77) })).rejects.toMatchObject(none)
  })

  it('a port that another ONU has, and says whose it is', async () => {
    const bench = createPlantBench()
    const { box } = await plantTree(bench)
    await place(bench, 1, box, 3)
    await expect(place(bench, 2, box, 3)).rejects.toMatchObject({
      code: 'conflict',
      params: { what: 'plant-port', port: 3, olt: 'North', onu: '0/1/0:1' },
    })
    // Its own port is no conflict.
    await place(bench, 1, box, 3)
    await expect(place(bench, 2, null, 3)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('a tree deeper than anyone has', async () => {
    const bench = createPlantBench()
    let parentId: string | null = null
    const add = async (name: string) =>
      (await bench.tell('plant.addNode', { kind: 'cabinet', name, parentId })).id
    for (let level = 0; level < 32; level++) parentId = await add(`level ${level}`)
    await expect(add('one more')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('the tree', () => {
  it('tells of each node what hangs on it and how the ONUs below are', async () => {
    const olts = [madeOlt(1, 'North', [8, 8])]
    const bench = createPlantBench(olts)
    const { zone, splitter, box, other } = await plantTree(bench)
    await bench.tell('plant.placeOnus', {
      onus: [0, 1, 2].map((onuId) => ({ oltId: olt, address: at(0, onuId) })),
      nodeId: box,
    })
    await place(bench, 3, other, 1)
    olts[0]!.onus[0]!.state = 'offline'
    olts[0]!.onus[1]!.state = 'unknown'
    olts[0]!.onus[2]!.state = 'disabled'
    bench.stateMoved()
    const top = await bench.ask('plant.nodes', {})
    expect(top).toMatchObject({ total: 1, all: 4, unplaced: 12 })
    expect(top.nodes[0]).toMatchObject({
      id: zone,
      children: 1,
      onus: 4,
      online: 1,
      down: 1,
      unknown: 1,
      exceeded: false,
    })
    const below = await bench.ask('plant.nodes', { parentId: splitter })
    expect(below.nodes.map(({ name, onus, used, path }) => [name, onus, used, path])).toEqual([
      ['ODB 1', 3, 3, 'Harbour › SP 1'],
      ['ODB 2', 1, 1, 'Harbour › SP 1'],
    ])
    olts[0]!.onus[0]!.state = 'online'
    bench.stateMoved()
    const again = await bench.ask('plant.node', { id: zone })
    expect(again.node).toMatchObject({ online: 2, down: 0 })
    expect(again.pons).toEqual([
      { oltId: olt, oltName: 'North', pon: { shelf: 0, slot: 1, port: 0 }, onus: 4 },
    ])
    const detail = await bench.ask('plant.node', { id: other })
    expect(detail.onus.map(({ nodePort, onu }) => [nodePort, onu.address.onuId])).toEqual([[1, 3]])
    expect(detail.fedBy).toMatchObject({ oltName: 'North', nodeId: splitter })
    expect(detail.path.map(({ name }) => name)).toEqual(['Harbour', 'SP 1'])
  })

  it('finds by name, path and street, and those with more on them than they have', async () => {
    const bench = createPlantBench()
    const { other, box } = await plantTree(bench)
    const find = async (search: string) =>
      (await bench.ask('plant.nodes', { search })).nodes.map(({ id }) => id)
    expect(await find('melati')).toEqual([box])
    expect(await find('harbour odb 2')).toEqual([other])
    expect((await bench.ask('plant.nodes', { onlyExceeded: true })).total).toBe(0)
    await bench.tell('plant.placeOnus', {
      onus: [0, 1, 2].map((onuId) => ({ oltId: olt, address: at(0, onuId) })),
      nodeId: other,
    })
    await place(bench, 5, box, 9)
    const exceeded = await bench.ask('plant.nodes', { onlyExceeded: true })
    expect(exceeded.nodes.map(({ name, used, capacity }) => [name, used, capacity])).toEqual([
      ['ODB 1', 1, 8],
      ['ODB 2', 3, 2],
    ])
  })

  it('takes away a node with all below it, and brings all of it back', async () => {
    const bench = createPlantBench()
    const { zone, splitter, box, add } = await plantTree(bench)
    await place(bench, 1, box, 1)
    expect(await bench.tell('plant.removeNode', { id: splitter, baseVersion: 1 })).toEqual({
      removed: 3,
    })
    expect(await bench.ask('plant.nodes', {})).toMatchObject({ all: 1, unplaced: 16 })
    expect(await bench.ask('plant.place', { oltId: olt, address: at(0, 1) })).toMatchObject({
      node: null,
      nodePort: null,
    })
    expect(bench.plant.lookup.nodeOf(olt, packOnuAddress(at(0, 1)))).toBeNull()
    await expect(bench.tell('plant.restoreNode', { id: box })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await bench.tell('plant.restoreNode', { id: splitter })).toEqual({ restored: 3 })
    expect(await bench.ask('plant.place', { oltId: olt, address: at(0, 1) })).toMatchObject({
      node: { id: box, path: 'Harbour › SP 1 › ODB 1' },
      nodePort: 1,
    })
    await bench.tell('plant.removeNode', { id: splitter, baseVersion: 3 })
    await add({ kind: 'odb', name: 'sp 1', parentId: zone })
    await expect(bench.tell('plant.restoreNode', { id: splitter })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('keeps the place of an ONU that is gone until a person decides', async () => {
    const olts = [madeOlt(1, 'North', [8, 8])]
    const bench = createPlantBench(olts)
    const { box } = await plantTree(bench)
    await place(bench, 1, box, 1)
    olts[0]!.onus = olts[0]!.onus.filter(({ address }) => address !== packOnuAddress(at(0, 1)))
    bench.rebuild()
    const { onus, gone, node } = await bench.ask('plant.node', { id: box })
    expect(onus).toEqual([])
    expect(gone).toMatchObject([{ oltName: 'North', address: at(0, 1), nodePort: 1 }])
    expect(node).toMatchObject({ onus: 1, unknown: 1 })
    await place(bench, 1, null)
    expect((await bench.ask('plant.node', { id: box })).gone).toEqual([])
  })

  it('is the same after a restart, and remembers who was there when it was placed', async () => {
    const olts = [madeOlt(1, 'North', [8, 8])]
    const bench = createPlantBench(olts)
    const { box } = await plantTree(bench)
    await bench.tell('plant.setPlace', {
      oltId: olt,
      address: at(0, 1),
      nodeId: box,
      nodePort: 2,
      streetAddress: 'Jl. Melati No.4',
      coordinates: { latitude: -6.712_345_6, longitude: 111.312_345_6 },
    })
    await bench.tell('plant.setOltCoordinates', {
      oltId: olt,
      coordinates: { latitude: -6.7, longitude: 111.3 },
    })
    const later = createPlantBench(olts, { store: bench.store, folder: bench.folder })
    expect(await later.ask('plant.place', { oltId: olt, address: at(0, 1) })).toMatchObject({
      node: { id: box },
      nodePort: 2,
      streetAddress: 'Jl. Melati No.4',
      coordinates: { latitude: -6.712_345_6, longitude: 111.312_345_6 },
      serial: olts[0]!.onus[1]!.serial,
    })
    expect((await later.ask('plant.nodes', {})).all).toBe(4)
    expect((await later.ask('plant.oltPlaces', {})).olts[0]!.coordinates).toEqual({
      latitude: -6.7,
      longitude: 111.3,
    })
  })

  it('lists the ONUs that hang nowhere, of a PON and by text', async () => {
    const bench = createPlantBench([madeOlt(1, 'North', [3, 2]), madeOlt(2, 'South', [2])])
    const { box } = await plantTree(bench)
    await place(bench, 1, box)
    const all = await bench.ask('plant.unplaced', {})
    expect(all.total).toBe(6)
    expect(
      all.onus.map(({ oltName, address }) => `${oltName} ${address.port}:${address.onuId}`),
    ).toEqual(['North 0:0', 'North 0:2', 'North 1:0', 'North 1:1', 'South 0:0', 'South 0:1'])
    const pon = { shelf: 0, slot: 1, port: 1 }
    expect((await bench.ask('plant.unplaced', { oltId: olt, pon })).total).toBe(2)
    expect((await bench.ask('plant.unplaced', { search: 'south 0:1' })).total).toBe(1)
    const page = await bench.ask('plant.unplaced', { offset: 4, limit: 1 })
    expect(page.onus).toMatchObject([{ oltName: 'South' }])
  })
})

describe('what others may ask', () => {
  it('is answered from memory: node, ancestors, ONUs below, street', async () => {
    const bench = createPlantBench()
    const { zone, splitter, box } = await plantTree(bench)
    const { lookup } = bench.plant
    const before = lookup.revision()
    await place(bench, 1, box, 1)
    expect(lookup.revision()).toBeGreaterThan(before)
    const address = packOnuAddress(at(0, 1))
    expect(lookup.nodeOf(olt, address)).toBe(box)
    expect(lookup.ancestors(box)).toEqual([box, splitter, zone])
    expect(lookup.node(box)).toMatchObject({ path: 'Harbour › SP 1 › ODB 1', parentId: splitter })
    expect(lookup.onusBelow(zone)).toEqual([{ oltId: olt, address }])
    expect(lookup.areaOf(olt, address)).toBe('Jl. Melati')
    expect(lookup.areaOf(olt, packOnuAddress(at(0, 2)))).toBeNull()
    expect(lookup.nodeOf(idOf(77), address)).toBeNull()
    expect(lookup.onusBelow(idOf(77))).toEqual([])
    await bench.tell('plant.setPlace', {
      oltId: olt,
      address: at(0, 1),
      nodeId: box,
      nodePort: 1,
      streetAddress: 'Warung Senja, Jl. Kenanga Timur No.12',
      coordinates: null,
    })
    expect(lookup.areaOf(olt, address)).toBe('Jl. Kenanga Timur')
    expect(lookup.streetAddressOf(olt, address)).toBe('Warung Senja, Jl. Kenanga Timur No.12')
  })
})
