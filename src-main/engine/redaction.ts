/**
 * Redaction at the sink: whatever a caller hands to the log, no secret reaches the file. Three
 * nets: keys that name a secret, live secrets that the engine has registered, and serial numbers
 * (kept to their last four characters).
 */

const secretKey =
  /pass(word|phrase)?|community|secret|token|key$|^key|auth|credential|cookie|otp|pin$/i

const serialKey = /serial|^sn$/i

const hidden = '‹hidden›'

export interface Redactor {
  /** From now on this text (at least 3 characters) never appears in a line. */
  hide(secret: string | Buffer): void
  /** A value safe to serialise: secrets by key name are gone, cycles and depth are cut. */
  value(value: unknown): unknown
  /** The last net: a finished line without any registered secret. */
  line(line: string): string
}

export const createRedactor = (): Redactor => {
  const secrets = new Set<string>()

  const text = (input: string): string => {
    let output = input
    for (const secret of secrets) {
      if (output.includes(secret)) output = output.replaceAll(secret, hidden)
    }
    return output
  }

  const walk = (value: unknown, key: string, depth: number, seen: Set<object>): unknown => {
    if (value === null || value === undefined) return value
    if (secretKey.test(key) && typeof value !== 'boolean') return hidden
    if (typeof value === 'string') {
      return text(serialKey.test(key) ? lastFour(value) : value)
    }
    if (typeof value === 'bigint') return value.toString()
    if (typeof value !== 'object') return typeof value === 'function' ? '‹function›' : value
    // SECURITY: bytes may be a key or a community; a log never needs them.
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '‹bytes›'
    if (depth > 6 || seen.has(value)) return '‹cut›'
    seen.add(value)
    if (value instanceof Error) {
      return {
        name: value.name,
        message: text(value.message),
        stack: text(value.stack ?? ''),
        ...(walk({ ...value }, '', depth + 1, seen) as object),
        ...(value.cause === undefined ? {} : { cause: walk(value.cause, '', depth + 1, seen) }),
      }
    }
    if (Array.isArray(value)) {
      return value.slice(0, 50).map((item) => walk(item, key, depth + 1, seen))
    }
    if (value instanceof Map || value instanceof Set) return '‹collection›'
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [text(name), walk(item, name, depth + 1, seen)]),
    )
  }

  return {
    hide(secret) {
      const plain = typeof secret === 'string' ? secret : secret.toString('utf8')
      if (plain.length < 3) return
      secrets.add(plain)
      // The line is JSON: a secret with a quote or a backslash stands there in its escaped form.
      const escaped = JSON.stringify(plain).slice(1, -1)
      if (escaped !== plain) secrets.add(escaped)
    },
    value: (value) => walk(value, '', 0, new Set()),
    line: text,
  }
}

const lastFour = (serial: string): string => (serial.length <= 4 ? serial : `…${serial.slice(-4)}`)
