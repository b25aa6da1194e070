import { createHistoryKeeper } from '../../src-main/network/keep-history.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createOltRecords, type OltRecord } from '../../src-main/network/olt-records.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { createPastStates } from '../../src-main/network/past/past-states.ts'
import type { PastReader } from '../../src-main/network/past/past-moment.ts'
import { createPollTracker } from '../../src-main/network/poll-tracker.ts'
import type { NetworkState } from '../../src-main/network/state-answers.ts'
import { createTextOrders } from '../../src-main/network/text-orders.ts'
import { createRowOrders } from '../../src-main/network/row-orders.ts'
import { createViews } from '../../src-main/network/views.ts'
import type { OltRow } from '../../src-main/network/tables.ts'
import type { OnuColumns } from '../../src-main/olt/poller/olt-port.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { minutes, monday, openTestHistory } from '../support/history-folder.ts'
import { keptOlt } from '../network/kept-network.ts'

export const oltIdOf = (index: number): string =>
  `01900000-0000-7000-8000-0000000002${String(index).padStart(2, '0')}`

/** OLTs whose reports go into the live state and into a history. Times are minutes since noon. */
export const createToldLife = (names: readonly string[]) => {
  const told = openTestHistory()
  const { history } = told
  const live = createLiveState()
  const records = createOltRecords(live)
  const texts = createTextOrders(live)
  const keeper = createHistoryKeeper({ live, append: history.append })
  const tracker = createPollTracker({
    live,
    records,
    onStateChange: keeper.noteState,
    emit: () => {},
    onTexts: (record) => texts.mark(record.live.index),
    onSettled: () => {},
    onInternalError: () => {},
  })
  const noon = monday + 720 * minutes
  const wall = (at: number): number => Math.round(noon + at * minutes)
  let now = noon
  const asked: string[] = []
  const reader: PastReader = {
    snapshot: async (request) => {
      asked.push(request.oltId)
      return history.snapshot(request)
    },
    readingsFrom: async () => history.readingsFrom(),
  }
  const add = (index: number, name: string, more: Partial<OltRow> = {}): OltRecord =>
    records.add({ ...keptOlt, id: oltIdOf(index), name, ...more }, false)
  const olts = names.map((name, index) => add(index, name))
  const take = (record: OltRecord, at: number, report: PollReport): void => {
    now = wall(at)
    told.clock.now = now
    keeper.around(record, report, () => tracker.take(record, report))
  }
  const times = (at: number) => ({ at: wall(at), monotonic: at * minutes })
  const rowOf = (row: number) => onuRowOf(live, records.nameOf, row)
  const state: NetworkState = { live, records, rowOf, at: () => now }
  const views = createViews({
    live,
    orders: createRowOrders(live, texts, records.namesRevision),
    listed: records.listed,
    namesRevision: records.namesRevision,
    rowOf,
    emit: () => {},
  })
  const past = createPastStates({ now: () => now, live, records, texts, reader })

  return {
    history,
    wall,
    olts,
    records,
    live,
    reader,
    asked,
    add,
    /** As the live queries have it. */
    state,
    views,
    past,
    at: (minute: number) => past.get(wall(minute), new AbortController().signal),
    pass: (at: number) => {
      now = wall(at)
      told.clock.now = now
    },
    walk: (
      olt: number,
      at: number,
      columns: OnuColumns,
      more: { readonly pon?: number; readonly answerMs?: number } = {},
    ): void =>
      take(records.get(oltIdOf(olt))!, at, {
        kind: 'walked',
        walk: { columns, answerMs: more.answerMs ?? null, failure: null },
        pon: more.pon ?? null,
        ...times(at),
      }),
    lose: (olt: number, at: number): void =>
      take(records.get(oltIdOf(olt))!, at, {
        kind: 'failed',
        group: 'status',
        error: new NocturneError('olt-no-answer'),
        noAnswer: true,
        unreachable: true,
        ...times(at),
      }),
  }
}

export type ToldLife = ReturnType<typeof createToldLife>
