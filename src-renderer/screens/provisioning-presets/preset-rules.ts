import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { parsePon } from '../provisioning-form/parse-pon.ts'

/** Order and conditions of presets: what a page needs of them, without a page. */

/** With the one at `from` standing at `to`. */
export const movedTo = <Item>(
  items: readonly Item[],
  from: number,
  to: number,
): readonly Item[] => {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length || from === to) return items
  return items.toSpliced(from, 1).toSpliced(to, 0, item)
}

/** `1, 2 4` → [1, 2, 4]; null: something in it is no slot. */
export const parseSlots = (text: string): readonly number[] | null => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const slots = words.map((word) => (/^\d{1,2}$/.test(word) ? Number(word) : Number.NaN))
  return slots.every((slot) => slot >= 0 && slot <= 63) && slots.length <= 64
    ? [...new Set(slots)]
    : null
}

/** `0/1/3, 0/1/4`; null: something in it is no PON port. */
export const parsePons = (text: string): readonly PonAddress[] | null => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const pons = words.map(parsePon)
  return pons.every((pon) => pon !== null) ? pons : null
}

export const ponsText = (pons: readonly PonAddress[]): string => pons.map(formatPon).join(', ')

/** The same letters as the contract's. */
export const isSerialPattern = (text: string): boolean => /^[A-Za-z0-9*?]{0,32}$/.test(text)
export const isModelPattern = (text: string): boolean => /^[\p{L}\p{N}_. +*?/-]{0,64}$/u.test(text)

/** It takes whatever shows up. */
export const isForAll = ({ when }: Pick<Preset, 'when'>): boolean =>
  when.oltIds.length + when.slots.length + when.pons.length === 0 &&
  when.serialPattern === '' &&
  when.model === ''

/** Those that never get a turn: one before them takes everything. */
export const shadowed = (presets: readonly Preset[]): ReadonlySet<string> => {
  const first = presets.findIndex((preset) => preset.enabled && isForAll(preset))
  return new Set(first < 0 ? [] : presets.slice(first + 1).map(({ id }) => id))
}
