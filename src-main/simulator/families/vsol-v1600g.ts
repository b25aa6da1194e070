import { phase } from '../population/down-causes.ts'
import { descriptionOf } from '../population/olt-config.ts'
import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { refreshLife } from '../population/onu-life.ts'
import {
  isOnline,
  onuBiasMa,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../population/onu-readings.ts'
import { unit } from '../population/seeded-random.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { RowSet } from '../snmp/row-set.ts'
import { integer, serialText, text } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { modelOf } from './onu-cells.ts'
import { hasOptics } from './optics.ts'
import { vsolActions } from './vsol-actions.ts'
import { vsolChassis } from './vsol-chassis.ts'

/** Numbers of 6.1.1.1.1.5 (facts/olt.md 3). */
const phases: Readonly<Record<number, number>> = {
  [phase.los]: 1,
  [phase.working]: 3,
  [phase.dyingGasp]: 4,
  [phase.authFailed]: 5,
  [phase.offline]: 6,
  [phase.disabled]: 7,
}

/** What stands for no light. */
const dark = '-40.00'

/** V1600G: rows `pon.onu`, light and the like as plain texts (facts/olt.md 3). */
export const vsolV1600g = (olt: OltModel): FamilyView => {
  const base = '1.3.6.1.4.1.37950.1.1.6.1.1'
  const { onus } = olt
  const rows = new RowSet(2, () =>
    presentOnus(olt).map((onu) => ({
      index: [(olt.pons[onus.pon[onu] as number] as PonPort).port, onus.onuId[onu] as number],
      item: onu,
    })),
  )
  const phaseOf = (onu: number, nowMs: number): number => {
    refreshLife(olt, onu, nowMs)
    const value = onus.phase[onu] as number
    // a ranging ONU is seen either logging in or exchanging its MIB
    if (value === phase.starting) return unit(olt.seed, onu, 97) < 0.5 ? 0 : 2
    return phases[value] ?? 6
  }
  const reading = (read: typeof onuRxDbm, otherwise: string): ValueWriter =>
    text((onu, nowMs) => (isOnline(olt, onu, nowMs) ? read(olt, onu, nowMs).toFixed(2) : otherwise))
  const chassis = vsolChassis(olt)
  return {
    rowSets: [...chassis.rowSets, rows],
    columns: [
      ...chassis.columns,
      ...vsolActions(olt),
      ...table(`${base}.1.1`, rows, { 5: integer(phaseOf) }),
      ...table(`${base}.2.1`, rows, {
        5: text((onu) =>
          serialText(onus.serialVendor[onu] as number, onus.serialNumber[onu] as number),
        ),
      }),
      ...table(
        `${base}.3.1`,
        rows,
        {
          3: reading(onuTemperatureC, '0.00'),
          4: reading(onuVoltageV, '0.00'),
          5: reading(onuBiasMa, '0.00'),
          6: reading(onuTxDbm, dark),
          7: reading(onuRxDbm, dark),
        },
        hasOptics(olt),
      ),
      ...table(`${base}.4.1`, rows, {
        3: text((onu) => modelOf(olt, onu).vendor),
        4: text((onu) => modelOf(olt, onu).hardware),
        14: text((onu) => modelOf(olt, onu).equipment),
        24: text((onu) => descriptionOf(olt, onu)),
        25: text((onu) => modelOf(olt, onu).software),
      }),
      ...table(`${base}.12.1`, rows, {
        3: integer((onu, nowMs) =>
          isOnline(olt, onu, nowMs) ? (onus.distanceM[onu] as number) : 0,
        ),
      }),
    ],
  }
}
