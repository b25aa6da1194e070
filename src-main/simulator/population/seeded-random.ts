/**
 * Randomness as a function: the same seed and keys give the same number for ever, so a value at any
 * moment is computed when it is asked for and nothing has to tick.
 */

/** Finaliser of MurmurHash3 (public domain): a bijection on 32-bit integers. */
export const mix32 = (value: number): number => {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 32 random bits from a seed and up to three keys. */
export const hash32 = (seed: number, a: number, b = 0, c = 0): number =>
  mix32(mix32(mix32(mix32(seed) + a) ^ Math.imul(b, 0x9e3779b1)) + Math.imul(c, 0x7feb352d))

/** A number in [0, 1). */
export const unit = (seed: number, a: number, b = 0, c = 0): number =>
  hash32(seed, a, b, c) / 0x1_0000_0000

export const between = (low: number, high: number, fraction: number): number =>
  low + (high - low) * fraction

/** Roughly normal with mean 0 and deviation 1, within ±3.5: the sum of four uniform numbers. */
export const normal = (seed: number, a: number, b = 0): number => {
  let sum = 0
  for (let i = 0; i < 4; i++) sum += unit(seed, a, b, i + 101)
  return (sum - 2) * 1.732
}

/** 32 stable bits of a text, to derive a seed from a name. */
export const hashText = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix32(h)
}
