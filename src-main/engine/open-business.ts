import type { AccountReads } from '../access/tables.ts'
import type { Network } from '../network/network.ts'
import type { Provisioning } from '../provisioning/provisioning.ts'
import { createSubscribers, type SubscribersDependencies } from '../subscribers/subscribers.ts'

/**
 * The capabilities about people and money, put together: subscribers, and what billing builds upon
 * them. Wired into the workspace as one (open-workspace.ts).
 */
export const openBusiness = (
  shared: Pick<SubscribersDependencies, 'clock' | 'newId' | 'emit' | 'log' | 'reader' | 'write'> & {
    readonly network: Pick<Network, 'facts' | 'withSerial'>
    readonly accounts: Pick<AccountReads, 'nameOf' | 'all'>
    readonly provisioning: Pick<Provisioning, 'wantedOf'>
  },
) => {
  const { network, accounts, provisioning } = shared
  const subscribers = createSubscribers({
    ...shared,
    facts: network.facts,
    withSerial: network.withSerial,
    wantedOf: provisioning.wantedOf,
    nameOfAccount: accounts.nameOf,
    activeAccounts: accounts.all,
  })
  return {
    queries: { ...subscribers.queries },
    commands: { ...subscribers.commands },
    belongs: subscribers.belongs,
    /** An ONU was moved or replaced: the service that names it goes with it. */
    onuFollowed: subscribers.onuFollowed,
    /** Whom ONUs serve, for outages. */
    behind: subscribers.behind,
    /** For the search of the whole console. */
    list: subscribers.list,
  }
}
