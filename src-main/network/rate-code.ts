/**
 * kbit/s in 16 bits for the history in memory: logarithmic, exact to 0.03 %. 0: no value.
 */
const top = Math.log1p(12_000_000)

export const encodeRate = (kbps: number): number =>
  Number.isNaN(kbps)
    ? 0
    : 1 + Math.round((Math.log1p(Math.max(0, Math.min(kbps, 12_000_000))) / top) * 65_534)

export const decodeRate = (code: number): number =>
  code === 0 ? NaN : Math.expm1(((code - 1) / 65_534) * top)
