import { createHmac, randomBytes } from 'node:crypto'

/** Ten codes that each stand in for the authenticator app once. */
export const recoveryCodeCount = 10
export const recoveryKeyBytes = 32

/** Without what is read for something else: 0 and O, 1, I and L. 31 letters, 10 of them: 49 bits. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 10

export const newRecoveryCodes = (): readonly string[] => {
  const codes = new Set<string>()
  while (codes.size < recoveryCodeCount) codes.add(newCode())
  return [...codes]
}

const newCode = (): string => {
  let code = ''
  while (code.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes that would make some letters likelier are thrown away.
      if (byte >= 256 - (256 % letters.length) || code.length === length) continue
      code += letters[byte % letters.length]
    }
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

/** Upper case, without blanks and dashes; null: it can be none. */
const plainCode = (typed: string): string | null => {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return plain.length === length ? plain : null
}

/** Keyed: without the key nobody finds a code by trying. Null: what was typed can be none. */
export const recoveryCodeHash = (key: Uint8Array, typed: string): Buffer | null => {
  const plain = plainCode(typed)
  return plain === null ? null : createHmac('sha256', key).update(plain).digest()
}
