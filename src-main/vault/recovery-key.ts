import { createHash, randomBytes } from 'node:crypto'

/**
 * A key for paper: 160 random bits and 20 bits of their checksum, as nine groups of four letters
 * and figures (Crockford's base 32: no I, L, O, U). What is typed may be in any case, with or
 * without the dashes, with O for 0 and I or L for 1.
 */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBytes = 20
const secretLetters = 32
const checkLetters = 4

/** The caller wipes `secret`. */
export const makeRecoveryKey = (): { readonly secret: Buffer; readonly text: string } => {
  const secret = Buffer.allocUnsafeSlow(secretBytes)
  const random = randomBytes(secretBytes)
  random.copy(secret)
  random.fill(0)
  return { secret, text: recoveryKeyText(secret) }
}

const recoveryKeyText = (secret: Uint8Array): string => {
  const plain = `${lettersOf(secret).slice(0, secretLetters)}${checkOf(secret)}`
  return plain.match(/.{4}/gu)?.join('-') ?? ''
}

/** Null: it is no recovery key, or one that was mistyped. The caller wipes what it gets. */
export const readRecoveryKey = (typed: string): Buffer | null => {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1')
  if (plain.length !== secretLetters + checkLetters) return null
  const values = Array.from(plain, (letter) => letters.indexOf(letter))
  if (values.includes(-1)) return null
  const secret = Buffer.allocUnsafeSlow(secretBytes)
  let bits = 0
  let held = 0
  let at = 0
  for (const value of values.slice(0, secretLetters)) {
    held = (held << 5) | value
    bits += 5
    if (bits < 8) continue
    bits -= 8
    secret[at] = (held >> bits) & 0xff
    held &= (1 << bits) - 1
    at += 1
  }
  if (checkOf(secret) === plain.slice(secretLetters)) return secret
  secret.fill(0)
  return null
}

const lettersOf = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return text
}

const checkOf = (secret: Uint8Array): string =>
  lettersOf(createHash('sha256').update('nocturne-recovery-key-1\n').update(secret).digest()).slice(
    0,
    checkLetters,
  )
