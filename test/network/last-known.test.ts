import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyCounters,
  applyIdentity,
  applyOptics,
  applyStatus,
} from '../../src-main/network/apply-readings.ts'
import { restoreLastKnown, saveLastKnown } from '../../src-main/network/last-known.ts'
import { createLiveState, type LiveOlt, type LiveState } from '../../src-main/network/live-state.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { columnsOf, type ReadOnu } from './onu-columns.ts'

const at = Date.UTC(2026, 10, 22, 8)
const status = {
  ages: { status: at, optics: at, counters: at, identity: null },
  familyId: 'fake',
  familyLabel: 'Fake',
  recognisedBy: 'because',
}

const onus: ReadOnu[] = [
  {
    onuId: 1,
    state: 'online',
    numbers: { onuRxDbm: -20.55, oltRxDbm: -22, upBytes: 2 ** 50, distanceM: 1_200, voltageV: 3.3 },
    texts: { serial: 'HWTC00000001', name: 'Rumah é 1', model: 'HG8245H' },
  },
  { onuId: 2, state: 'offline', cause: 'dying-gasp', texts: { serial: 'HWTC00000001' } },
]

const filled = (): { live: LiveState; olt: LiveOlt } => {
  const live = createLiveState()
  const olt = live.addOlt('olt-1', 'B+')
  const times = { at, monotonic: 5_000 }
  applyIdentity(live, olt, columnsOf('identity', onus), () => undefined)
  applyStatus(live, olt, columnsOf('status', onus), times, 'olt', () => undefined)
  applyOptics(live, olt, columnsOf('optics', onus), times)
  applyCounters(live, olt, columnsOf('counters', onus), times)
  return { live, olt }
}

const rowsOf = (live: LiveState, olt: LiveOlt) =>
  [...olt.rows].map((row) => onuRowOf(live, () => 'OLT', row))

const saved = async () => {
  const { live, olt } = filled()
  return { live, olt, bytes: await saveLastKnown(live, [{ olt, status }]) }
}

const restoreInto = (bytes: Uint8Array, id = 'olt-1') => {
  const live = createLiveState()
  const olt = live.addOlt(id, 'B+')
  const told: unknown[] = []
  const count = restoreLastKnown(live, bytes, live.olt, (_olt, what) => told.push(what))
  return { live, olt, count, told }
}

describe('the last readings refuse', () => {
  test('bytes of which any is changed, missing or too many', async () => {
    const { bytes } = await saved()
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = bytes.slice()
        damaged[place] = (damaged[place] ?? 0) ^ change
        const { count, live } = restoreInto(damaged)
        expect(count).toBeNull()
        expect(live.table.used).toBe(0)
      }),
      { seed: 93923 },
    )
    expect(restoreInto(bytes.subarray(0, bytes.length - 1)).count).toBeNull()
    expect(restoreInto(Buffer.concat([bytes, Buffer.of(0)])).count).toBeNull()
    expect(restoreInto(new Uint8Array(0)).count).toBeNull()
  })

  test('a well-signed file whose inside is not what it should be', async () => {
    const { bytes } = await saved()
    const sign = (body: Buffer) => Buffer.concat([body, createHash('sha256').update(body).digest()])
    const body = Buffer.from(bytes.subarray(0, bytes.length - 32))
    const otherFormat = Buffer.from(body)
    otherFormat[4] = 99
    expect(restoreInto(sign(otherFormat)).count).toBeNull()
    const noDeflate = Buffer.concat([body.subarray(0, 5), Buffer.of(3, 0, 0, 0, 1, 2, 3)])
    expect(restoreInto(sign(noDeflate)).count).toBeNull()
  })

  test('an OLT that is no longer there, or has been read already', async () => {
    const { bytes, live, olt } = await saved()
    expect(restoreInto(bytes, 'another').count).toBe(0)
    expect(
      restoreLastKnown(
        live,
        bytes,
        () => olt,
        () => undefined,
      ),
    ).toBe(0)
    expect(olt.rows).toHaveLength(2)
  })
})

describe('the last readings', () => {
  test('come back as they were, with their ages', async () => {
    const { bytes, live, olt } = await saved()
    const back = restoreInto(bytes)
    expect(back.count).toBe(2)
    expect(back.told).toEqual([expect.objectContaining(status)])
    expect(rowsOf(back.live, back.olt)).toEqual(rowsOf(live, olt))
    expect(back.live.countsOf(back.olt)).toEqual(live.countsOf(olt))
    expect(back.live.serials.duplicates()).toBe(1)
  })

  test('make no rate with counters of another run of the engine', async () => {
    const { bytes } = await saved()
    const { live, olt } = restoreInto(bytes)
    applyCounters(
      live,
      olt,
      columnsOf('counters', [{ onuId: 1, numbers: { upBytes: 2 ** 50 + 10_000_000 } }]),
      { at: at + 60_000, monotonic: 10_000 },
    )
    expect(rowsOf(live, olt)[0]).toMatchObject({ upKbps: null, countersAt: at + 60_000 })
  })

  test('leave ONUs unknown whose OLT was out of reach when the console was closed', async () => {
    const { live, olt } = filled()
    live.setReachable(olt, false, at + 1_000)
    const back = restoreInto(await saveLastKnown(live, [{ olt, status }]))
    expect(back.live.countsOf(back.olt)).toMatchObject({ total: 2, unknown: 2 })
    expect(rowsOf(back.live, back.olt)[0]).toMatchObject({ stateSince: at + 1_000, statusAt: at })
  })
})
