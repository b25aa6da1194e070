import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { NetworkListener } from '../../src-main/engine/network-facts.ts'
import { createFactTeller } from '../../src-main/network/facts.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createOltRecords } from '../../src-main/network/olt-records.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { createPollTracker } from '../../src-main/network/poll-tracker.ts'
import type { OnuColumns } from '../../src-main/olt/poller/olt-port.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import { keptOlt } from './kept-network.ts'
import { addressOf, columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

const online = 1
const offline = 2

const createTold = () => {
  const live = createLiveState()
  const records = createOltRecords(live)
  const bugs: unknown[] = []
  const teller = createFactTeller({
    live,
    records,
    rowOf: (row) => onuRowOf(live, records.nameOf, row),
    careOf: () => null,
    onInternalError: (error) => bugs.push(error),
  })
  const tracker = createPollTracker({
    live,
    records,
    onStateChange: teller.noteState,
    emit: () => {},
    onTexts: () => {},
    onSettled: () => {},
    onInternalError: () => {},
  })
  const record = records.add(keptOlt, false)
  const told: string[] = []
  const listener: NetworkListener = {
    onuStates: (_olt, { addresses, before, after }) =>
      told.push(
        `states ${[...addresses].map((address, i) => `${address & 1023}:${before[i]}>${after[i]}`).join(' ')}`,
      ),
    cycle: (_olt, { group, whole, pon }) =>
      told.push(`cycle ${group}${whole ? '' : ' short'}${pon === null ? '' : ' pon'}`),
    reachability: (olt, before) => told.push(`${before}>${olt.reachability}`),
    restarted: () => told.push('restarted'),
    chassis: () => told.push('chassis'),
    gone: (_olt, _rows, addresses) =>
      told.push(`gone ${[...addresses].map((address) => address & 1023).join(' ')}`),
  }
  const take = (report: PollReport): void =>
    teller.around(record, report, () => tracker.take(record, report))
  const times = (minute: number) => ({ at: 1e12 + minute * 60_000, monotonic: minute * 60_000 })
  return {
    facts: teller.facts,
    listener,
    record,
    records,
    bugs,
    /** What was told since the last look. */
    news: () => told.splice(0),
    walk: (minute: number, columns: OnuColumns, failure: NocturneError | null = null) =>
      take({
        kind: 'walked',
        walk: { columns, answerMs: 1, failure },
        pon: null,
        ...times(minute),
      }),
    silence: (minute: number) =>
      take({
        kind: 'failed',
        group: 'status',
        error: new NocturneError('olt-no-answer'),
        noAnswer: true,
        unreachable: true,
        ...times(minute),
      }),
  }
}

const down = (...ids: number[]): ReadOnu[] =>
  onlineOnus(4).map((onu) =>
    ids.includes(onu.onuId) ? { ...onu, state: 'offline' as const } : onu,
  )

describe('what the network tells', () => {
  test('nothing to nobody, and a listener that throws holds up no other', () => {
    const network = createTold()
    network.walk(0, columnsOf('status', onlineOnus(2)))
    network.facts.listen({
      cycle: () => {
        throw new Error('a bug of a listener')
      },
    })
    network.facts.listen(network.listener)
    network.walk(1, columnsOf('status', onlineOnus(2)))
    expect(network.news()).toEqual(['cycle status'])
    expect(network.bugs).toHaveLength(1)
  })

  test('the first reading is no change; after it each walk tells its changes at once, by address', () => {
    const network = createTold()
    network.facts.listen(network.listener)
    network.walk(0, columnsOf('status', onlineOnus(4)))
    expect(network.news()).toEqual(['never>reachable', 'cycle status'])
    network.walk(1, columnsOf('status', down(3, 1)))
    expect(network.news()).toEqual([
      `states 1:${online}>${offline} 3:${online}>${offline}`,
      'cycle status',
    ])
    network.walk(2, columnsOf('status', down(3, 1)))
    expect(network.news()).toEqual(['cycle status'])
  })

  test('a lost way makes ONUs unknown without a change of each, and their return is one', () => {
    const network = createTold()
    network.facts.listen(network.listener)
    network.walk(0, columnsOf('status', onlineOnus(4)))
    network.news()
    network.silence(1)
    expect(network.news()).toEqual(['reachable>unreachable'])
    const row = network.facts.rowOf(keptOlt.id, packOnuAddress(addressOf(1)))
    expect(network.facts.onus.state(row)).toBe(0)
    network.walk(2, columnsOf('status', down(2)))
    const [first, states] = network.news()
    expect(first).toBe('unreachable>reachable')
    expect(states).toContain(`2:0>${offline}`)
  })

  test('ONUs that were taken off the OLT, and a walk that ended early', () => {
    const network = createTold()
    network.facts.listen(network.listener)
    network.walk(0, columnsOf('status', onlineOnus(40)))
    network.news()
    network.walk(1, columnsOf('status', onlineOnus(39)))
    expect(network.news()).toEqual(['gone 40', 'cycle status'])
    network.walk(2, columnsOf('status', onlineOnus(5)), new NocturneError('timeout'))
    expect(network.news()).toEqual(['cycle status short'])
    expect(network.facts.olt(keptOlt.id)?.addresses).toHaveLength(39)
  })

  test('cells of an ONU with NaN for no value, and nothing of an OLT that was removed', () => {
    const network = createTold()
    network.walk(0, columnsOf('status', onlineOnus(2)))
    network.walk(0, columnsOf('optics', [{ onuId: 1, numbers: { onuRxDbm: -21.25 } }]))
    const { facts } = network
    const row = facts.rowOf(keptOlt.id, packOnuAddress(addressOf(1)))
    expect(facts.onus.onuRxDbm(row)).toBe(-21.25)
    expect(facts.onus.oltRxDbm(row)).toBeNaN()
    expect(facts.onus.state(row)).toBe(online)
    expect(facts.oltOfRow(row)?.name).toBe('North')
    facts.listen(network.listener)
    network.records.setRow(network.record, { ...keptOlt, deletedAt: 5 })
    network.walk(1, columnsOf('status', down(1)))
    expect(network.news()).toEqual([])
    expect(facts.olts()).toEqual([])
    expect(facts.rowOf(keptOlt.id, packOnuAddress(addressOf(1)))).toBe(-1)
  })
})
