import { isValidOnuAddress, type PonAddress } from '../../../src-shared/domain/onu-address.ts'

/** `0/1/3` (or with dashes) as a person types it; null: no PON port. */
export const parsePon = (text: string): PonAddress | null => {
  const match = /^\s*(\d{1,3})[/-](\d{1,3})[/-](\d{1,3})\s*$/.exec(text)
  if (match === null) return null
  const pon = { shelf: Number(match[1]), slot: Number(match[2]), port: Number(match[3]) }
  return isValidOnuAddress({ ...pon, onuId: 0 }) ? pon : null
}
