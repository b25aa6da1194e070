import type { UnconfiguredOnu } from '../../../src-shared/contract/network-model.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'

/** `0/1/3`; null: the OLT does not say where it saw the ONU. */
export const ponText = ({ shelf, slot, port }: UnconfiguredOnu): string | null =>
  shelf === null || slot === null || port === null ? null : formatPon({ shelf, slot, port })

/** Every word occurs in what the row says. */
export const fitsUnconfigured = (onu: UnconfiguredOnu, text: string): boolean => {
  const all = [onu.serial, onu.model, onu.firmware, onu.oltName, ponText(onu)]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
