import { onuStates } from '../../src-shared/domain/onu-state.ts'
import type { NetworkFacts, OltFacts } from '../engine/network-facts.ts'
import { placesOfOlt } from './place-table.ts'
import type { PlantIndex } from './plant-index.ts'
import type { TreeOrder } from './tree-order.ts'

/** Classes that the tree and the map count by. */
export const onuClass = { unknown: 0, online: 1, down: 2, other: 3 } as const

/** By position in `onuStates`. Switched off by the operator, or starting: neither up nor down. */
const classOfState = Uint8Array.from(onuStates, (state) => {
  switch (state) {
    case 'online':
      return onuClass.online
    case 'offline':
    case 'auth-failed':
      return onuClass.down
    case 'disabled':
    case 'starting':
      return onuClass.other
    case 'unknown':
      return onuClass.unknown
  }
})

export interface StateCounts {
  readonly onus: number
  readonly online: number
  readonly down: number
  readonly unknown: number
}

export interface PlantCounts {
  /** Goes up when a state has moved. */
  readonly stateRevision: () => number
  /** Live row by slot; -1: that ONU is on no OLT (any more). */
  readonly rows: () => Int32Array
  /** `onuClass` by slot. */
  readonly classes: () => Uint8Array
  /** ONUs at or below a node. */
  readonly below: (number: number) => StateCounts
  readonly ofOlt: (olt: OltFacts) => StateCounts
  /** ONUs of the network that hang on no node. */
  readonly unplaced: () => number
  /** By live row: 1: it hangs on a node. */
  readonly isPlaced: (row: number) => boolean
  readonly stop: () => void
}

/** Counts of states per node: made on demand, kept until a state, the plant or the network moves. */
export const createPlantCounts = (index: PlantIndex, network: NetworkFacts): PlantCounts => {
  const { places } = index
  let moves = 0
  const moved = (): void => {
    moves++
  }
  const stop = network.listen({
    onuStates: moved,
    reachability: moved,
    gone: moved,
    olts: moved,
    cycle: (_, { group }) => {
      if (group === 'status') moved()
    },
  })

  let rowsKey = ''
  let rows: Int32Array = new Int32Array(0)
  let placed = new Uint8Array(0)
  let placedCount = 0
  let classesKey = ''
  let classes = new Uint8Array(0)
  let sumsKey = ''
  let sums = { order: null as TreeOrder | null, online: rows, down: rows, unknown: rows }

  const currentRows = (): Int32Array => {
    const key = `${index.revision()} ${network.structureRevision()}`
    if (key === rowsKey) return rows
    rowsKey = key
    rows = new Int32Array(places.count).fill(-1)
    for (const olt of network.olts()) {
      const number = index.oltById(olt.id)?.number
      if (number === undefined) continue
      alignRows(placesOfOlt(places, number), olt, rows)
    }
    const { enter } = index.order()
    const highest = rows.reduce((most, row) => Math.max(most, row), -1)
    placed = new Uint8Array(highest + 1)
    placedCount = 0
    for (let slot = 0; slot < rows.length; slot++) {
      const row = rows[slot]!
      if (row < 0 || (enter[places.node[slot]!] ?? -1) < 0) continue
      placed[row] = 1
      placedCount++
    }
    return rows
  }

  const currentClasses = (): Uint8Array => {
    const bySlot = currentRows()
    const key = `${rowsKey} ${moves}`
    if (key === classesKey) return classes
    classesKey = key
    classes = new Uint8Array(bySlot.length)
    const { state } = network.onus
    for (let slot = 0; slot < bySlot.length; slot++) {
      const row = bySlot[slot]!
      if (row >= 0) classes[slot] = classOfState[state(row)] ?? onuClass.unknown
    }
    return classes
  }

  /** Sums along the order of the tree, so that every node's count is one subtraction. */
  const currentSums = (): typeof sums & { readonly order: TreeOrder } => {
    const bySlot = currentClasses()
    const order = index.order()
    if (sumsKey !== classesKey || sums.order !== order) {
      sumsKey = classesKey
      const { slots } = order
      const online = new Int32Array(slots.length + 1)
      const down = new Int32Array(slots.length + 1)
      const unknown = new Int32Array(slots.length + 1)
      for (let at = 0; at < slots.length; at++) {
        const one = bySlot[slots[at]!]!
        online[at + 1] = online[at]! + (one === onuClass.online ? 1 : 0)
        down[at + 1] = down[at]! + (one === onuClass.down ? 1 : 0)
        unknown[at + 1] = unknown[at]! + (one === onuClass.unknown ? 1 : 0)
      }
      sums = { order, online, down, unknown }
    }
    return { ...sums, order }
  }

  return {
    stateRevision: () => moves,
    rows: currentRows,
    classes: currentClasses,
    below: (number) => {
      const { order, online, down, unknown } = currentSums()
      const enter = order.enter[number] ?? -1
      if (enter < 0) return { onus: 0, online: 0, down: 0, unknown: 0 }
      const from = order.starts[enter]!
      const to = order.starts[order.leave[number]!]!
      return {
        onus: to - from,
        online: online[to]! - online[from]!,
        down: down[to]! - down[from]!,
        unknown: unknown[to]! - unknown[from]!,
      }
    },
    ofOlt: (olt) => {
      const counts = { onus: olt.rows.length, online: 0, down: 0, unknown: 0 }
      const { state } = network.onus
      for (const row of olt.rows) {
        const one = classOfState[state(row)]
        if (one === onuClass.online) counts.online++
        else if (one === onuClass.down) counts.down++
        else if (one === onuClass.unknown) counts.unknown++
      }
      return counts
    },
    unplaced: () => {
      currentRows()
      return network.olts().reduce((sum, olt) => sum + olt.rows.length, 0) - placedCount
    },
    isPlaced: (row) => {
      currentRows()
      return placed[row] === 1
    },
    stop,
  }
}

/** One merge over both ascending lists. */
const alignRows = (
  { addresses, slots }: { readonly addresses: Int32Array; readonly slots: Int32Array },
  olt: OltFacts,
  rows: Int32Array,
): void => {
  for (let at = 0, known = 0; at < addresses.length; at++) {
    const address = addresses[at]!
    while (known < olt.addresses.length && olt.addresses[known]! < address) known++
    if (olt.addresses[known] === address) rows[slots[at]!] = olt.rows[known]!
  }
}
