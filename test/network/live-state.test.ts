import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  applyCounters,
  applyIdentity,
  applyOptics,
  applyStatus,
  type Covered,
} from '../../src-main/network/apply-readings.ts'
import { createLiveState, type LiveOlt, type LiveState } from '../../src-main/network/live-state.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { rateKbps } from '../../src-main/network/rules.ts'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { addressOf, columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 22, 8)

let live: LiveState
let olt: LiveOlt
let changes: { address: number; state: number }[]

beforeEach(() => {
  live = createLiveState()
  olt = live.addOlt('olt-1', 'B+')
  changes = []
})

const times = (at: number) => ({ at: start + at, monotonic: at })
const status = (at: number, onus: readonly ReadOnu[], covered: Covered = 'olt') =>
  applyStatus(live, olt, columnsOf('status', onus), times(at), covered, (_olt, row, _at, state) =>
    changes.push({ address: live.table.address[row] ?? -1, state }),
  )
const optics = (at: number, onus: readonly ReadOnu[]) =>
  applyOptics(live, olt, columnsOf('optics', onus), times(at))
const counters = (at: number, onus: readonly ReadOnu[]) =>
  applyCounters(live, olt, columnsOf('counters', onus), times(at))
const identity = (onus: readonly ReadOnu[], of = olt) =>
  applyIdentity(live, of, columnsOf('identity', onus), () => undefined)
const onu = (onuId: number, of = olt) => {
  const row = live.findRow(of, packOnuAddress(addressOf(onuId)))
  if (row < 0) throw new Error(`no ONU ${onuId}`)
  return onuRowOf(live, () => 'OLT 1', row)
}

describe('live state refuses', () => {
  test('to remove an ONU because a walk ended early', () => {
    status(0, onlineOnus(20))
    status(minute, onlineOnus(3), 'none')
    expect(live.countsOf(olt).total).toBe(20)
    expect(onu(20)).toMatchObject({ state: 'online', statusAt: start })
    expect(onu(2).statusAt).toBe(start + minute)
  })

  test('to remove a mass of ONUs before a second complete walk lacks them too', () => {
    status(0, onlineOnus(100))
    status(minute, [])
    expect(live.countsOf(olt).total).toBe(100)
    status(2 * minute, [])
    expect(live.countsOf(olt).total).toBe(0)
  })

  test('to remove ONUs of other ports because a look at one port lacks them', () => {
    const other = { onuId: 1, port: 2, state: 'online' as const }
    status(0, [...onlineOnus(3), other])
    const pon = packOnuAddress(addressOf(0, 1))
    status(minute, onlineOnus(2), { pon })
    expect(live.countsOf(olt).total).toBe(3)
    expect(live.findRow(olt, packOnuAddress(addressOf(3)))).toBe(-1)
    const untouched = live.findRow(olt, packOnuAddress(addressOf(1, 2)))
    expect(onuRowOf(live, () => '', untouched)).toMatchObject({ statusAt: start, state: 'online' })
    expect(live.table.missing[untouched]).toBe(0)
  })

  test('to remove a mass of ONUs of one port before a second look lacks them too', () => {
    const pon = packOnuAddress(addressOf(0, 1))
    const elsewhere = onlineOnus(100).map((onu) => ({ ...onu, port: 2 }))
    status(0, [...onlineOnus(20), ...elsewhere])
    status(minute, [], { pon })
    expect(live.countsOf(olt).total).toBe(120)
    status(2 * minute, [], { pon })
    expect(live.countsOf(olt).total).toBe(100)
  })

  test('to remember an absence that a later walk has disproved', () => {
    status(0, onlineOnus(100))
    status(minute, [])
    status(2 * minute, onlineOnus(100))
    status(3 * minute, [])
    expect(live.countsOf(olt).total).toBe(100)
  })

  test('to make an ONU of a row that only optics or counters speak of', () => {
    optics(0, [{ onuId: 1, numbers: { onuRxDbm: -20 } }])
    counters(0, [{ onuId: 1, numbers: { upBytes: 1 } }])
    expect(live.countsOf(olt).total).toBe(0)
  })

  test('to call impossible light critical', () => {
    status(0, onlineOnus(3))
    optics(0, [
      { onuId: 1, numbers: { onuRxDbm: 655.35, oltRxDbm: NaN } },
      { onuId: 2, numbers: { onuRxDbm: -90, oltRxDbm: -20 } },
      { onuId: 3, numbers: { onuRxDbm: Infinity, oltRxDbm: -Infinity } },
    ])
    expect(onu(1)).toMatchObject({ signal: 'invalid', marginDb: null })
    expect(onu(2)).toMatchObject({ signal: 'good', marginDb: 8 })
    expect(onu(3)).toMatchObject({ signal: 'invalid', marginDb: null })
    expect(live.countsOf(olt)).toMatchObject({ signalCritical: 0, signalWarning: 0 })
  })

  test('to make a rate of a counter that went back, of no time, or of nonsense', () => {
    expect(rateKbps(5_000, 4_999, 300_000)).toBeNaN()
    expect(rateKbps(2 ** 32 - 1, 5, 300_000)).toBeNaN()
    expect(rateKbps(NaN, 5, 300_000)).toBeNaN()
    expect(rateKbps(0, 5, 0)).toBeNaN()
    expect(rateKbps(0, 5, -1)).toBeNaN()
    expect(rateKbps(0, 2 ** 60, 300_000)).toBeNaN()
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.double(), (before, now, span) => {
        const rate = rateKbps(before, now, span)
        expect(Number.isNaN(rate) || (rate >= 0 && rate <= 12_000_000)).toBe(true)
      }),
      { seed: 12386 },
    )
  })

  test('to believe a device whose clock was never set', () => {
    status(0, [{ onuId: 1, state: 'offline', numbers: { lastDownAt: Date.UTC(1970, 0, 1) } }])
    expect(onu(1).lastDownAt).toBeNull()
  })

  test('codes it does not know', () => {
    const columns = columnsOf('status', [{ onuId: 1, state: 'online', cause: 'los' }])
    columns.codes.state?.fill(200)
    columns.codes.lastDownCause?.fill(200)
    applyStatus(live, olt, columns, times(0), 'olt', () => undefined)
    expect(onu(1)).toMatchObject({ state: 'unknown', cause: 'unknown' })
  })
})

