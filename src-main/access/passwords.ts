import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id at or above OWASP's parameters (Password Storage Cheat Sheet: m=19 MiB, t=2, p=1).
 * The numeric 2 is the package's `Algorithm.Argon2id`; its const enum cannot be imported under
 * isolated modules.
 */
const parameters = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const

/** Returns the PHC string, which carries salt and parameters. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFKC'), parameters)

export const verifyPassword = async (phc: string, password: string): Promise<boolean> => {
  try {
    return await verify(phc, password.normalize('NFKC'))
  } catch {
    return false
  }
}

/** A hash of nothing anyone knows: verified where no account exists, so that both take as long. */
let decoy: Promise<string> | null = null
export const verifyDecoy = async (password: string): Promise<false> => {
  decoy ??= hashPassword(crypto.randomUUID())
  await verifyPassword(await decoy, password)
  return false
}
