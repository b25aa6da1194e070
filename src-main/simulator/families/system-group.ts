import type { OltModel } from '../population/olt-model.ts'
import type { Column } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import { parseOid } from '../snmp/oid.ts'
import { constant, oidValue, text, timeTicks } from './cell-writers.ts'
import type { FamilyView } from './family.ts'

export interface SystemIdentity {
  readonly description: string
  readonly objectId: string
}

export const scalarRow = (): RowSet => new RowSet(1, () => [{ index: [0], item: 0 }])

/** The system group (RFC 3418). */
export const systemGroup = (olt: OltModel, identity: SystemIdentity): FamilyView => {
  const rows = scalarRow()
  const scalar = (number: number, write: Column['write']): Column => ({
    oid: parseOid(`1.3.6.1.2.1.1.${number}`),
    rows,
    write,
  })
  return {
    rowSets: [],
    columns: [
      scalar(
        1,
        text(() => identity.description),
      ),
      scalar(2, oidValue(identity.objectId)),
      scalar(
        3,
        timeTicks((_, nowMs) => (nowMs - olt.bootedAtMs) / 10),
      ),
      scalar(
        4,
        text(() => 'noc@lab.invalid'),
      ),
      scalar(
        5,
        text(() => olt.name),
      ),
      scalar(
        6,
        text(() => olt.scenario.location),
      ),
      scalar(7, constant(78)),
    ],
  }
}
