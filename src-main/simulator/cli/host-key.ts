import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'

/** RFC 8410: an Ed25519 private key of 32 octets in DER. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const text = (value: string | Uint8Array): Buffer => {
  const octets = Buffer.from(value as Uint8Array)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(octets.length)
  return Buffer.concat([length, octets])
}

const number = (value: number): Buffer => {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(value)
  return octets
}

/**
 * The host key of an OLT, the same at every start: Ed25519 of a seed, in OpenSSH's format
 * (openssh-key-v1, PROTOCOL.key), without passphrase.
 */
export const hostKeyOf = (seed: string): { readonly pem: string; readonly sha256: string } => {
  const secret = createHash('sha256').update(`simulated host key ${seed}`).digest()
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Head, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const open = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const blob = Buffer.concat([text('ssh-ed25519'), text(open)])
  const check = number(secret.readUInt32BE())
  const inner = Buffer.concat([check, check, blob, text(Buffer.concat([secret, open])), text('')])
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, n) => n + 1))
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'),
    text('none'),
    text('none'),
    text(''),
    number(1),
    text(blob),
    text(Buffer.concat([inner, padding])),
  ])
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? []
  return {
    pem: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    sha256: createHash('sha256').update(blob).digest('base64').replace(/=+$/, ''),
  }
}
