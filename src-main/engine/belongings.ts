import { oltOfNamedOnu, type ScopedKind } from '../../src-shared/domain/scope.ts'
import type { BelongingOf, Belongs } from './reach.ts'

/** Of one thing by its id; null: there is none. */
type Of = (id: string) => Belongs | null

/** On which OLTs each thing lies that an input may name, and whose it is: each capability's own. */
export const createBelongings = (of: {
  readonly alarms: {
    readonly alarm: Of
    readonly maintenance: Of
    /** Who has an alarm of this ONU on his desk: `<olt> <shelf>/<slot>/<port>/<onu>`. */
    readonly onu: (named: string) => readonly string[]
  }
  readonly outages: { readonly outage: Of }
  readonly plant: { readonly node: Of }
  readonly provisioning: { readonly plan: Of; readonly mismatch: Of; readonly 'saved-onu': Of }
  readonly oltCli: { readonly transcript: Of }
  readonly oltBackups: { readonly configuration: Of }
  readonly subscribers: { readonly subscriber: Of }
}): BelongingOf => {
  const byKind: Readonly<Record<Exclude<ScopedKind, 'workspace'>, Of>> = {
    olt: (id) => ({ oltIds: [id] }),
    onu: (id) => ({ oltIds: [oltOfNamedOnu(id)], accountIds: of.alarms.onu(id) }),
    alarm: of.alarms.alarm,
    maintenance: of.alarms.maintenance,
    outage: of.outages.outage,
    node: of.plant.node,
    plan: of.provisioning.plan,
    mismatch: of.provisioning.mismatch,
    'saved-onu': of.provisioning['saved-onu'],
    transcript: of.oltCli.transcript,
    configuration: of.oltBackups.configuration,
    subscriber: of.subscribers.subscriber,
  }
  return (kind, id) => (kind === 'workspace' ? { oltIds: [] } : byKind[kind](id))
}
