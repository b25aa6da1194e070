import type { TrapSettings } from '../../src-shared/contract/traps.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { reachesOlt } from '../engine/reach.ts'
import type { TrapStats } from '../olt/traps/trap-receiver.ts'
import type { ReceiverState } from './keep-receiver.ts'
import type { KnownSenders } from './known-senders.ts'
import type { RecentNews } from './recent-news.ts'
import { lookViewOf, redirectLineOf } from './rules.ts'

export type TrapsQuery = 'traps.status' | 'traps.recent' | 'traps.unknown'

const nothing: TrapStats = {
  received: 0,
  accepted: 0,
  acknowledged: 0,
  dropped: 0,
  garbage: 0,
  refused: {
    'wrong-community': 0,
    'unknown-user': 0,
    'wrong-level': 0,
    'wrong-digest': 0,
    'wrong-time': 0,
    undecipherable: 0,
  },
  fromStrangers: 0,
  ofSeveral: 0,
  unknown: 0,
  loudest: [],
}

export const createTrapsQueries = (deps: {
  readonly settings: () => TrapSettings
  readonly state: () => ReceiverState
  readonly senders: Pick<KnownSenders, 'nameOf'>
  readonly recent: RecentNews
  readonly platform: NodeJS.Platform
  /** A simulated plant sends to the port itself. */
  readonly redirects: boolean
}): QueryHandlers<TrapsQuery> => ({
  'traps.status': () => {
    const settings = deps.settings()
    const { listening, problem, startedAt, receiver, engineId } = deps.state()
    const { refused, ...stats } = receiver?.stats() ?? nothing
    return {
      settings,
      listening,
      problem,
      engineId: engineId.toString('hex'),
      stats: {
        ...stats,
        refused: (Object.keys(nothing.refused) as (keyof TrapStats['refused'])[])
          .map((why) => ({ why, count: refused[why] }))
          .filter(({ count }) => count > 0),
        loudest: [...stats.loudest],
      },
      startedAt,
      redirectLine: deps.redirects ? redirectLineOf(deps.platform, settings.port) : null,
    }
  },
  'traps.recent': ({ oltId }, { reach }) => ({
    news: deps.recent
      .list()
      .filter((news) => oltId === undefined || news.oltId === oltId)
      .filter((news) => reachesOlt(reach, news.oltId))
      .flatMap(({ meanings, looks, ...news }) => {
        const oltName = deps.senders.nameOf(news.oltId)
        return oltName === null
          ? []
          : [{ ...news, oltName, meanings: [...meanings], looks: looks.map(lookViewOf) }]
      }),
  }),
  'traps.unknown': () => ({
    traps: (deps.state().receiver?.unknownTraps() ?? []).map(
      ({ varbinds, ofSeveral, oltId, ...trap }) => {
        const oltName = oltId === null ? null : deps.senders.nameOf(oltId)
        return {
          ...trap,
          oltId: oltName === null ? null : oltId,
          oltName,
          ...(ofSeveral > 0 ? { ofSeveral } : {}),
          varbinds: [...varbinds],
        }
      },
    ),
  }),
})
