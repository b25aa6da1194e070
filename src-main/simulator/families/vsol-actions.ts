import type { OltModel } from '../population/olt-model.ts'
import { findOnu, rebootOnu, remove, setEnabled } from '../population/provision.ts'
import { tag } from '../snmp/ber-tags.ts'
import type { CellSetter, Column } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import { integer } from './cell-writers.ts'
import { scalarRow } from './system-group.ts'

/**
 * 6.1.1.5: PON, ONU, then what is done to it: 1 reboot, 2 delete, 3 enable, 4 disable (facts/olt.md 3).
 */
export const vsolActions = (olt: OltModel): readonly Column[] => {
  const chosen = { pon: 0, onu: 0 }
  const choose =
    (name: keyof typeof chosen): CellSetter =>
    (_item, value) => {
      if (value.tag !== tag.integer) return 'wrongType'
      chosen[name] = value.number
      return 'done'
    }
  const act: CellSetter = (_item, value, nowMs) => {
    if (value.tag !== tag.integer) return 'wrongType'
    const pon = olt.pons.findIndex(({ port }) => port === chosen.pon)
    const onu = pon < 0 ? undefined : findOnu(olt, pon, chosen.onu)
    if (onu === undefined) return 'wrongValue'
    switch (value.number) {
      case 1:
        rebootOnu(olt, onu, nowMs)
        return 'done'
      case 2:
        remove(olt, onu, nowMs)
        return 'done'
      case 3:
      case 4:
        setEnabled(olt, onu, value.number === 3, nowMs)
        return 'done'
      default:
        return 'wrongValue'
    }
  }
  const scalar = (number: number, read: () => number, set: CellSetter): Column => ({
    oid: parseOid(`1.3.6.1.4.1.37950.1.1.6.1.1.5.${number}`),
    rows: scalarRow(),
    write: integer(read),
    set,
  })
  return [
    scalar(1, () => chosen.pon, choose('pon')),
    scalar(2, () => chosen.onu, choose('onu')),
    scalar(3, () => 0, act),
  ]
}
