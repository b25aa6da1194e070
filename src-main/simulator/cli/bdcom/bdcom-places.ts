import { bdcomOnuName, bdcomPonName } from '../../families/bdcom-chassis.ts'
import { clockText, macOctets } from '../../families/cell-writers.ts'
import { wallClock } from '../../families/onu-cells.ts'
import type { PonPort } from '../../population/olt-model.ts'
import { serialParts } from '../../population/populate.ts'
import { findOnu, type Serial } from '../../population/provision.ts'
import { type BoxSession, ponOfPort } from '../box-shell.ts'

/** What `EPON0/1`, `epon0/1:3` or `0/1:3` means; null: no such port. */
export interface BdcomPlace {
  readonly pon: number
  /** Null: the port itself. */
  readonly onuId: number | null
}

/** The word `epon` may stand apart: `interface epon 0/1:3`. */
export const placeOf = (session: BoxSession, text: string): BdcomPlace | null => {
  const found = /^(?:epon)?\s*0\/(\d+)(?::(\d+))?$/i.exec(text.trim())
  if (found === null) return null
  const pon = ponOfPort(session, Number(found[1]))
  if (pon === undefined) return null
  return { pon, onuId: found[2] === undefined ? null : Number(found[2]) }
}

export const onuAt = ({ olt }: BoxSession, { pon, onuId }: BdcomPlace): number | undefined =>
  onuId === null ? undefined : findOnu(olt.model, pon, onuId)

export const nameOfPon = ({ olt: { model } }: BoxSession, pon: number): string =>
  bdcomPonName(model.pons[pon] as PonPort)

export const nameOfOnu = ({ olt: { model } }: BoxSession, onu: number): string =>
  bdcomOnuName(model, onu)

/** `02bd.c012.3456`; null: not six octets. */
export const readMac = (text: string): Serial | null => {
  const hex = text.replaceAll(/[.:-]/g, '').toUpperCase()
  return /^[0-9A-F]{12}$/.test(hex) ? serialParts((hex.match(/../g) ?? []).join(':')) : null
}

export const showMac = (vendor: number, number: number): string => {
  const hex = Buffer.from(macOctets(vendor, number)).toString('hex')
  return (hex.match(/.{4}/g) ?? []).join('.')
}

export const macOfOnu = ({ olt: { model } }: BoxSession, onu: number): string =>
  showMac(model.onus.serialVendor[onu] as number, model.onus.serialNumber[onu] as number)

export const timeText = ({ olt: { model } }: BoxSession, ms: number | undefined): string =>
  ms === undefined || Number.isNaN(ms) ? 'N/A' : clockText(ms, wallClock(model))

/** `0  .00:39:31`: days, then the clock. */
export const spanText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const pair = (n: number): string => String(n).padStart(2, '0')
  const clock = [seconds / 3600, seconds / 60, seconds].map((n, at) =>
    pair(Math.floor(n) % (at === 0 ? 24 : 60)),
  )
  return `${String(Math.floor(seconds / 86_400)).padEnd(3)}.${clock.join(':')}`
}
