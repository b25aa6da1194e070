/**
 * Rates of roll-ups as whole numbers that grow with the rate: exact to 511, then eight binary digits
 * (0.2 % either way). Hourly rates need no more, and their last digits are noise that no codec
 * makes smaller. Unit: tenths of a kbit/s.
 */
const mantissaBits = 8
const exactBelow = 2 ** (mantissaBits + 1)
const unitsPerKbps = 10

export const encodeRate = (kbps: number): number => {
  const value = Math.max(0, Math.round(kbps * unitsPerKbps))
  if (value < exactBelow) return value
  let exponent = Math.floor(Math.log2(value)) - mantissaBits
  let mantissa = Math.round(value / 2 ** exponent)
  if (mantissa >= exactBelow) {
    exponent++
    mantissa = exactBelow / 2
  }
  return exponent * (exactBelow / 2) + mantissa
}

export const decodeRate = (code: number): number => {
  if (code < exactBelow) return code / unitsPerKbps
  const half = exactBelow / 2
  const exponent = Math.floor(code / half) - 1
  return ((code - exponent * half) * 2 ** exponent) / unitsPerKbps
}
