import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Output } from '../../src-shared/contract/index.ts'
import { queries } from '../../src-shared/contract/index.ts'
import { toCsv } from '../../src-renderer/components/export-csv.ts'
import { readCoordinates, writeCoordinates } from '../../src-renderer/screens/plant/coordinates.ts'
import { templates } from '../../src-renderer/screens/plant/import-template.ts'
import { barParts } from '../../src-renderer/screens/plant/plant-words.ts'
import { portCells } from '../../src-renderer/screens/plant/port-cells.ts'
import { createPlantBench, madeOlt } from '../plant/support/plant-bench.ts'
import { idOf } from '../support/store-workspace.ts'

describe('coordinates in one field', () => {
  it('are refused when they cannot be read or lie nowhere', () => {
    for (const text of ['x', '-6.75', '95, 10', '-6, 190', '-6.75, 111.3, 4', '1e3, 2']) {
      expect(readCoordinates(text), text).toBe('wrong')
    }
    expect(readCoordinates('  ')).toBeNull()
  })

  it('are read as maps write them', () => {
    const place = { latitude: -6.75, longitude: 111.3 }
    for (const text of [
      '-6.75, 111.3',
      '-6.75 111.3',
      '-6.75;111.3',
      '-6,75; 111,3',
      ' -6.75,111.3 ',
    ]) {
      expect(readCoordinates(text), text).toEqual(place)
    }
  })

  it('read back what they were written as', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9e7, max: 9e7 }),
        fc.integer({ min: -18e7, max: 18e7 }),
        (a, b) => {
          const place = { latitude: a / 1e6, longitude: b / 1e6 }
          expect(readCoordinates(writeCoordinates(place))).toEqual(place)
        },
      ),
      { seed: 3 },
    )
    expect(writeCoordinates(null)).toBe('')
  })
})

type Detail = Output<'plant.node'>

describe('the ports of a node', () => {
  const hung = (nodePort: number | null): Detail['onus'][number] => ({
    nodePort,
    streetAddress: '',
    onu: {} as Detail['onus'][number]['onu'],
  })
  const detail = (capacity: number | null, ports: readonly (number | null)[]): Detail =>
    ({ node: { capacity }, onus: ports.map(hung), gone: [] }) as unknown as Detail

  it('are all there, free ones too, and those that it does not have but something hangs on', () => {
    expect(portCells(detail(4, [2, null, 6])).map(({ port, kind }) => `${port} ${kind}`)).toEqual([
      '1 free',
      '2 onu',
      '3 free',
      '4 free',
      '6 onu',
    ])
    expect(portCells(detail(4, [6])).at(-1)).toMatchObject({ beyond: true })
    expect(portCells(detail(null, [3]))).toMatchObject([{ port: 3, beyond: false }])
  })
})

describe('the bar of a node', () => {
  it('begins with what is worst and leaves nobody out', () => {
    expect(barParts({ onus: 10, online: 6, down: 1, unknown: 2 })).toEqual([
      { name: 'down', count: 1 },
      { name: 'unknown', count: 2 },
      { name: 'other', count: 1 },
      { name: 'online', count: 6 },
    ])
    expect(barParts({ onus: 0, online: 0, down: 0, unknown: 0 })).toEqual([])
  })
})

describe('the templates', () => {
  it('are files that an import takes, every column known', async () => {
    const bench = createPlantBench([madeOlt(1, 'OLT-01', [8])])
    for (const kind of ['nodes', 'onus', 'olts'] as const) {
      const { head, rows } = templates[kind]
      const told = await bench.ask('plant.previewImport', {
        taskId: idOf(1),
        kind,
        fileName: 'template.csv',
        bytes: new TextEncoder().encode(toCsv(head, rows)),
      })
      expect(told.columns.filter(({ field }) => field === null)).toEqual([])
      if (kind === 'onus') continue
      expect(told.problems, kind).toEqual([])
      if (kind === 'nodes') expect(told.adds).toBe(4)
    }
    expect(queries['plant.previewImport'].access).toBe('plant.node.manage')
  })
})
