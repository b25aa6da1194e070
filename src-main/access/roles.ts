import { commands, events, extraPermissions, queries } from '../../src-shared/contract/index.ts'
import { builtInRoles, isBuiltInRole, type BuiltInRole } from '../../src-shared/domain/roles.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createRoleReads, type RoleRow, type RoleRules } from './role-tables.ts'

/** Every permission that the contract names. */
export const allPermissions: ReadonlySet<string> = new Set(
  [
    ...[queries, commands, events].flatMap((group) =>
      Object.values(group).map((definition) => definition.access),
    ),
    ...extraPermissions,
  ].filter((access) => access !== 'public' && access !== 'session'),
)

/** Of the owner alone, and of no role that a copy could be given. */
export const ownerOnly: readonly string[] = [
  'access.owner.transfer',
  // That no other copy is at work is the owner's to say: two at once harm the network.
  'workspace.standing.decide',
  // All of it, with its keys, in one file.
  'workspace.transfer.make',
  'workspace.workspace.wipe',
]

const but = (permissions: ReadonlySet<string>, ...left: readonly string[]): ReadonlySet<string> =>
  new Set([...permissions].filter((name) => !left.includes(name)))

/** What is going on: lines, alarms, the plant outside, what is planned. */
const lookAtNetwork = [
  'alarms.alarm.read',
  'network.olt.read',
  'network.onu.read',
  'plant.node.read',
  'provisioning.plan.read',
]

/** One ONU at a time: `provisioning.batch.apply` is another permission. */
const changeOnus = ['provisioning.plan.apply', 'provisioning.plan.make']

/** Who is behind an ONU: name, number, address, state of the service; no money. */
const behindOnus = ['subscribers.onu.read']

/** The file of a subscriber, as whoever talks with him needs it. */
const keepSubscribers = [
  ...behindOnus,
  'subscribers.subscriber.read',
  'subscribers.subscriber.manage',
]

/** What was reported, by whoever works at it. */
const workAtTickets = ['tickets.ticket.read', 'tickets.ticket.work']

/** What is to be done outside: everybody at the desk sees it and opens some; one's own is worked at. */
const workOutside = ['fieldwork.order.read', 'fieldwork.order.work']

/** What is sold at what price, and who has it; to start or change it is finance's. */
const seeWhatIsSold = ['billing.plan.read', 'billing.subscription.read']

/** Who takes money sees what is owed; sending it back is finance's. */
const takePayments = ['billing.payment.read', 'billing.payment.take']

/** Who has not paid, at what stage he is, and what he promised on the telephone. */
const hearPromises = ['billing.dunning.read', 'billing.dunning.promise']
/** Runs a till, and takes money in its own session; not at another day, and in no list. */
const runTill = ['billing.cash.run']

const allOfBilling = [
  ...hearPromises,
  'billing.dunning.run',
  'billing.dunning.manage',
  ...takePayments,
  ...runTill,
  'billing.cash.correct',
  'billing.cash.manage',
  'billing.cash.read',
  'billing.cash.sign',
  'billing.payment.refund',
  'billing.payment.reverse',
  'billing.paypal.manage',
  'billing.reconciliation.manage',
  'billing.reconciliation.read',
  'billing.report.read',
  ...seeWhatIsSold,
  'billing.plan.manage',
  'billing.subscription.manage',
  'billing.bank.read',
  'billing.bank.import',
  'billing.bank.decide',
  'billing.voucher.manage',
  'billing.voucher.read',
  'billing.document.read',
  'billing.document.issue',
  'billing.document.export',
  'billing.document.credit',
  // The second person for others' credit notes; never for his own (approvals/rules.ts).
  'billing.credit.approve',
  'billing.write-off.make',
  'billing.agent.read',
  'billing.agent.manage',
  'billing.agent.pay',
  'billing.ledger.read',
  'billing.run.start',
  'billing.seller.manage',
]

/**
 * What the roles that come with the console may do. Deny by default: a permission that is new in
 * the contract is the owner's and the administrator's until it is written here
 * (test/access/role-matrix.test.ts shows what follows for each procedure).
 */
