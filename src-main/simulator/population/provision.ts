import { cause } from './down-causes.ts'
import { familyTraits } from './family-traits.ts'
import { findServiceIndex, settingsOf } from './olt-config.ts'
import { addInterval, type Interval, type OltModel, type UnconfiguredOnu } from './olt-model.ts'
import { bootMs } from './onu-life.ts'
import { blankSettings, type OnuSettings } from './onu-settings.ts'
import { isOnline } from './onu-readings.ts'
import { addOnu, addUnconfigured } from './populate.ts'

/**
 * What operators do to the ONUs of an OLT, by its CLI or by SNMP: one state behind both. A row of the
 * table is a modem; what is configured and what is plugged in meet here.
 */

export interface Serial {
  readonly vendor: number
  readonly number: number
}

export const findOnu = (olt: OltModel, pon: number, onuId: number): number | undefined => {
  const { onus } = olt
  for (let onu = 0; onu < onus.count; onu++) {
    if (onus.present[onu] === 1 && onus.pon[onu] === pon && onus.onuId[onu] === onuId) return onu
  }
  return undefined
}

/** Where a serial stands configured; the first place, should there be two. */
export const findSerial = (olt: OltModel, serial: Serial): number | undefined => {
  const { onus } = olt
  for (let onu = 0; onu < onus.count; onu++) {
    if (onus.present[onu] !== 1) continue
    if (onus.serialVendor[onu] === serial.vendor && onus.serialNumber[onu] === serial.number) {
      return onu
    }
  }
  return undefined
}

/** The configured ONUs of a PON, by ONU number. */
export const onusOfPon = (olt: OltModel, pon: number): number[] => {
  const { onus } = olt
  const list: number[] = []
  for (let onu = 0; onu < onus.count; onu++) {
    if (onus.present[onu] === 1 && onus.pon[onu] === pon) list.push(onu)
  }
  return list.toSorted((a, b) => (onus.onuId[a] as number) - (onus.onuId[b] as number))
}

/** The lowest ONU number of a PON that is free; undefined: it is full. */
export const freeOnuId = (
  olt: OltModel,
  pon: number,
  first: number,
  last: number,
): number | undefined => {
  const taken = new Set(onusOfPon(olt, pon).map((onu) => olt.onus.onuId[onu]))
  for (let id = first; id <= last; id++) if (!taken.has(id)) return id
  return undefined
}

const isDark = (why: number): boolean =>
  why !== cause.none && why !== cause.rebooted && why !== cause.deactivated

/** Whether the OLT hears an unconfigured ONU now: it has power and light. */
export const isHeard = (olt: OltModel, found: UnconfiguredOnu, nowMs: number): boolean => {
  // one that boots is heard soon enough: only what has neither power nor light is not
  if (found.row !== null) {
    return isOnline(olt, found.row, nowMs) || !isDark(olt.onus.cause[found.row] as number)
  }
  const cuts = olt.pons[found.pon]?.cuts ?? []
  return !cuts.some((cut) => cut.beyondM === 0 && nowMs >= cut.startMs && nowMs < cut.endMs)
}

/** Unconfigured ONUs that it hears. */
export const heardOnus = (olt: OltModel, nowMs: number): UnconfiguredOnu[] =>
  olt.unconfigured.filter((found) => isHeard(olt, found, nowMs))

export const isDisabled = (olt: OltModel, onu: number, nowMs: number): boolean =>
  olt.ownIntervals.get(onu)?.some((one) => isSwitchedOff(one, nowMs)) ?? false

const isSwitchedOff = (one: Interval, nowMs: number): boolean =>
  one.cause === cause.deactivated &&
  one.startMs <= nowMs &&
  one.endMs > nowMs &&
  !(one.liftedMs !== undefined && one.liftedMs <= nowMs)

/** Keeps what an ONU was at the last save, before it is changed. */
const remember = (olt: OltModel, onu: number, nowMs: number, isNew = false): void => {
  const { config, onus } = olt
  config.unsaved = true
  if (config.saved.has(onu)) return
  const present = !isNew && onus.present[onu] === 1
  config.saved.set(onu, {
    present,
    pon: onus.pon[onu] as number,
    onuId: onus.onuId[onu] as number,
    vendor: onus.serialVendor[onu] as number,
    number: onus.serialNumber[onu] as number,
    settings: present ? settingsOf(olt, onu) : null,
    disabled: present && isDisabled(olt, onu, nowMs),
  })
}

