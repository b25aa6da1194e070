/** The fewest characters the console accepts in the form; the engine has the last word. */
export const shortestPassword = 8

export type Strength = 0 | 1 | 2 | 3 | 4

/**
 * A hint, not a judge: an estimate of the bits from length and kinds of characters, with repeated
 * characters and plain runs ("1234", "abcd") counted once. 4: above 70 bits.
 */
export const passwordStrength = (password: string): Strength => {
  const telling = [...password].filter((sign, index, all) => {
    const before = all[index - 1]
    if (before === undefined) return true
    const step = sign.codePointAt(0)! - before.codePointAt(0)!
    return Math.abs(step) > 1
  })
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password))
  const perSign = [0, 3.2, 3.9, 4.4, 4.8][kinds.length]!
  const bits = telling.length * perSign
  if (password.length < shortestPassword || bits < 28) return 0
  if (bits < 38) return 1
  if (bits < 50) return 2
  return bits < 70 ? 3 : 4
}
