import { createHash } from 'node:crypto'

export interface CliHostKey {
  /** The type of the key as it names itself: `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256` … */
  readonly algorithm: string
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly fingerprint: string
}

/** What is remembered of the host key of one OLT. */
export interface HostKeyPins {
  /** Null: it has never shown one. */
  readonly pinned: () => CliHostKey | null
  /** At first use; the login goes on when this is done. */
  readonly pin: (key: CliHostKey) => Promise<void> | void
  /** It showed another one: refused, and kept for a person to look at. */
  readonly offered: (key: CliHostKey) => Promise<void> | void
}

/** From a public key as it goes over the wire (RFC 4253 6.6): its name stands first. */
export const hostKeyOf = (octets: Uint8Array): CliHostKey => {
  const key = Buffer.from(octets)
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  const name = length > 0 && length <= 64 ? key.subarray(4, 4 + length).toString('latin1') : ''
  const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '')
  return {
    algorithm: /^[a-z0-9@.-]+$/.test(name) ? name : 'unknown',
    fingerprint: `SHA256:${digest}`,
  }
}

/** True: go on. SECURITY: asked before anything of the login is sent. */
export const mayTrust = async (pins: HostKeyPins, key: CliHostKey): Promise<boolean> => {
  const pinned = pins.pinned()
  if (pinned === null) {
    await pins.pin(key)
    return true
  }
  if (pinned.fingerprint === key.fingerprint) return true
  await pins.offered(key)
  return false
}
