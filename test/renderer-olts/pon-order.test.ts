import { describe, expect, test } from 'vitest'
import type { PonPort } from '../../src-shared/contract/network-model.ts'
import { ponSortColumns, sortPonPorts } from '../../src-renderer/screens/network-olts/pon-order.ts'
import { sampleCounts } from './sample-olt.ts'

const port = (number: number, changes: Partial<PonPort> = {}): PonPort => ({
  shelf: 0,
  slot: 1,
  port: number,
  name: null,
  description: null,
  state: 'up',
  capacity: null,
  counts: sampleCounts(),
  averageOnuRxDbm: -20,
  worstOnuRxDbm: -24,
  averageOltRxDbm: -21,
  worstOltRxDbm: -25,
  txDbm: 3,
  temperatureC: 40,
  voltageV: null,
  biasMa: null,
  ...changes,
})

const ports = [
  port(10),
  port(2, { worstOnuRxDbm: -29, counts: sampleCounts({ total: 10, online: 2 }) }),
  port(1, { worstOnuRxDbm: null, counts: sampleCounts({ total: 0, online: 0 }) }),
]

const order = (sorted: readonly PonPort[]): readonly number[] => sorted.map((each) => each.port)

describe('order of the PON ports', () => {
  test('by number, not by text', () => {
    expect(order(sortPonPorts(ports, { column: 'pon', descending: false }))).toEqual([1, 2, 10])
    expect(order(sortPonPorts(ports, { column: 'pon', descending: true }))).toEqual([10, 2, 1])
  })

  test('a port without a value stands last in either direction', () => {
    for (const descending of [false, true]) {
      expect(order(sortPonPorts(ports, { column: 'worstOnuRxDbm', descending })).at(-1)).toBe(1)
    }
  })

  test('the port that lost the largest share of its ONUs comes first', () => {
    expect(order(sortPonPorts(ports, { column: 'online', descending: false }))).toEqual([2, 10, 1])
  })

  test.each(ponSortColumns)('%s: no port is lost', (column) => {
    expect(sortPonPorts(ports, { column, descending: true })).toHaveLength(ports.length)
  })
})
