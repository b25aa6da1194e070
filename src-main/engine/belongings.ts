import { oltOfNamedOnu, type ScopedKind } from '../../src-shared/domain/scope.ts'
import type { BelongingOf, Belongs } from './reach.ts'

/** Of one thing by its id; null: there is none. */
type Of = (id: string) => Belongs | null

interface Lies<Kinds> {
  readonly belongs: Kinds
}

/** On which OLTs each thing lies that an input may name, and whose it is: each capability's own. */
export const createBelongings = (of: {
  readonly alarms: Lies<{
    readonly alarm: Of
    readonly maintenance: Of
    /** Who has an alarm of this ONU on his desk: `<olt> <shelf>/<slot>/<port>/<onu>`. */
    readonly onu: (named: string) => readonly string[]
  }>
  readonly outages: Lies<{ readonly outage: Of }>
  readonly plant: Lies<{ readonly node: Of }>
  readonly provisioning: Lies<{
    readonly plan: Of
    readonly mismatch: Of
    readonly 'saved-onu': Of
  }>
  readonly oltCli: Lies<{ readonly transcript: Of }>
  readonly oltBackups: Lies<{ readonly configuration: Of }>
  readonly business: Lies<{
    readonly subscriber: Of
    readonly ticket: Of
    readonly 'work-order': Of
    readonly subscription: Of
    readonly payment: Of
    readonly document: Of
    readonly 'dunning-case': Of
    readonly 'write-off': Of
  }>
}): BelongingOf => {
  const byKind: Readonly<Record<Exclude<ScopedKind, 'workspace'>, Of>> = {
    olt: (id) => ({ oltIds: [id] }),
    onu: (id) => ({ oltIds: [oltOfNamedOnu(id)], accountIds: of.alarms.belongs.onu(id) }),
    alarm: of.alarms.belongs.alarm,
    maintenance: of.alarms.belongs.maintenance,
    outage: of.outages.belongs.outage,
    node: of.plant.belongs.node,
    plan: of.provisioning.belongs.plan,
    mismatch: of.provisioning.belongs.mismatch,
    'saved-onu': of.provisioning.belongs['saved-onu'],
    transcript: of.oltCli.belongs.transcript,
    configuration: of.oltBackups.belongs.configuration,
    subscriber: of.business.belongs.subscriber,
    ticket: of.business.belongs.ticket,
    'work-order': of.business.belongs['work-order'],
    subscription: of.business.belongs.subscription,
    payment: of.business.belongs.payment,
    document: of.business.belongs.document,
    'dunning-case': of.business.belongs['dunning-case'],
    'write-off': of.business.belongs['write-off'],
  }
  return (kind, id) => (kind === 'workspace' ? { oltIds: [] } : byKind[kind](id))
}
