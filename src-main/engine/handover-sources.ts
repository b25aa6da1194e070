import type { HandoverSources } from '../handover/report.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import type { CallContext } from './handlers.ts'
import { isEverything, reachesOlt, type Reach } from './reach.ts'
import type { NetworkFacts } from './network-facts.ts'

/** The hand-over asks the other capabilities as anybody would, by their handlers. */
export const handoverSources = (
  handlers: () => OpenedWorkspace['handlers']['queries'],
  facts: NetworkFacts,
  reach: Reach,
): HandoverSources => {
  /** The caller's own right to read alarms was checked before; these are the console's questions. */
  const context = (signal: AbortSignal): CallContext => ({
    clientId: -1,
    session: null,
    reach,
    traceId: 'handover',
    signal,
    progress: () => undefined,
  })
  const idle = context(new AbortController().signal)
  return {
    facts: { olts: () => facts.olts().filter(({ id }) => reachesOlt(reach, id)) },
    alarms: async (input) => handlers()['alarms.list'](input, idle),
    summary: async () => handlers()['alarms.summary']({}, idle),
    maintenance: async () =>
      (await handlers()['alarms.maintenance']({ ended: false }, idle)).windows,
    outages: async (input) => handlers()['outages.list'](input, idle),
    // What people did is told of the whole workspace or not at all.
    acts: async (limit, signal) =>
      isEverything(reach)
        ? (
            await handlers()['audit.activity'](
              { limit, before: null, people: true },
              context(signal),
            )
          ).acts
        : [],
  }
}
