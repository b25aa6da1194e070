import type { OltCare } from '../../src-shared/contract/olt-care.ts'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { PolledCare } from '../olt/poller/poll-care.ts'
import type { PaceFigures } from '../olt/snmp/pace.ts'
import type { LiveState } from './live-state.ts'
import type { LiveViews } from './live-views.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'

export type OltCareQuery = 'network.oltCare' | 'network.openLiveView' | 'network.closeLiveView'

export const createOltCareQueries = (deps: {
  readonly live: LiveState
  readonly records: OltRecords
  readonly liveViews: LiveViews
  readonly isPolled: (oltId: string) => boolean
  readonly careOf: (record: OltRecord) => OltCare
}): QueryHandlers<OltCareQuery> => {
  const { live, records, liveViews } = deps

  const present = records.presentOne

  return {
    'network.oltCare': ({ oltId }) => deps.careOf(present(oltId)),

    'network.openLiveView': async ({ oltId, address }, { clientId, session }) => {
      const record = present(oltId)
      if (live.findRow(record.live, packOnuAddress(address)) < 0) {
        throw new NocturneError('not-found', { what: 'onu' })
      }
      if (!deps.isPolled(oltId)) throw new NocturneError('not-found', { what: 'olt' })
      return liveViews.open(
        { clientId, sessionId: session?.sessionId ?? null, name: session?.name ?? '' },
        record,
        address,
      )
    },

    'network.closeLiveView': ({ oltId }, { clientId }) => {
      liveViews.close(clientId, oltId)
      return {}
    },
  }
}

/** `care` null: it is not polled; `figures` null: it was not asked yet. */
export const oltCareOf = (
  { row, status }: OltRecord,
  care: PolledCare | null,
  figures: PaceFigures | null,
): OltCare => ({
  requests:
    figures === null
      ? null
      : {
          inFlight: figures.inFlight,
          maxInFlight: figures.maxInFlight,
          waiting: figures.waiting,
          sockets: figures.sockets,
          budgetMs: figures.budgetMs,
          usedMs: figures.usedMs,
          leftMs: figures.leftMs,
          sent: figures.requests,
          unanswered: figures.unanswered,
          answerMs: figures.answerMs,
          maxRepetitions: figures.maxRepetitions,
          ceiling: figures.ceiling,
          limit: figures.limit,
          troubles: figures.troubles,
        },
  plan:
    care === null
      ? {
          asked: row.intervals,
          kept: row.intervals,
          factor: 1,
          usualAnswerMs: null,
          answerMs: null,
        }
      : { ...care.plan, asked: { ...care.plan.asked }, kept: { ...care.plan.kept } },
  perPon: care?.perPon ?? false,
  opticsPolled: status.opticsPolled,
  familyReason: care?.familyReason ?? null,
  quiet: status.quiet,
  rounds: roundsOf(care),
  looksWaiting: care?.looksWaiting ?? 0,
  looksAsked: care?.looksAsked ?? 0,
  looksMade: care?.looksMade ?? 0,
  liveView:
    care === null || care.liveView === null
      ? null
      : { address: unpackOnuAddress(care.liveView.address), until: care.liveView.until },
})

/** Copies, in buffers of their own: they go to another thread. */
const roundsOf = (care: PolledCare | null): OltCare['rounds'] => ({
  at: Float64Array.from(care?.rounds.at ?? []),
  groups: Uint8Array.from(care?.rounds.groups ?? []),
  tookMs: Float64Array.from(care?.rounds.tookMs ?? []),
  answerMs: Float64Array.from(care?.rounds.answerMs ?? []),
  onus: Float64Array.from(care?.rounds.onus ?? []),
  whole: Uint8Array.from(care?.rounds.whole ?? []),
})