const ofBuiltIn: Readonly<Record<BuiltInRole, ReadonlySet<string>>> = {
  owner: allPermissions,
  administrator: but(allPermissions, ...ownerOnly),
  // Money comes later; now: who has not paid, and what his line should be.
  finance: new Set([
    ...allOfBilling,
    'network.onu.read',
    'provisioning.plan.read',
    'provisioning.service.set',
    ...keepSubscribers,
    'subscribers.agent.set',
    'subscribers.file.read',
    'subscribers.subscriber.export',
    'subscribers.subscriber.import',
  ]),
  // At the counter: his own till, and whether the service of who stands there is on. Nothing else: no
  // lists (that of all ONUs is one), no documents, no report but that of his session.
  cashier: new Set(runTill),
  // On the telephone: all there is to see, nothing to change but what the next shift should know.
  support: new Set([
    ...lookAtNetwork,
    ...seeWhatIsSold,
    ...hearPromises,
    'billing.document.read',
    'billing.payment.read',
    'handover.note.write',
    ...keepSubscribers,
    ...workAtTickets,
    ...workOutside,
    'subscribers.file.read',
  ]),
  // Runs the network; devices' credentials (a configuration with its passwords among them), foreign
  // drivers and people are an administrator's.
  'noc-engineer': new Set([
    ...lookAtNetwork,
    ...behindOnus,
    ...changeOnus,
    ...workAtTickets,
    ...workOutside,
    'alarms.alarm.act',
    'alarms.maintenance.manage',
    'alarms.rule.manage',
    'audit.activity.read',
    'handover.note.write',
    'network.olt.manage',
    'olt-backups.config.manage',
    'olt-backups.config.read',
    'olt-cli.access.read',
    'olt-cli.terminal.use',
    'olt-cli.terminal.write',
    'olt-cli.transcript.read',
    'plant.node.manage',
    'provisioning.batch.apply',
    'provisioning.catalogue.manage',
    // The second person for others' plans; never for his own (approvals/rules.ts).
    'provisioning.plan.approve',
    'provisioning.preset.manage',
    'provisioning.record.manage',
    'provisioning.service.set',
  ]),
  // At the customer's: sees light and alarms, authorises and replaces single ONUs.
  technician: new Set([
    ...lookAtNetwork,
    ...changeOnus,
    ...behindOnus,
    ...workAtTickets,
    ...workOutside,
  ]),
  // Technicians' lead: plans their work and keeps the map of what they built.
  'field-supervisor': new Set([
    ...lookAtNetwork,
    ...behindOnus,
    ...changeOnus,
    ...workAtTickets,
    ...workOutside,
    'tickets.report.read',
    'tickets.ticket.assign',
    'fieldwork.order.plan',
    'alarms.alarm.act',
    'alarms.maintenance.manage',
    'handover.note.write',
    'plant.node.manage',
    'provisioning.record.manage',
  ]),
  // Is there a free port near this address?
  // And his own subscribers: his account's reach is "own".
  // What he earns by them, and of a reseller their money: his own, by his account.
  'sales-agent': new Set([
    'plant.node.read',
    ...keepSubscribers,
    ...seeWhatIsSold,
    'billing.agent.own',
    'billing.agent.take',
  ]),
  // Reads the audit and nothing else: who is watched by it must not be able to act through it.
  auditor: new Set([
    'audit.activity.read',
    'audit.trail.export',
    'audit.trail.read',
    'audit.trail.verify',
  ]),
}

/**
 * Until somebody sets others. Five minutes to the lock: facts/security.md row 27; eight hours to
 * the end: OWASP Session Management (4 to 8 h for office work).
 */
export const defaultRules: RoleRules = {
  secondFactorRequired: false,
  lockAfterMinutes: 5,
  sessionHours: 8,
}

export interface RoleView extends RoleRules {
  readonly id: string
  /** 0: nobody has set anything of this built-in one yet. */
  readonly version: number
  readonly name: string
  readonly isBuiltIn: boolean
  readonly copyOf: string
  readonly permissions: ReadonlySet<string>
}

/** Names that the contract no longer knows give nothing and are not shown. */
const knownOf = (stored: string | null): ReadonlySet<string> => {
  const names: unknown = JSON.parse(stored ?? '[]')
  return new Set(
    (Array.isArray(names) ? names : []).filter(
      (name): name is string => typeof name === 'string' && allPermissions.has(name),
    ),
  )
}

export const viewOfRole = (id: string, row: RoleRow | undefined): RoleView | null => {
  // SECURITY: a built-in role may do what the table above says, whatever stands in the store.
  if (isBuiltInRole(id)) {
    return {
      ...defaultRules,
      ...(row === undefined ? {} : rulesOf(row)),
      id,
      version: row?.version ?? 0,
      name: id,
      isBuiltIn: true,
      copyOf: id,
      permissions: ofBuiltIn[id],
    }
  }
  if (row === undefined) return null
  return {
    ...rulesOf(row),
    id,
    version: row.version,
    name: row.name,
    isBuiltIn: false,
    copyOf: row.copyOf,
    // SECURITY: the ownership is no permission that a copy could carry away.
    permissions: but(knownOf(row.permissions), ...ownerOnly),
  }
}

const rulesOf = (row: RoleRow): RoleRules => ({
  secondFactorRequired: row.secondFactorRequired === 1,
  lockAfterMinutes: row.lockAfterMinutes,
  sessionHours: row.sessionHours,
})

const nothing: ReadonlySet<string> = new Set()

export interface Roles {
  get(roleId: string): RoleView | null
  /** Nothing for a role that there is not. */
  permissionsOf(roleId: string): ReadonlySet<string>
  rulesOf(roleId: string): RoleRules
  /** The name of an own one; of a built-in one its id, which the renderer has words for. */
  nameOf(roleId: string): string
  all(): readonly RoleView[]
}

/** What each role may do now: reads the store at each call. */
export const createRoles = (reader: StoreReader): Roles => {
  const reads = createRoleReads(reader)
  const get = (roleId: string): RoleView | null => viewOfRole(roleId, reads.byId(roleId))
  return {
    get,
    permissionsOf: (roleId) => get(roleId)?.permissions ?? nothing,
    rulesOf: (roleId) => get(roleId) ?? defaultRules,
    nameOf: (roleId) => get(roleId)?.name ?? roleId,
    all: () =>
      [
        ...builtInRoles.map((id) => get(id)),
        ...reads.own().map((row) => viewOfRole(row.id, row)),
      ].filter((role) => role !== null),
  }
}

/** Whether someone with `own` may give or rule over what has `other`. */
export const coversAll = (own: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...other].every((name) => own.has(name))