describe('an OLT that cannot be reached', () => {
  test('turns its ONUs unknown, keeps their values and their ages', () => {
    status(0, onlineOnus(5))
    optics(0, [{ onuId: 1, numbers: { onuRxDbm: -20, oltRxDbm: -21 } }])
    live.setReachable(olt, false, start + minute)
    expect(live.countsOf(olt)).toMatchObject({ total: 5, online: 0, unknown: 5 })
    expect(onu(1)).toMatchObject({
      state: 'unknown',
      stateSince: start + minute,
      onuRxDbm: -20,
      statusAt: start,
      opticsAt: start,
    })
  })

  test('that answers again does not make up for ONUs that were not read yet', () => {
    status(0, onlineOnus(5))
    live.setReachable(olt, false, start + minute)
    live.setReachable(olt, true, start + 2 * minute)
    expect(live.countsOf(olt).unknown).toBe(5)
    status(2 * minute, onlineOnus(2), 'none')
    expect(live.countsOf(olt)).toMatchObject({ online: 2, unknown: 3 })
  })

  test('has its states back, and since when, where the device says nothing went down', () => {
    const before = [
      { onuId: 1, state: 'online' as const, numbers: { lastDownAt: start - 86_400_000 } },
      { onuId: 2, state: 'online' as const, numbers: { lastDownAt: NaN } },
      { onuId: 3, state: 'online' as const, numbers: { lastDownAt: start - 86_400_000 } },
    ]
    status(0, before)
    live.setReachable(olt, false, start + minute)
    live.setReachable(olt, true, start + 9 * minute)
    status(9 * minute, [
      ...before.slice(0, 2),
      { onuId: 3, state: 'online', numbers: { lastDownAt: start + 5 * minute } },
    ])
    expect(onu(1).stateSince).toBe(start)
    expect(onu(2).stateSince).toBe(start)
    expect(onu(3).stateSince).toBe(start + 9 * minute)
  })
})