/** Configures a serial at a PON and gives its row. It comes up if it is plugged in there. */
export const authorise = (
  olt: OltModel,
  where: { readonly pon: number; readonly onuId: number },
  serial: Serial,
  settings: Partial<OnuSettings>,
  nowMs: number,
): number => {
  const { config, onus } = olt
  const at = olt.unconfigured.findIndex(
    (one) => one.pon === where.pon && one.vendor === serial.vendor && one.number === serial.number,
  )
  const found = olt.unconfigured[at]
  const used = found?.row ?? (found === undefined ? config.freeRows.pop() : undefined)
  const onu = used ?? addOnu(olt, where.pon, where.onuId)
  remember(olt, onu, nowMs, true)
  onus.present[onu] = 1
  onus.pon[onu] = where.pon
  onus.onuId[onu] = where.onuId
  onus.serialVendor[onu] = serial.vendor
  onus.serialNumber[onu] = serial.number
  if (found === undefined) {
    olt.ownIntervals.delete(onu)
    onus.upSinceMs[onu] = Number.POSITIVE_INFINITY
    pull(olt, onu, nowMs, cause.none)
  } else {
    olt.unconfigured.splice(at, 1)
    if (found.row === null) onus.model[onu] = Math.max(0, olt.models.indexOf(found.model))
    comeUp(olt, onu, nowMs)
  }
  config.settings.set(onu, { ...blankSettings, ...settings })
  noteIndexes(olt, onu)
  onus.invalidate(onu)
  olt.onRowsChanged()
  return onu
}

const pull = (olt: OltModel, onu: number, nowMs: number, why: Interval['cause']): void => {
  const gone: Interval = { startMs: nowMs, endMs: Number.POSITIVE_INFINITY, cause: why }
  olt.config.pulled.set(onu, gone)
  addInterval(olt, onu, gone)
}

const comeUp = (olt: OltModel, onu: number, nowMs: number): void => {
  const upMs = nowMs + bootMs(olt, onu)
  olt.onus.upSinceMs[onu] = upMs
  addInterval(olt, onu, { startMs: nowMs, endMs: upMs, cause: cause.none })
}

/** Takes an ONU out of the configuration. If it is plugged in, it is there to be found again. */
export const remove = (olt: OltModel, onu: number, nowMs: number): void => {
  remember(olt, onu, nowMs)
  const { config, onus } = olt
  onus.present[onu] = 0
  config.settings.delete(onu)
  for (const one of olt.ownIntervals.get(onu) ?? []) {
    if (one.cause === cause.deactivated) one.endMs = Math.min(one.endMs, nowMs)
  }
  onus.invalidate(onu)
  if (config.pulled.delete(onu)) config.freeRows.push(onu)
  else {
    const model = olt.models[onus.model[onu] as number] ?? olt.models[0]
    if (model !== undefined) {
      olt.unconfigured.push({
        pon: onus.pon[onu] as number,
        vendor: onus.serialVendor[onu] as number,
        number: onus.serialNumber[onu] as number,
        model,
        seenAtMs: nowMs,
        row: onu,
      })
    }
  }
  olt.onRowsChanged()
}

/** Another modem in the same place: gives the row of the new one. */
export const replaceSerial = (
  olt: OltModel,
  onu: number,
  serial: Serial,
  nowMs: number,
): number => {
  const settings = settingsOf(olt, onu)
  const disabled = isDisabled(olt, onu, nowMs)
  const where = { pon: olt.onus.pon[onu] as number, onuId: olt.onus.onuId[onu] as number }
  remove(olt, onu, nowMs)
  const fresh = authorise(olt, where, serial, settings, nowMs)
  if (disabled) setEnabled(olt, fresh, false, nowMs)
  return fresh
}

export const changeSettings = (
  olt: OltModel,
  onu: number,
  patch: Partial<OnuSettings>,
  nowMs: number,
): void => {
  remember(olt, onu, nowMs)
  olt.config.settings.set(onu, { ...settingsOf(olt, onu), ...patch })
  if (patch.services !== undefined) noteIndexes(olt, onu)
}

