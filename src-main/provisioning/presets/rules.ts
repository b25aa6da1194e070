import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { packOnuAddress, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { SavedOnu } from './preset-tables.ts'

/** An ONU that waits, as far as conditions look at it. */
export interface WaitingFacts {
  readonly oltId: string
  readonly pon: PonAddress | null
  readonly serial: string | null
  readonly model: string | null
}

/** `*`: any text, `?`: one character; empty: any. Upper and lower case are the same. */
export const fitsPattern = (pattern: string, text: string | null): boolean => {
  if (pattern === '') return true
  if (text === null) return false
  return wildcard(pattern.toUpperCase(), text.toUpperCase())
}

/** Walks both at once and comes back to the last `*`: linear in practice, never exponential. */
const wildcard = (pattern: string, text: string): boolean => {
  let at = 0
  let place = 0
  let star = -1
  let mark = 0
  while (place < text.length) {
    if (
      at < pattern.length &&
      pattern[at] !== '*' &&
      (pattern[at] === '?' || pattern[at] === text[place])
    ) {
      at++
      place++
    } else if (pattern[at] === '*') {
      star = at++
      mark = place
    } else if (star >= 0) {
      at = star + 1
      place = ++mark
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** The first from the top that is on and whose conditions all fit. */
export const presetFor = (presets: readonly Preset[], onu: WaitingFacts): Preset | null =>
  presets.find(({ enabled, when }) => enabled && fits(when, onu)) ?? null

const fits = (when: Preset['when'], { oltId, pon, serial, model }: WaitingFacts): boolean =>
  (when.oltIds.length === 0 || when.oltIds.includes(oltId)) &&
  (when.slots.length === 0 || (pon !== null && when.slots.includes(pon.slot))) &&
  (when.pons.length === 0 || (pon !== null && when.pons.some((one) => samePon(one, pon)))) &&
  fitsPattern(when.serialPattern, serial) &&
  fitsPattern(when.model, model)

/** What was announced of this serial, if it is for this place. */
export const savedFor = (saved: readonly SavedOnu[], onu: WaitingFacts): SavedOnu | null =>
  saved.find(
    (one) =>
      one.serial === onu.serial &&
      (one.oltId === null || one.oltId === onu.oltId) &&
      (one.pon === null || (onu.pon !== null && samePon(one.pon, onu.pon))),
  ) ?? null

export const samePon = (one: PonAddress, other: PonAddress): boolean =>
  packOnuAddress({ ...one, onuId: 0 }) === packOnuAddress({ ...other, onuId: 0 })
