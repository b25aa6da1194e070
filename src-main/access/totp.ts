import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/**
 * Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, six digits, thirty seconds, which is
 * what every app understands, and a key of 160 bits.
 */
const algorithm = 'SHA1'
const digits = 6
const period = 30
/** One step either way: for a clock that is a little off. */
const window = 1
export const totpKeyBytes = 20

/** The caller wipes it. */
export const newTotpKey = (): Buffer => randomBytes(totpKeyBytes)

const secretOf = (key: Uint8Array): Secret =>
  new Secret({ buffer: Uint8Array.from(key).buffer as ArrayBuffer })

/** What the app reads: an `otpauth:` address. A secret. */
export const totpUri = (key: Uint8Array, label: string): string =>
  new TOTP({
    issuer: 'Nocturne',
    label,
    algorithm,
    digits,
    period,
    secret: secretOf(key),
  }).toString()

/** The same key to type by hand, in groups of four. A secret. */
export const totpKeyText = (key: Uint8Array): string =>
  secretOf(key)
    .base32.match(/.{1,4}/g)
    ?.join(' ') ?? ''

/** The step at which the code holds, or null. `now`: wall ms. A step serves once: the caller's part. */
export const totpStepOf = (key: Uint8Array, code: string, now: number): number | null => {
  const token = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = TOTP.validate({
    token,
    secret: secretOf(key),
    algorithm,
    digits,
    period,
    timestamp: now,
    window,
  })
  return delta === null ? null : TOTP.counter({ period, timestamp: now }) + delta
}
