import { hash, verify } from '@node-rs/argon2'
import bcrypt from 'bcryptjs'

/**
 * argon2id at or above OWASP's parameters (Password Storage Cheat Sheet: m=19 MiB, t=2, p=1).
 * The numeric 2 is the package's `Algorithm.Argon2id`; its const enum cannot be imported under
 * isolated modules.
 */
const parameters = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const

/** Returns the PHC string, which carries salt and parameters. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFKC'), parameters)

/**
 * Null, a hash that nothing opens: takes as long and is false. bcrypt is for imported hashes alone;
 * it sees the first 72 bytes of what was typed, as the system did that made them, and those made
 * them of what was typed, not of its normal form.
 */
export const verifyPassword = async (hashed: string | null, password: string): Promise<boolean> => {
  if (hashed === null) return verifyDecoy(password)
  try {
    if (!isBcrypt(hashed)) return await verify(hashed, password.normalize('NFKC'))
    // Beside a decoy, so that an imported hash is no quicker than the others.
    const [isRight] = await Promise.all([bcrypt.compare(password, hashed), verifyDecoy(password)])
    return isRight
  } catch {
    return false
  }
}

const isBcrypt = (hashed: string): boolean => /^\$2[aby]\$/.test(hashed)

/**
 * Whether a hash that was just verified should be replaced: it is bcrypt, or argon2id with less
 * than today's parameters. A password that just fitted gets the new hash at its next sign-in.
 */
export const needsRehash = (hashed: string): boolean => {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hashed)
  if (found === null) return true
  const [memory, time, lanes] = found.slice(1).map(Number)
  return (
    (memory ?? 0) < parameters.memoryCost ||
    (time ?? 0) < parameters.timeCost ||
    (lanes ?? 0) < parameters.parallelism
  )
}

/** A hash of nothing anyone knows: verified where no account exists, so that both take as long. */
let decoy: Promise<string> | null = null
export const verifyDecoy = async (password: string): Promise<false> => {
  decoy ??= hashPassword(crypto.randomUUID())
  await verifyPassword(await decoy, password)
  return false
}