const noteIndexes = (olt: OltModel, onu: number): void => {
  if (!familyTraits[olt.scenario.family].numbered) return
  for (const { index } of settingsOf(olt, onu).services) {
    if (findServiceIndex(olt, index)?.onu !== onu) olt.config.indexes.set(index, onu)
  }
}

/** Takes a service port away by its number (Huawei); false: there is none. */
export const removeService = (olt: OltModel, index: number, nowMs: number): boolean => {
  const found = findServiceIndex(olt, index)
  if (found === null) return false
  const services = settingsOf(olt, found.onu).services.filter((one) => one.index !== index)
  changeSettings(olt, found.onu, { services }, nowMs)
  olt.config.indexes.delete(index)
  olt.config.nextIndex = Math.min(olt.config.nextIndex, index)
  return true
}

/** Switches an ONU off or on; what is as wished stays as it is. */
export const setEnabled = (olt: OltModel, onu: number, on: boolean, nowMs: number): void => {
  if (isDisabled(olt, onu, nowMs) !== on) return
  remember(olt, onu, nowMs)
  if (!on) {
    addInterval(olt, onu, {
      startMs: nowMs,
      endMs: Number.POSITIVE_INFINITY,
      cause: cause.deactivated,
    })
    return
  }
  for (const one of olt.ownIntervals.get(onu) ?? []) {
    if (!isSwitchedOff(one, nowMs)) continue
    one.liftedMs = nowMs
    one.endMs = nowMs + bootMs(olt, onu)
  }
  olt.onus.invalidate(onu)
}

export const rebootOnu = (olt: OltModel, onu: number, nowMs: number): void =>
  addInterval(olt, onu, {
    startMs: nowMs,
    endMs: nowMs + bootMs(olt, onu),
    cause: cause.rebooted,
  })

/** Writes what runs to what is started with. */
export const saveConfig = (olt: OltModel): void => {
  olt.config.saved.clear()
  olt.config.unsaved = false
}

/** What has not been saved is lost: everything is again as it was at the last save. */
export const loseUnsaved = (olt: OltModel, nowMs: number): void => {
  const saved = [...olt.config.saved]
  for (const [onu] of saved) if (olt.onus.present[onu] === 1) remove(olt, onu, nowMs)
  for (const [, was] of saved) {
    if (!was.present || was.settings === null) continue
    const onu = authorise(olt, was, was, was.settings, nowMs)
    if (was.disabled) setEnabled(olt, onu, false, nowMs)
  }
  saveConfig(olt)
}

/** Pulls a modem out, wherever it is; false: no modem with this serial is anywhere. */
export const unplug = (olt: OltModel, serial: Serial, nowMs: number): boolean => {
  const before = olt.unconfigured.length
  olt.unconfigured = olt.unconfigured.filter(
    (one) => one.vendor !== serial.vendor || one.number !== serial.number,
  )
  const onu = findSerial(olt, serial)
  const isThere = onu !== undefined && !olt.config.pulled.has(onu)
  if (isThere) pull(olt, onu, nowMs, cause.losi)
  if (before !== olt.unconfigured.length) olt.onRowsChanged()
  return isThere || before !== olt.unconfigured.length
}

/** Plugs a modem in at a PON, out of wherever it was: up where it is configured, else found. */
export const plug = (olt: OltModel, pon: number, serial: Serial, text: string, nowMs: number) => {
  unplug(olt, serial, nowMs)
  const { onus, config } = olt
  for (const [onu, gone] of config.pulled) {
    const fits =
      onus.present[onu] === 1 &&
      onus.pon[onu] === pon &&
      onus.serialVendor[onu] === serial.vendor &&
      onus.serialNumber[onu] === serial.number
    if (!fits) continue
    config.pulled.delete(onu)
    gone.endMs = nowMs + bootMs(olt, onu)
    if ((onus.upSinceMs[onu] as number) === Number.POSITIVE_INFINITY) {
      onus.upSinceMs[onu] = gone.endMs
    }
    onus.invalidate(onu)
    return
  }
  addUnconfigured(olt, pon, nowMs, text)
  olt.onRowsChanged()
}
