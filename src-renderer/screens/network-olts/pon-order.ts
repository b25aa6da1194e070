import type { PonPort } from '../../../src-shared/contract/network-model.ts'

export const ponSortColumns = [
  'pon',
  'state',
  'online',
  'averageOnuRxDbm',
  'worstOnuRxDbm',
  'averageOltRxDbm',
  'worstOltRxDbm',
  'txDbm',
  'temperatureC',
] as const

export type PonSortColumn = (typeof ponSortColumns)[number]

export interface PonSort {
  readonly column: PonSortColumn
  readonly descending: boolean
}

const states = ['down', 'unknown', 'up'] as const

const keyOf = (port: PonPort, column: PonSortColumn): number | null => {
  switch (column) {
    case 'pon':
      return (port.shelf * 64 + port.slot) * 256 + port.port
    case 'state':
      return states.indexOf(port.state)
    case 'online':
      // By share: of two ports the one that lost more of its ONUs is the worse one.
      return port.counts.total === 0 ? null : port.counts.online / port.counts.total
    default:
      return port[column]
  }
}

/** A new order; what has no value stands last in either direction; equals stand by address. */
export const sortPonPorts = (ports: readonly PonPort[], sort: PonSort): readonly PonPort[] =>
  ports.toSorted((left, right) => {
    const a = keyOf(left, sort.column)
    const b = keyOf(right, sort.column)
    const even = (keyOf(left, 'pon') ?? 0) - (keyOf(right, 'pon') ?? 0)
    if (a === b) return sort.column === 'pon' && sort.descending ? -even : even
    if (a === null) return 1
    if (b === null) return -1
    return sort.descending ? b - a : a - b
  })
