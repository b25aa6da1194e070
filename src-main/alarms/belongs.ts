import type { AlarmFilter } from '../../src-shared/contract/alarms-model.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { PlantLookup } from '../engine/capability-ports.ts'
import { isEverything, oltIdsWithin, reaches, type Belongs, type Reach } from '../engine/reach.ts'
import type { Alarm } from './book/alarm.ts'
import { oltIdOf } from './book/place.ts'
import type { Register } from './book/register.ts'
import { compileScope, type CompiledScope } from './maintenance/scope.ts'
import type { MaintenanceReads, MaintenanceRecord } from './maintenance/tables.ts'
import type { MaintenanceWindows } from './maintenance/windows.ts'

/** On which OLTs alarms and maintenance windows lie, and whose they are. */

export interface AlarmBelongs {
  /** Of a closed one too; null: there is none. */
  readonly alarm: (id: string) => Belongs | null
  readonly maintenance: (id: string) => Belongs | null
  /**
   * Whom open alarms of an ONU are assigned to. `<olt> <shelf>/<slot>/<port>/<onu>`, as `namedOnu`
   * says it (domain/scope.ts).
   */
  readonly onu: (named: string) => readonly string[]
  /** ONUs of which an open alarm is assigned to that person. */
  readonly onusOf: (accountId: string) => readonly OnuPlace[]
}

export interface OnuPlace {
  readonly oltId: string
  /** Packed. */
  readonly address: number
}

const ownersOf = (accountId: string | null | undefined): readonly string[] =>
  accountId == null ? [] : [accountId]

const belongsOf = ({ resource, assignee }: Pick<Alarm, 'resource' | 'assignee'>): Belongs => {
  const oltId = oltIdOf(resource)
  // The console's own alarms are of no OLT: only who reaches everything reaches them.
  return { oltIds: oltId === null ? [] : [oltId], accountIds: ownersOf(assignee?.accountId) }
}

export const reachesAlarm = (reach: Reach, alarm: Pick<Alarm, 'resource' | 'assignee'>): boolean =>
  isEverything(reach) || reaches(reach, belongsOf(alarm))

export const alarmsWithin = (reach: Reach, rows: readonly Alarm[]): readonly Alarm[] =>
  isEverything(reach) ? rows : rows.filter((alarm) => reachesAlarm(reach, alarm))

/** The same filter, of what is reached alone. */
export const filterWithin = (reach: Reach, filter: AlarmFilter): AlarmFilter => {
  if (isEverything(reach)) return filter
  if (reach.kind === 'own') return { ...filter, assignedToMe: true }
  return { ...filter, oltIds: oltIdsWithin(reach, filter.oltIds) }
}

export const belongsOfWindow = (
  { owner }: Pick<MaintenanceRecord, 'owner'>,
  scope: CompiledScope,
): Belongs => ({
  oltIds: [...new Set([...scope.olts, ...scope.pons.keys(), ...scope.onus.keys()])],
  accountIds: ownersOf(owner.accountId),
})

export const createAlarmBelongs = (deps: {
  readonly found: (id: string) => Alarm | undefined
  readonly register: Pick<Register, 'assignedOnus'>
  readonly windows: Pick<MaintenanceWindows, 'get'>
  readonly reads: Pick<MaintenanceReads, 'byId'>
  readonly plant: () => PlantLookup | null
}): AlarmBelongs => ({
  alarm: (id) => {
    const alarm = deps.found(id)
    return alarm === undefined ? null : belongsOf(alarm)
  },
  maintenance: (id) => {
    const record = deps.windows.get(id)?.record ?? deps.reads.byId(id)
    // Gathered anew: ONUs may have moved below its nodes since it was last looked at.
    return record === undefined
      ? null
      : belongsOfWindow(record, compileScope(record.plan.scope, deps.plant()))
  },
  onu: (named) => {
    const [oltId = '', place = ''] = named.split(' ')
    const [shelf = -1, slot = -1, port = -1, onuId = -1] = place.split('/').map(Number)
    return deps.register.assignedOnus.ofOnu(oltId, packOnuAddress({ shelf, slot, port, onuId }))
  },
  onusOf: deps.register.assignedOnus.ofAccount,
})
