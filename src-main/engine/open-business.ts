import type { BehindLookup, PlantLookup } from './capability-ports.ts'
import { insertAccount, type AccountReads } from '../access/tables.ts'
import { createBilling } from '../billing/billing.ts'
import type { BillingDependencies } from '../billing/ports.ts'
import type { BuiltInRole } from '../../src-shared/domain/roles.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Network } from '../network/network.ts'
import type { Provisioning } from '../provisioning/provisioning.ts'
import { createTicketNetwork, type TicketNetworkSources } from './ticket-network.ts'
import { createFieldwork } from '../fieldwork/fieldwork.ts'
import { noteTicket } from '../tickets/history.ts'
import { createTickets } from '../tickets/tickets.ts'
import { writePaper } from '../billing/pdf/paper-files.ts'
import { createFieldworkLight } from './fieldwork-network.ts'
import { createSubscribers, type SubscribersDependencies } from '../subscribers/subscribers.ts'

/**
 * The capabilities about people and money, put together: subscribers, and what billing builds upon
 * them. Wired into the workspace as one (open-workspace.ts).
 */
export const openBusiness = (
  shared: Pick<SubscribersDependencies, 'clock' | 'newId' | 'emit' | 'reader' | 'write'> &
    Pick<BillingDependencies, 'approvals' | 'confirm' | 'log' | 'chance' | 'vaultKey'> & {
      readonly network: Pick<Network, 'facts' | 'withSerial'>
      readonly accounts: Pick<AccountReads, 'nameOf' | 'all'>
      readonly provisioning: Pick<Provisioning, 'speeds' | 'wantedOf' | 'lines'>
      /** What tickets ask of the network beside its facts. */
      readonly noc: TicketNetworkSources
      readonly plant: PlantLookup
      readonly exportsFolder: string
      readonly simulated: boolean
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
    serviceChanged: (tx, serviceId, by) => billing.lines.settle(tx, serviceId, by),
    serviceCommitted: () => billing.lines.committed(),
  })
  const billing = createBilling({
    ...shared,
    subscribers: subscribers.port,
    findSubscribers: subscribers.find,
    speeds: provisioning.speeds,
    lines: provisioning.lines,
    facts: network.facts,
    onus: network.facts.onus,
    leadBegins: subscribers.leadBegins,
    wantedOf: provisioning.wantedOf,
    nameOfAccount: accounts.nameOf,
    accounts: accounts.all,
    simulatedAgents: {
      makeAccount: (tx, name, login) => {
        const id = makeAccount(tx, name, login, 'sales-agent')
        tx.run(`UPDATE account SET scope = 'own' WHERE id = ?`, id)
        return id
      },
      giveCustomers: subscribers.giveAll,
    },
  })
  const { simulated, ...sharedWith } = shared
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const tickets = createTickets({
    ...sharedWith,
    subscribers: subscribers.port,
    network: createTicketNetwork({ ...shared, ...shared.noc, facts: network.facts }),
    nameOfAccount: accounts.nameOf,
    zone,
    ...(simulated ? { simulated: { accountIds: () => accounts.all().map(({ id }) => id) } } : {}),
  })
  const makeAccount = (tx: Transaction, name: string, login: string, role: BuiltInRole) => {
    const id = shared.newId()
    insertAccount(tx, { id, name, login, passwordHash: null, role }, shared.clock.now())
    return id
  }
  const capacityOf = shared.reader.prepare<[string], { capacity: number | null }>(
    'SELECT capacity FROM plant_node WHERE id = ?',
  )
  const sellerName = shared.reader.prepare<[], { name: string }>(
    'SELECT name FROM billing_seller WHERE id = 1',
  )
  const fieldwork = createFieldwork({
    ...sharedWith,
    subscribers: subscribers.port,
    lightOf: createFieldworkLight({
      facts: network.facts,
      plant: shared.plant,
      capacityOf: (nodeId) => capacityOf.get(nodeId)?.capacity ?? null,
      withSerial: network.withSerial,
    }),
    noteTicket: (tx, ticketId, { accountId, ...data }) =>
      void noteTicket(tx, ticketId, shared.clock.now(), {
        kind: 'linked',
        accountId,
        data: { ...data, link: 'work-order' },
      }),
    belongsTicket: tickets.belongs.ticket,
    ticketsChanged: tickets.changed,
    nameOfAccount: accounts.nameOf,
    accounts: accounts.all,
    sellerName: () => sellerName.get()?.name ?? '',
    writePaper: async (fileName, bytes) => {
      await writePaper(shared.exportsFolder, fileName, shared.newId(), bytes)
      return { folder: shared.exportsFolder }
    },
    zone,
    ...(simulated
      ? {
          simulated: true,
          makeTechnician: (tx: Transaction, name: string, login: string) =>
            makeAccount(tx, name, login, 'technician'),
        }
      : {}),
  })
  return {
    queries: {
      ...subscribers.queries,
      ...billing.queries,
      ...tickets.queries,
      ...fieldwork.queries,
    },
    commands: {
      ...subscribers.commands,
      ...billing.commands,
      ...tickets.commands,
      ...fieldwork.commands,
    },
    approvalKinds: billing.approvalKinds,
    belongs: {
      ...subscribers.belongs,
      ...billing.belongs,
      ...tickets.belongs,
      ...fieldwork.belongs,
    },
    /** An ONU was moved or replaced: the service that names it goes with it. */
    onuFollowed: (...[tx, from, to]: Parameters<typeof subscribers.onuFollowed>): void => {
      subscribers.onuFollowed(tx, from, to)
      billing.lines.followed(tx, to)
    },
    /** Why billing keeps the line of an ONU off. */
    lineHeld: billing.lines.heldFor,
    /** What is wanted of his line was said anew: a line of his time line. */
    onuWanted: subscribers.onuWanted,
    /** Whom ONUs serve, for outages. */
    behind: (onus: Parameters<BehindLookup>[0]): ReturnType<BehindLookup> => {
      const served = subscribers.behind(onus)
      return served === null
        ? null
        : { subscribers: served.subscribers, revenue: billing.monthlyOf(served.serviceIds) }
    },
    /** For the search of the whole console. */
    finds: { subscribers: subscribers.find, ...billing.findNumbers },
    /** Subscribers of a simulated workspace. */
    fill: subscribers.fill,
    /** Something that is sold runs at this speed. */
    sellsSpeed: billing.sellsSpeed,
    start: () => {
      billing.start()
      tickets.start()
      fieldwork.start()
    },
    wake: () => {
      billing.wake()
      tickets.wake()
    },
    stop: () => {
      fieldwork.stop()
      tickets.stop()
      return billing.stop()
    },
  }
}