describe('live state', () => {
  test('keeps a rate, and what it counts from, for a reading that follows at once', () => {
    status(0, onlineOnus(1))
    const read = (at: number, upBytes: number) => counters(at, [{ onuId: 1, numbers: { upBytes } }])
    read(0, 0)
    read(2_000, 250_000)
    read(2_400, 250_000)
    expect(onu(1)).toMatchObject({ upKbps: 1_000, countersAt: start + 2_400 })
    read(4_000, 750_000)
    expect(onu(1).upKbps).toBe(2_000)
  })

  test('removes an ONU that a complete walk lacks, and uses its row again', () => {
    status(0, onlineOnus(20))
    const row = live.findRow(olt, packOnuAddress(addressOf(20)))
    status(minute, onlineOnus(19))
    expect(live.countsOf(olt).total).toBe(19)
    status(2 * minute, [...onlineOnus(19), { onuId: 99, state: 'offline' }])
    expect(live.findRow(olt, packOnuAddress(addressOf(99)))).toBe(row)
    expect(onu(99)).toMatchObject({ state: 'offline', serial: null, onuRxDbm: null })
  })

  test('counts offline ONUs by the class of their cause', () => {
    status(0, [
      { onuId: 1, state: 'offline', cause: 'dying-gasp' },
      { onuId: 2, state: 'offline', cause: 'losi' },
      { onuId: 3, state: 'offline', cause: 'unknown' },
      { onuId: 4, state: 'disabled', cause: 'deactivated' },
      { onuId: 5, state: 'online', cause: 'dying-gasp' },
    ])
    expect(live.countsOf(olt)).toMatchObject({
      total: 5,
      online: 1,
      offlinePower: 1,
      offlineOptical: 1,
      offlineOther: 1,
      disabled: 1,
    })
  })

  test('says since when a state is seen, and notes each change once', () => {
    status(0, onlineOnus(2))
    status(minute, onlineOnus(2))
    expect(onu(1).stateSince).toBe(start)
    expect(changes).toHaveLength(0)
    status(2 * minute, [
      { onuId: 1, state: 'offline', cause: 'los' },
      { onuId: 2, state: 'online' },
    ])
    expect(onu(1)).toMatchObject({ state: 'offline', stateSince: start + 2 * minute })
    expect(onu(1).lastDownAt).toBe(start + 2 * minute)
    expect(changes).toHaveLength(1)
  })

  test('sees an ONU that went down and up again between two readings', () => {
    const down = (at: number) => [
      { onuId: 1, state: 'online' as const, numbers: { lastDownAt: start + at } },
    ]
    status(0, down(-86_400_000))
    status(minute, down(-86_400_000))
    status(2 * minute, down(minute + 20_000))
    expect(onu(1).stateSince).toBe(start + 2 * minute)
    expect(changes).toHaveLength(1)
  })

  test('takes the worse direction for signal and margin', () => {
    status(0, onlineOnus(4))
    optics(0, [
      { onuId: 1, numbers: { onuRxDbm: -20, oltRxDbm: -27 } },
      { onuId: 2, numbers: { onuRxDbm: -28, oltRxDbm: -20 } },
      { onuId: 3, numbers: { onuRxDbm: -5, oltRxDbm: -20 } },
      { onuId: 4, numbers: { onuRxDbm: NaN, oltRxDbm: -20 } },
    ])
    expect(onu(1)).toMatchObject({ signal: 'warning', marginDb: 1 })
    expect(onu(2)).toMatchObject({ signal: 'critical', marginDb: -1 })
    expect(onu(3)).toMatchObject({ signal: 'too-strong' })
    expect(onu(4)).toMatchObject({ signal: 'good', marginDb: 8, onuRxDbm: null })
    expect(live.countsOf(olt)).toMatchObject({
      signalWarning: 1,
      signalCritical: 1,
      signalTooStrong: 1,
    })
    live.setOptic(olt, 'C+')
    expect(onu(2)).toMatchObject({ signal: 'good', marginDb: 2 })
  })

  test('forgets a value that the device no longer gives', () => {
    status(0, onlineOnus(1))
    optics(0, [{ onuId: 1, numbers: { onuRxDbm: -20, temperatureC: 45 } }])
    optics(minute, [{ onuId: 1, numbers: { onuRxDbm: NaN, temperatureC: 46 } }])
    expect(onu(1)).toMatchObject({ onuRxDbm: null, temperatureC: 46, signal: 'none' })
  })

  test('makes rates of two readings, by the clock that does not jump', () => {
    status(0, onlineOnus(1))
    counters(0, [{ onuId: 1, numbers: { upBytes: 1_000, downBytes: 2 ** 40 } }])
    expect(onu(1)).toMatchObject({ upKbps: null, downKbps: null })
    counters(300_000, [{ onuId: 1, numbers: { upBytes: 376_000, downBytes: 2 ** 40 + 3_750_000 } }])
    expect(onu(1)).toMatchObject({ upKbps: 10, downKbps: 100 })
    counters(600_000, [{ onuId: 1, numbers: { upBytes: 5, downBytes: NaN } }])
    expect(onu(1)).toMatchObject({ upKbps: null, downKbps: null })
    counters(900_000, [{ onuId: 1, numbers: { upBytes: 375_005, downBytes: 1 } }])
    expect(onu(1)).toMatchObject({ upKbps: 10, downKbps: null })
  })

  test('marks a serial number that stands in two places, also on another OLT', () => {
    const other = live.addOlt('olt-2', 'B+')
    identity([
      { onuId: 1, texts: { serial: 'HWTC00000001' } },
      { onuId: 2, texts: { serial: 'HWTC00000002' } },
    ])
    expect(live.serials.duplicates()).toBe(0)
    identity([{ onuId: 7, texts: { serial: 'HWTC00000001' } }], other)
    expect(live.serials.duplicates()).toBe(1)
    expect(onu(1).duplicateSerial).toBe(true)
    expect(onu(7, other).duplicateSerial).toBe(true)
    expect(onu(2).duplicateSerial).toBe(false)
    live.hide(other, true)
    expect(onu(1).duplicateSerial).toBe(false)
    live.hide(other, false)
    expect(onu(1).duplicateSerial).toBe(true)
    identity([{ onuId: 7, texts: { serial: 'HWTC00000003' } }], other)
    expect(onu(1).duplicateSerial).toBe(false)
    expect(live.serials.duplicates()).toBe(0)
  })

  test('cuts texts that are longer than any device may send', () => {
    identity([{ onuId: 1, texts: { serial: 'S', name: 'x'.repeat(5_000) } }])
    expect(onu(1).name).toHaveLength(255)
  })

  test('agrees with a plain map of ONUs, whatever comes and goes', () => {
    const walk = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            walked: fc.array(fc.record({ port: fc.constantFrom(1, 2), ids: walk }), {
              maxLength: 2,
            }),
            covered: fc.constantFrom('olt' as const, 'none' as const, 1, 2),
          }),
          { maxLength: 12 },
        ),
        (walks) => {
          live = createLiveState()
          olt = live.addOlt('olt-1', 'B+')
          /** Packed addresses, and how often each was missed. */
          const known = new Map<number, number>()
          const portOf = (address: number): number => unpackOnuAddress(address).port
          walks.forEach(({ walked, covered }, turn) => {
            const read = walked.flatMap(({ port, ids }) =>
              typeof covered === 'number' && port !== covered
                ? []
                : ids.map((onuId) => ({ onuId, port, state: 'online' as const })),
            )
            const onus = [...new Map(read.map((onu) => [`${onu.port} ${onu.onuId}`, onu])).values()]
            const pon = typeof covered === 'number' ? packOnuAddress(addressOf(0, covered)) : null
            status(
              turn * minute,
              onus,
              pon === null ? (covered === 'olt' ? 'olt' : 'none') : { pon },
            )
            const found = onus.map(({ onuId, port }) => packOnuAddress(addressOf(onuId, port)))
            for (const address of found) known.set(address, 0)
            if (covered === 'none') return
            const meant = [...known.keys()].filter(
              (address) => covered === 'olt' || portOf(address) === covered,
            )
            const lacking = meant.filter((address) => !found.includes(address))
            const proof = lacking.length > Math.max(8, meant.length * 0.1)
            for (const address of lacking) {
              const missed = (known.get(address) ?? 0) + 1
              known.set(address, missed)
              if (!proof || missed >= 2) known.delete(address)
            }
          })
          const ids = [...known.keys()].toSorted((a, b) => a - b)
          expect([...olt.addresses]).toEqual(ids)
          expect(new Set(olt.rows).size).toBe(ids.length)
          olt.rows.forEach((row, place) => {
            expect(live.table.address[row]).toBe(olt.addresses[place])
            expect(live.table.live[row]).toBe(1)
          })
        },
      ),
      { seed: 15384 },
    )
  })
})
