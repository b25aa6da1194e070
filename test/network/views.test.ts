import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Payload } from '../../src-shared/contract/index.ts'
import {
  onuFilter,
  onuRow,
  onuSortColumns,
  onuStateFilters,
  type OnuFilter,
  type OnuRow,
  type OnuSort,
  type OnuSortColumn,
} from '../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../src-shared/domain/onu-address.ts'
import { causeClasses, onuStates, type DownCause } from '../../src-shared/domain/onu-state.ts'
import { signalClasses } from '../../src-shared/domain/optics.ts'
import {
  applyCounters,
  applyIdentity,
  applyOptics,
  applyStatus,
} from '../../src-main/network/apply-readings.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { compareNatural } from '../../src-main/network/natural-order.ts'
import { createOltRecords, type OltRecord } from '../../src-main/network/olt-records.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { createRowOrders } from '../../src-main/network/row-orders.ts'
import { createTextOrders } from '../../src-main/network/text-orders.ts'
import { communityShown } from '../../src-main/network/snmp-access.ts'
import { createViews } from '../../src-main/network/views.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { errorOf } from '../support/error-code.ts'
import { columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

const start = Date.UTC(2026, 10, 22, 8)
const viewId = '01900000-0000-7000-8000-000000000001'
type ViewChanged = Payload<'network.viewChanged'>

const createBench = (olts: readonly string[] = ['OLT A', 'OLT B']) => {
  const live = createLiveState()
  const records = createOltRecords(live)
  const texts = createTextOrders(live)
  const orders = createRowOrders(live, texts, records.namesRevision)
  const rowOf = (row: number) => onuRowOf(live, records.nameOf, row)
  const waiting: (() => ViewChanged | null)[] = []
  const views = createViews({
    live,
    orders,
    listed: records.listed,
    namesRevision: records.namesRevision,
    rowOf,
    emit: (name, source) => {
      if (name !== 'network.viewChanged' || typeof source !== 'function') throw new Error(name)
      waiting.push(source as () => ViewChanged | null)
    },
  })
  const all = olts.map((name, index) =>
    records.add(
      {
        id: `01900000-0000-7000-8000-00000000010${index}`,
        name,
        host: '192.0.2.1',
        port: 161 + index,
        sealedAs: 'access',
        accessSealed: new Uint8Array(0),
        snmp: communityShown('2c'),
        opticClass: 'B+',
        intervals: { statusS: 60, countersS: 300, opticsS: 3600 },
        opticsPolling: 'family',
        quiet: null,
        note: null,
        version: 1,
        deletedAt: null,
      },
      false,
    ),
  )
  let minutes = 0
  const read = (record: OltRecord, onus: readonly ReadOnu[]): void => {
    const times = { at: start + ++minutes * 60_000, monotonic: minutes * 60_000 }
    const { live: olt } = record
    applyIdentity(live, olt, columnsOf('identity', onus), () => undefined)
    applyStatus(live, olt, columnsOf('status', onus), times, 'olt', () => undefined)
    applyOptics(live, olt, columnsOf('optics', onus), times)
    applyCounters(live, olt, columnsOf('counters', onus), times)
    texts.mark(olt.index)
  }
  const open = (filter: Partial<OnuFilter> = {}, sort: Partial<OnuSort> = {}, id = viewId) =>
    views.open(1, {
      viewId: id,
      filter: onuFilter.parse(filter),
      sort: { column: 'address', descending: false, ...sort },
      offset: 0,
      limit: 500,
    })
  const announced = (monotonic = 10_000_000): ViewChanged[] => {
    waiting.length = 0
    views.announce(monotonic)
    return waiting.flatMap((source) => source() ?? [])
  }
  const rows = (): OnuRow[] =>
    records.listed().flatMap(({ olt }) => [...olt.rows].map((row) => rowOf(row)))
  return { live, records, views, olts: all, read, open, announced, rows, waiting }
}

const names = ['Rumah 2', 'rumah 10', 'Toko', 'toko', 'Warung é', null, 'x', '']
const causes: readonly DownCause[] = ['dying-gasp', 'los', 'unknown', 'deactivated', 'auth-failed']

const randomOnus = (random: () => number, count: number): ReadOnu[] =>
  Array.from({ length: count }, (_, index) => {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
    return {
      onuId: index + 1,
      port: 1 + Math.floor(index / 40),
      state: pick(onuStates),
      cause: pick(causes),
      numbers: {
        onuRxDbm: pick([NaN, -20, -25.5, -26.2, -28, -5, 655]),
        oltRxDbm: pick([NaN, -21, -27.5, -30]),
        temperatureC: pick([NaN, 40, 41]),
        distanceM: pick([NaN, 0, 1_200, 3_000]),
        upBytes: Math.floor(random() * 1e9),
        downBytes: Math.floor(random() * 1e9),
        lastDownAt: pick([NaN, start, start - 5_000_000]),
      },
      texts: {
        serial: pick([`HWTC${index % 30}`, `ZTEG${index}`, null]),
        name: pick(names),
        description: pick(names),
        model: pick(['HG8245H', 'F609', null]),
        firmware: pick(['V1.10', 'V1.9', null]),
      },
    }
  })

const keyOf = (row: OnuRow, column: OnuSortColumn): string | number | null => {
  switch (column) {
    case 'address':
    case 'olt':
      return 0
    case 'state':
      return onuStates.indexOf(row.state) * 16 + causeClasses.indexOf(row.causeClass)
    case 'serial':
    case 'name':
    case 'description':
    case 'model':
    case 'firmware':
      return row[column] === '' ? null : row[column]
    default:
      return row[column]
  }
}

/** What a view should hold, done in the plainest way. */
const naive = (rows: readonly OnuRow[], filter: OnuFilter, sort: OnuSort): number[] => {
  const matched = rows.filter((row) => {
    const text = [row.serial, row.name, row.description, row.model, row.firmware]
    const found = [...text, formatOnu(row.address), row.oltName].map((t) => (t ?? '').toLowerCase())
    const words = filter.search.toLowerCase().split(/\s+/u)
    if (!words.every((word) => found.some((one) => one.includes(word)))) return false
    if (filter.oltIds.length > 0 && !filter.oltIds.includes(row.oltId)) return false
    if (filter.pon !== null && filter.oltIds.length === 1 && row.address.port !== filter.pon.port) {
      return false
    }
    if (filter.duplicateSerial && !row.duplicateSerial) return false
    if (filter.signals.length > 0) {
      if (row.state !== 'online' || !filter.signals.includes(row.signal)) return false
    }
    if (filter.states.length === 0) return true
    const kind =
      row.causeClass === 'power' || row.causeClass === 'optical' ? row.causeClass : 'other'
    return filter.states.includes(row.state === 'offline' ? `offline-${kind}` : row.state)
  })
  const valued = matched.filter((row) => keyOf(row, sort.column) !== null)
  const order = valued
    .map((row, place) => ({ row, place, key: keyOf(row, sort.column)! }))
    .toSorted(
      (a, b) =>
        (typeof a.key === 'string'
          ? compareNatural(a.key, b.key as string)
          : a.key - (b.key as number)) || a.place - b.place,
    )
    .map(({ row }) => row)
  if (sort.descending) order.reverse()
  const without = matched.filter((row) => keyOf(row, sort.column) === null)
  return [...order, ...without].map(({ row }) => row)
}

const filters = fc.record({
  states: fc.uniqueArray(fc.constantFrom(...onuStateFilters), { maxLength: 3 }),
  signals: fc.uniqueArray(fc.constantFrom(...signalClasses), { maxLength: 2 }),
  duplicateSerial: fc.boolean(),
  search: fc.constantFrom(
    '',
    'r',
    'rumah',
    'Rumah 1',
    'zteg1',
    'olt b',
    '0/1/2',
    'toko f609',
    'no',
  ),
  pon: fc.constantFrom(null, { shelf: 0, slot: 1, port: 2 }),
  olt: fc.constantFrom(null, 0, 1),
})

describe('a view refuses', () => {
  test('to answer for a view that is not open, or is another client’s', () => {
    const { views, open, olts, read } = createBench()
    read(olts[0]!, onlineOnus(3))
    open()
    expect(errorOf(() => views.page(2, viewId, 0, 10)).code).toBe('not-found')
    views.close(1, viewId)
    expect(errorOf(() => views.page(1, viewId, 0, 10)).code).toBe('not-found')
  })

  test('to show another ONU in the place of one that has gone', () => {
    const { views, open, olts, read, announced } = createBench()
    read(olts[0]!, onlineOnus(20))
    open()
    read(olts[0]!, onlineOnus(19))
    read(olts[1]!, onlineOnus(1))
    const { total, onus } = views.page(1, viewId, 0, 100)
    expect(total).toBe(19)
    expect(onus.every(({ oltName }) => oltName === 'OLT A')).toBe(true)
    expect(announced()[0]).toMatchObject({ outdated: true })
  })

  test('to keep more views than a client can need', () => {
    const { views, open, olts, read } = createBench()
    read(olts[0]!, onlineOnus(3))
    for (let index = 0; index < 40; index++) {
      open({}, {}, `01900000-0000-7000-8000-0000000002${index.toString().padStart(2, '0')}`)
    }
    expect(errorOf(() => views.page(1, '01900000-0000-7000-8000-000000000200', 0, 1)).code).toBe(
      'not-found',
    )
  })
})

describe('a view', () => {
  test('holds what a plain filter and sort hold', () => {
    const bench = createBench()
    const random = seededRandom(7)
    bench.read(bench.olts[0]!, randomOnus(random, 90))
    bench.read(bench.olts[1]!, randomOnus(random, 70))
    bench.read(bench.olts[0]!, randomOnus(random, 85))
    bench.live.setReachable(bench.olts[1]!.live, false, start)
    for (const row of bench.rows()) expect(onuRow.safeParse(row).success).toBe(true)
    fc.assert(
      fc.property(
        filters,
        fc.constantFrom(...onuSortColumns),
        fc.boolean(),
        ({ olt, ...rest }, column, descending) => {
          const oltIds = olt === null ? [] : [bench.olts[olt]!.row.id]
          const filter = onuFilter.parse({ ...rest, oltIds })
          const sort = { column, descending }
          const { onus, total, ofTotal } = bench.open(filter, sort)
          expect(onus.map(({ row }) => row)).toEqual(naive(bench.rows(), filter, sort))
          expect(total).toBe(onus.length)
          expect(ofTotal).toBe(155)
        },
      ),
      { numRuns: 300, seed: -1456192376 },
    )
  })

  test('sorts by state what is shown: unknown by the device beside unknown by a lost path', () => {
    const bench = createBench()
    const random = seededRandom(7)
    bench.read(bench.olts[0]!, randomOnus(random, 90))
    bench.read(bench.olts[1]!, randomOnus(random, 70))
    bench.live.setReachable(bench.olts[1]!.live, false, start)
    for (const descending of [false, true]) {
      const sort = { column: 'state', descending } as const
      const { onus } = bench.open(onuFilter.parse({}), sort)
      expect(onus.map(({ row }) => row)).toEqual(naive(bench.rows(), onuFilter.parse({}), sort))
    }
  })

  test('follows texts and rows that change between openings', () => {
    const bench = createBench(['A', 'B', 'C'])
    const random = seededRandom(11)
    fc.assert(
      fc.property(
        fc.array(fc.record({ olt: fc.nat(2), count: fc.nat(80) }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<OnuSortColumn>('name', 'serial', 'firmware', 'onuRxDbm', 'upKbps'),
        (walks, column) => {
          for (const { olt, count } of walks)
            bench.read(bench.olts[olt]!, randomOnus(random, count))
          const sort = { column, descending: false }
          const { onus } = bench.open({}, sort)
          const all = bench.rows()
          const wanted = naive(all, onuFilter.parse({}), sort)
          if (column === 'upKbps') {
            // Sorted by what was measured; two that round to one shown value stand either way round.
            const shown = new Map(all.map((one) => [one.row, one.upKbps]))
            expect(onus.map(({ upKbps }) => upKbps)).toEqual(wanted.map((row) => shown.get(row)))
            expect(new Set(onus.map(({ row }) => row))).toEqual(new Set(wanted))
          } else expect(onus.map(({ row }) => row)).toEqual(wanted)
        },
      ),
      // The seed of a run in which two rates rounded to one.
      { numRuns: 40, seed: -876_596_867 },
    )
  })

  test('finds as a text grows what it finds at once', () => {
    const bench = createBench()
    const random = seededRandom(3)
    bench.read(bench.olts[0]!, randomOnus(random, 90))
    bench.read(bench.olts[1]!, randomOnus(random, 90))
    const typed = 'rumah 1 olt b hg'
    for (let length = 1; length <= typed.length; length++) {
      const search = typed.slice(0, length)
      const { onus } = bench.open({ search })
      const expected = naive(bench.rows(), onuFilter.parse({ search }), {
        column: 'address',
        descending: false,
      })
      expect(onus.map(({ row }) => row)).toEqual(expected)
    }
  })

  test('keeps its order while values move, and tells when a new one would differ', () => {
    const bench = createBench()
    const light = (levels: readonly number[]): ReadOnu[] =>
      levels.map((onuRxDbm, index) => ({
        onuId: index + 1,
        state: 'online',
        numbers: { onuRxDbm },
      }))
    bench.read(bench.olts[0]!, light([-20, -21, -22]))
    const before = bench.open({}, { column: 'onuRxDbm' }).onus.map(({ row }) => row)
    bench.read(bench.olts[0]!, light([-20.1, -21.1, -22.1]))
    expect(bench.announced()[0]).toMatchObject({ outdated: false })
    bench.read(bench.olts[0]!, light([-25, -21, -22]))
    expect(bench.announced(20_000_000)[0]).toMatchObject({ outdated: true })
    expect(bench.views.page(1, viewId, 0, 10).onus.map(({ row }) => row)).toEqual(before)
  })

  test('announces only rows of its page that were read since, once, and the newest', () => {
    const bench = createBench()
    bench.read(bench.olts[0]!, onlineOnus(50))
    bench.read(bench.olts[1]!, onlineOnus(50))
    bench.open()
    expect(bench.announced()).toEqual([])
    bench.views.page(1, viewId, 0, 10)
    bench.read(bench.olts[1]!, onlineOnus(50))
    expect(bench.announced()).toEqual([])
    bench.read(bench.olts[0]!, [...onlineOnus(49), { onuId: 50, state: 'offline' }])
    const [first] = bench.announced()
    expect(first?.onus).toHaveLength(10)
    expect(bench.announced()).toEqual([])
  })

  test('that was closed or replaced makes no event any more', () => {
    const bench = createBench()
    bench.read(bench.olts[0]!, onlineOnus(5))
    bench.open()
    bench.read(bench.olts[0]!, onlineOnus(5))
    bench.views.announce(1)
    bench.views.clientGone(1)
    expect(bench.waiting.map((source) => source())).toEqual([null])
  })

  test('counts in the same breath what its filters show', () => {
    const bench = createBench()
    bench.read(bench.olts[0]!, randomOnus(seededRandom(5), 200))
    const counts = bench.records.counts([])
    const total = (filter: Partial<OnuFilter>) => bench.open(filter).total
    expect(total({ states: ['online'] })).toBe(counts.online)
    expect(total({ states: ['offline-power'] })).toBe(counts.offlinePower)
    expect(total({ states: ['offline-optical'] })).toBe(counts.offlineOptical)
    expect(total({ states: ['offline-other'] })).toBe(counts.offlineOther)
    expect(total({ states: ['unknown'] })).toBe(counts.unknown)
    expect(total({ signals: ['critical'] })).toBe(counts.signalCritical)
    expect(total({ signals: ['warning'] })).toBe(counts.signalWarning)
  })
})
