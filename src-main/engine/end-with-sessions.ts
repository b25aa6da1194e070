import type { Scopes } from '../access/scope-tables.ts'
import type { Network } from '../network/network.ts'
import type { OltCli } from '../olt-cli/olt-cli.ts'
import { createReachWatch } from './reach-watch.ts'
import { decideAccess, type Sessions } from './sessions.ts'

/**
 * SECURITY: a live view and a terminal end with the session that opened them, when the screen is
 * locked, and what a client has open ends when its account reaches something else. Returns the stop.
 */
export const endWithSessions = (deps: {
  readonly sessions: Sessions
  readonly scopes: Pick<Scopes, 'reachOf'>
  readonly network: Pick<Network, 'sessionChanged' | 'clientGone'>
  readonly oltCli: Pick<OltCli, 'sessionChanged' | 'clientGone'>
}): (() => void) => {
  const { sessions, scopes, network, oltCli } = deps
  const watchReach = createReachWatch((clientId) => {
    network.clientGone(clientId)
    oltCli.clientGone(clientId)
  })
  return sessions.onChange((clientId) => {
    const session = sessions.get(clientId)
    watchReach(clientId, session === null ? null : scopes.reachOf(session.accountId))
    const mayRead = decideAccess(session, 'network.onu.read', false) === 'allowed'
    network.sessionChanged(clientId, mayRead && session !== null ? session.sessionId : null)
    const mayType = decideAccess(session, 'olt-cli.terminal.use', false) === 'allowed'
    oltCli.sessionChanged(clientId, mayType && session !== null ? session.sessionId : null)
  })
}
