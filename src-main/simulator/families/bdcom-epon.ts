import { phase } from '../population/down-causes.ts'
import { type OltModel, presentOnus } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, octets, text } from './cell-writers.ts'
import { bdcomChassis, bdcomOnuIfIndex } from './bdcom-chassis.ts'
import { type FamilyView, table } from './family.ts'
import { bdcomVendor, macOf, modelOf } from './onu-cells.ts'
import { onuSetters } from './onu-setters.ts'
import { hasOptics } from './optics.ts'

/** onuStatus: 0 authenticated 1 registered 2 deregistered 3 auto-config 4 lost (facts/olt.md 4). */
const statuses: Readonly<Record<number, number>> = {
  [phase.working]: 3,
  [phase.starting]: 1,
  [phase.los]: 4,
}

/** What stands for no reading. */
const none = -65_535

/** P3310C: rows of ONUs by the ifIndex of each ONU's own interface (facts/olt.md 4). */
export const bdcomEpon = (olt: OltModel): FamilyView => {
  const base = '1.3.6.1.4.1.3320.101'
  const { onus } = olt
  const rows = new RowSet(1, () =>
    presentOnus(olt).map((onu) => ({ index: [bdcomOnuIfIndex(onu)], item: onu })),
  )
  const optical = (read: typeof onuRxDbm, perUnit: number): ValueWriter =>
    integer((onu, nowMs) =>
      isOnline(olt, onu, nowMs) ? Math.round(read(olt, onu, nowMs) * perUnit) : none,
    )
  const chassis = bdcomChassis(olt)
  return {
    rowSets: [...chassis.rowSets, rows],
    columns: [
      ...chassis.columns,
      ...table(
        `${base}.10.1.1`,
        rows,
        {
          1: text((onu) => bdcomVendor(olt, onu)),
          2: text((onu) => modelOf(olt, onu).equipment),
          3: octets((onu) => macOf(olt, onu)),
          4: text((onu) => modelOf(olt, onu).hardware),
          6: text((onu) => modelOf(olt, onu).software),
          26: integer((onu, nowMs) => {
            refreshLife(olt, onu, nowMs)
            return statuses[onus.phase[onu] as number] ?? 2
          }),
          27: integer((onu, nowMs) =>
            isOnline(olt, onu, nowMs) ? (onus.distanceM[onu] as number) : 0,
          ),
          29: constant(1),
          80: integer((onu, nowMs) =>
            isOnline(olt, onu, nowMs)
              ? Math.max(0, Math.floor((nowMs - (onus.lastUpMs[onu] as number)) / 1000))
              : 0,
          ),
        },
        undefined,
        { 29: onuSetters(olt).reboot(0) },
      ),
      ...table(
        `${base}.10.5.1`,
        rows,
        {
          2: optical(onuTemperatureC, 256),
          3: optical(onuVoltageV, 10_000),
          5: optical(onuRxDbm, 10),
          6: optical(onuTxDbm, 10),
        },
        hasOptics(olt),
      ),
      ...table(`${base}.108.1`, rows, { 3: optical(oltRxDbm, 10) }, hasOptics(olt)),
    ],
  }
}
