import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { NocturneError } from '../../src-shared/errors.ts'

/**
 * Whether a password will do. No composition rules and no forced change (OWASP Authentication Cheat
 * Sheet; NIST SP 800-63B 5.1.1.2): a length, a list of the common ones, an estimate of the guesses.
 *
 * OWASP asks for 15 characters where there is no second factor and 8 where there is one. Ours is 10
 * for both, and an estimate of at least 10^8 guesses (score 3): "aaaaaaaaaaaaaaa" has 15 characters
 * and falls at once, and who chooses a password does not know yet whether his role will ask for a
 * second factor. Behind argon2id with 64 MiB and a growing delay at sign-in, 10^8 guesses are years.
 */
export const minPasswordLength = 10

const minScore = 3

/**
 * The estimate looks at so many characters: its time grows faster than their number, and whoever
 * has not made a password hard to guess within 64 gets no more from what follows.
 */
const estimatedCharacters = 64

/** A word of the list that is tried first, and makes up most of the password, makes it common. */
const triedFirst = 5_000

interface Strength {
  /** 0 (guessed at once) to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly why: 'too-short' | 'common' | 'too-simple' | 'has-name' | null
}

/** The lists are a megabyte: read when the first password is chosen, not at every start. */
let estimator: Promise<ZxcvbnFactory> | null = null
const loadEstimator = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, ours: ['nocturne', 'indihome', 'kata sandi', 'katasandi'] },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: 20,
  })
}

const plainOf = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en')

/**
 * `names`: what others know of the person: his name, the name he signs in with. An empty one counts
 * for nothing.
 */
export const strengthOf = async (password: string, names: readonly string[]): Promise<Strength> => {
  const typed = password.normalize('NFKC')
  estimator ??= loadEstimator()
  const parts = [...new Set(names.flatMap((name) => plainOf(name).split(/[\s@._-]+/)))].filter(
    (part) => part.length >= 3,
  )
  const { score, sequence } = (await estimator).check(typed.slice(0, estimatedCharacters), parts)
  if ([...typed].length < minPasswordLength) return { score, why: 'too-short' }
  if (hasName(plainOf(typed), names, parts)) return { score, why: 'has-name' }
  const common = sequence.some(
    (match) =>
      match['dictionaryName'] === 'passwords-common' &&
      Number(match['rank']) <= triedFirst &&
      match.token.length * 2 > typed.length,
  )
  if (common) return { score: score > 1 ? 1 : score, why: 'common' }
  return { score, why: score < minScore ? 'too-simple' : null }
}

/** The whole name or login in it; or a part of it, with too little beside. */
const hasName = (plain: string, names: readonly string[], parts: readonly string[]): boolean => {
  const bare = plain.replaceAll(/\s+/g, '')
  const whole = names
    .map((name) => plainOf(name).replaceAll(/\s+/g, ''))
    .filter((name) => name.length >= 3)
  if (whole.some((name) => name.length >= 6 && bare.includes(name))) return true
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), bare)
  return rest.length < bare.length && [...rest].length < minPasswordLength
}

/** Errors: `password-too-weak` with why it is. */
export const requireStrong = async (password: string, names: readonly string[]): Promise<void> => {
  const { why } = await strengthOf(password, names)
  if (why === null) return
  throw new NocturneError('password-too-weak', { what: 'password', min: minPasswordLength, why })
}
