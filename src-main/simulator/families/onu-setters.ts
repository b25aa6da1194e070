import type { OltModel } from '../population/olt-model.ts'
import {
  changeSettings,
  isHeard,
  rebootOnu,
  remove,
  saveConfig,
  setEnabled,
} from '../population/provision.ts'
import { tag } from '../snmp/ber-tags.ts'
import type { CellSetter } from '../snmp/mib-view.ts'

const number =
  (act: (item: number, value: number, nowMs: number) => boolean): CellSetter =>
  (item, value, nowMs) => {
    if (value.tag !== tag.integer) return 'wrongType'
    return act(item, value.number, nowMs) ? 'done' : 'wrongValue'
  }

const text =
  (longest: number, act: (item: number, value: string, nowMs: number) => void): CellSetter =>
  (item, value, nowMs) => {
    if (value.tag !== tag.octetString) return 'wrongType'
    if (value.octets.length > longest) return 'wrongLength'
    act(item, Buffer.from(value.octets).toString('latin1'), nowMs)
    return 'done'
  }

/** Whether an unconfigured ONU, by its place in the list, is heard now. */
export const heardRows =
  (olt: OltModel) =>
  (item: number, nowMs: number): boolean => {
    const found = olt.unconfigured[item]
    return found !== undefined && isHeard(olt, found, nowMs)
  }

/** What writing to the columns of an ONU does; rows are ONUs. Families choose columns and numbers. */
export const onuSetters = (olt: OltModel) => ({
  /** By the numbers for on and off. */
  admin: (on: number, off: number): CellSetter =>
    number((onu, value, nowMs) => {
      if (value !== on && value !== off) return false
      setEnabled(olt, onu, value === on, nowMs)
      return true
    }),
  reboot: (trigger: number): CellSetter =>
    number((onu, value, nowMs) => {
      if (value !== trigger) return false
      rebootOnu(olt, onu, nowMs)
      return true
    }),
  /** RFC 2579 RowStatus: `destroy` takes the ONU away. */
  rowStatus: number((onu, value, nowMs) => {
    if (value !== 6) return false
    remove(olt, onu, nowMs)
    return true
  }),
  name: text(64, (onu, name, nowMs) => changeSettings(olt, onu, { name }, nowMs)),
  description: text(128, (onu, description, nowMs) =>
    changeSettings(olt, onu, { description }, nowMs),
  ),
  /** Of the whole OLT: its row is none. */
  save: number((_item, value) => {
    if (value !== 1) return false
    saveConfig(olt)
    return true
  }),
})
