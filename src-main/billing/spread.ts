import { allocateMinor, safeMinor, toMinor } from '../../src-shared/domain/money.ts'

/**
 * `total` over parts that may have either sign (charges and credits on one document), by their share
 * of the sum, none lost: the largest fractions get what rounding leaves. The spread of −total over
 * the negated parts is the same. Parts that add up to nothing share by size.
 */
export const spread = (total: number, parts: readonly number[]): readonly number[] => {
  if (parts.every((part) => part >= 0) || parts.every((part) => part <= 0))
    return allocateMinor(
      total,
      parts.map((part) => Math.abs(part)),
    )
  const sum = parts.reduce((all, part) => all + BigInt(safeMinor(part)), 0n)
  if (sum === 0n)
    return allocateMinor(
      total,
      parts.map((part) => Math.abs(part)),
    )
  const [whole, sign] = sum < 0n ? [-sum, -1n] : [sum, 1n]
  const amount = BigInt(total < 0 ? -total : total)
  const exact = parts.map((part, index) => {
    const numerator = amount * BigInt(part) * sign
    const share = floorDivide(numerator, whole)
    return { index, share, rest: numerator - share * whole }
  })
  let left = amount - exact.reduce((all, { share }) => all + share, 0n)
  const byRest = exact.toSorted((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )
  for (const part of byRest) {
    if (left === 0n) break
    part.share += 1n
    left -= 1n
  }
  return exact.map(({ share }) => toMinor(total < 0 ? -share : share))
}

const floorDivide = (numerator: bigint, denominator: bigint): bigint => {
  const share = numerator / denominator
  return numerator < 0n && share * denominator !== numerator ? share - 1n : share
}
