import { describe, expect, onTestFinished, test } from 'vitest'
import { createAlarmBook } from '../../src-main/alarms/alarm-book.ts'
import { usualRule, usualSettings } from '../../src-main/alarms/detect/rule-limits.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import {
  everything,
  refuseBeyondReach,
  type BelongingOf,
  type Reach,
} from '../../src-main/engine/reach.ts'
import { createTicketNetwork } from '../../src-main/engine/ticket-network.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { alarmsQueries } from '../../src-shared/contract/alarms.ts'
import { commands } from '../../src-shared/contract/index.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createWatchedNetwork } from '../alarms-detect/watched-network.ts'
import { keptOlt } from '../network/kept-network.ts'
import { addressOf, onlineOnus } from '../network/onu-columns.ts'
import { createOutageBench } from '../outages/outage-bench.ts'
import { idOf, newTestStore, testCall } from '../support/store-workspace.ts'

const size = 12
const medianDbm = -20
const optics = (dropOf: (onuId: number) => number) =>
  onlineOnus(size).map(({ onuId }) => ({
    onuId,
    numbers: {
      onuRxDbm: medianDbm - dropOf(onuId),
      oltRxDbm: medianDbm - 1,
    },
  }))

const apart = () =>
  onlineOnus(size).map((onu) => ({ ...onu, numbers: { distanceM: 1_000 + onu.onuId } }))

let calls = 900_000

/** A network of one OLT with the real book of alarms and the real outages on it. */
const createNoc = () => {
  const network = createWatchedNetwork()
  network.stop()
  const { clock, facts } = network
  const store = newTestStore()
  const put = (apply: (tx: Transaction) => void): void => {
    runCommand(store, testCall(calls++), (tx) => {
      apply(tx)
      return { result: {} }
    })
  }
  const { outages, ask } = createOutageBench(facts, { store, clock })
  let ids = 0x7000
  const book = createAlarmBook({
    clock,
    newId: () => idOf(ids++),
    emit: () => {},
    log: { warn: () => {}, error: () => {} },
    reader: store.reader,
    write: (_name, _input, apply) => put(apply),
    facts,
    rules: {
      rule: (type) => ({ ...usualRule(type), raiseAfterS: 0 }),
      settings: () => usualSettings,
      isImportant: () => false,
      importantOf: () => new Set(),
      revision: () => 1,
    },
    plant: () => null,
    outageOf: (resource) => outages.outageOf(resource),
    nameOfAccount: () => null,
  })
  outages.start()
  book.start()
  onTestFinished(() => {
    book.stop()
    outages.stop()
    store.stop()
  })
  const tickets = createTicketNetwork({
    facts,
    reader: store.reader,
    clock,
    light: (oltId, address) => ({
      dropDb: medianDbm - facts.onus.onuRxDbm(facts.rowOf(oltId, address)),
    }),
    handlers: () => ({
      queries: { ...book.queries, ...outages.queries },
      commands: { ...book.commands, ...outages.commands },
    }),
  })
  network.walk(
    'identity',
    onlineOnus(size).map(({ onuId }) => ({ onuId, texts: { serial: `HWTC0000000${onuId % 10}` } })),
  )
  network.walk('status', apart())
  network.walk(
    'optics',
    optics((onuId) => (onuId === 3 ? 6 : 0)),
  )
  clock.advance(60_000)
  const fall = (...onuIds: readonly number[]): void => {
    network.walk(
      'status',
      apart().map((onu) =>
        onuIds.includes(onu.onuId)
          ? { ...onu, state: 'offline' as const, cause: 'losi' as const }
          : onu,
      ),
    )
    clock.advance(3_000)
  }
  const contextOf = (reach: Reach): CallContext => ({
    clientId: 1,
    session: null,
    reach,
    traceId: 't',
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const alarmOf = async (onuId: number): Promise<string> => {
    book.sink.holds(
      {
        type: 'onu-offline-optical',
        resource: { kind: 'onu', oltId: keptOlt.id, address: addressOf(onuId) },
        qualifier: '',
        params: {},
        affectedOnus: 1,
        important: false,
      },
      clock.now(),
    )
    clock.advance(2 * 3_600_000)
    const input = alarmsQueries['alarms.list'].input.parse({ filter: { list: 'open' } })
    const { alarms } = await book.queries['alarms.list'](input, contextOf(everything))
    return alarms[0]!.id
  }
  return { ...network, tickets, ask, fall, alarmOf, contextOf, put, book, outages }
}

const region = (...oltIds: string[]): Reach => ({
  kind: 'regions',
  accountId: idOf(77),
  olts: new Set(oltIds),
})

describe('what a ticket takes along', () => {
  test('of an alarm or outage that is not there: nothing', async () => {
    const { tickets, contextOf } = createNoc()
    expect(await tickets.look('alarm', idOf(1), contextOf(everything))).toBeNull()
    expect(await tickets.look('outage', idOf(1), contextOf(everything))).toBeNull()
  })

  test('of an ONU’s alarm: its light and fall, the neighbours, the verdict, the last change', async () => {
    const { tickets, contextOf, fall, alarmOf, put, clock } = createNoc()
    const address = packOnuAddress(addressOf(3))
    const plan = (id: string, at: number, onu: number): void =>
      put((tx) => {
        tx.run(
          `INSERT INTO provisioning_plan (id, version, kind, change, state, risk, made_by, origin,
            reason, pace, created_at, expires_at, olts, warnings, left_out)
            VALUES (?, 1, 'onu-config', '{}', 'done', 'disruptive', 'Sari', 'person', '', '{}', ?, ?,
            '[]', '[]', '[]')`,
          id,
          at,
          at,
        )
        tx.run(
          `INSERT INTO provisioning_target (plan_id, seq, olt_id, olt_name, address, olt_after_id,
            address_after, serial, serial_after, state, risk, canary, begun, started_at, ended_at)
            VALUES (?, 0, ?, 'North', ?, ?, ?, 's', 's', 'done', 'disruptive', 0, 1, ?, ?)`,
          id,
          keptOlt.id,
          onu,
          keptOlt.id,
          onu,
          at,
          at + 500,
        )
      })
    const changedAt = clock.now()
    plan(idOf(0x51), changedAt - 9_000, address)
    plan(idOf(0x52), changedAt, address)
    plan(idOf(0x53), changedAt + 900, packOnuAddress(addressOf(4)))
    const readAt = changedAt - 60_000
    fall(3)
    const found = await tickets.look('alarm', await alarmOf(3), contextOf(everything))
    expect(found).toMatchObject({ oltIds: [keptOlt.id], affected: 1, service: null })
    expect(found!.snapshot).toMatchObject({
      kind: 'alarm',
      what: 'onu-offline-optical',
      oltNames: ['North'],
      onu: {
        oltName: 'North',
        address: '0/1/1:3',
        serial: 'HWTC00000003',
        state: 'offline',
        cause: 'losi',
        onuRxDbm: -26,
        oltRxDbm: -21,
        distanceM: 1_003,
        readAt,
        dropDb: 6,
        verdict: 'single-drop',
      },
      siblings: { total: size, down: 1, medianRxDbm: medianDbm },
      lastChange: { at: changedAt + 500, what: 'onu-config', by: 'Sari' },
      affectedOnus: 1,
    })
  })

  test('of an outage: how many, the verdict, and the neighbours where it is one port', async () => {
    const { tickets, contextOf, fall, ask } = createNoc()
    fall(...onlineOnus(size).map(({ onuId }) => onuId))
    const { outages } = await ask('outages.list', {})
    const found = await tickets.look('outage', outages[0]!.id, contextOf(everything))
    expect(found).toMatchObject({ oltIds: [keptOlt.id], service: null })
    expect(found!.snapshot).toMatchObject({
      kind: 'outage',
      what: outages[0]!.verdict,
      oltNames: ['North'],
      onu: null,
      siblings: { total: size, down: size },
      affectedOnus: size,
    })
    expect(found!.affected).toBe(found!.snapshot.affectedSubscribers ?? size)
  })

  test('gives the alarm its number within the transaction', async () => {
    const { tickets, contextOf, fall, alarmOf, put, book } = createNoc()
    fall(3)
    const id = await alarmOf(3)
    let after = (): void => undefined
    put((tx) => {
      const of = { kind: 'alarm', id, number: 'T-000001' } as const
      after = tickets.number(tx, of, contextOf(everything))
    })
    after()
    const { alarm } = await book.queries['alarms.alarm']({ id }, contextOf(everything))
    expect(alarm.ticket).toBe('T-000001')
  })

  test('no more than whoever asks reaches: what lies elsewhere is refused, and tells nothing', async () => {
    const { tickets, contextOf, fall, ask, alarmOf, book, outages } = createNoc()
    fall(...onlineOnus(size).map(({ onuId }) => onuId))
    const { outages: found } = await ask('outages.list', {})
    const alarmId = await alarmOf(3)
    const elsewhere = region(idOf(5))
    const belongingOf: BelongingOf = (kind, id) =>
      kind === 'alarm' ? book.belongs.alarm(id) : outages.belongs.outage(id)
    for (const source of [
      { kind: 'alarm', id: alarmId },
      { kind: 'outage', id: found[0]!.id },
    ] as const) {
      const input = commands['tickets.open'].input.parse({ subject: 'x', source })
      const asked = (reach: Reach) => () =>
        refuseBeyondReach(reach, commands['tickets.open'], input, belongingOf)
      expect(asked(elsewhere)).toThrow('beyond-scope')
      expect(asked(region(keptOlt.id))).not.toThrow()
    }
    const look = await tickets.look('outage', found[0]!.id, contextOf(elsewhere))
    expect(look).toMatchObject({ oltIds: [], snapshot: { oltNames: [], siblings: null } })
  })
})
