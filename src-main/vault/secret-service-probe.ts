import { connect } from 'node:net'
import { join } from 'node:path'
import { busAddressToPath, dbusCall, readDbusMessages } from './dbus-message.ts'

/**
 * Asks the session bus whether org.freedesktop.secrets is there and answers, in bounded time and
 * without libsecret: connect, authenticate as this user, Hello, Peer.Ping (D-Bus Specification,
 * sections on authentication and org.freedesktop.DBus.Peer). The bus starts the service if it
 * can be started.
 */
export type SecretServiceProbe =
  | { readonly reachable: true }
  | { readonly reachable: false; readonly why: string }

export interface SecretServiceProbeOptions {
  /** DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string | undefined
  /** XDG_RUNTIME_DIR, where the bus is when no address is given. */
  readonly runtimeDir: string | undefined
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

const helloSerial = 1
const pingSerial = 2

export const probeSecretService = (
  options: SecretServiceProbeOptions,
): Promise<SecretServiceProbe> => {
  const { address, runtimeDir, timeoutMs, signal } = options
  const fallback = runtimeDir === undefined ? undefined : `unix:path=${join(runtimeDir, 'bus')}`
  const path = busAddressToPath(address ?? fallback ?? '')
  if (path === null) return Promise.resolve({ reachable: false, why: 'no session bus' })

  return new Promise((resolve) => {
    const socket = connect({ path })
    const finish = (result: SecretServiceProbe) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
      resolve(result)
    }
    const fail = (why: string) => finish({ reachable: false, why })
    const onAbort = () => fail('cancelled')
    const timer = setTimeout(() => fail('the keychain does not answer'), timeoutMs)
    if (signal?.aborted === true) return fail('cancelled')
    signal?.addEventListener('abort', onAbort, { once: true })

    let received = Buffer.alloc(0)
    let authenticated = false
    socket.on('connect', () => {
      const uid = Buffer.from(String(process.getuid?.() ?? 0), 'latin1').toString('hex')
      socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
    })
    socket.on('error', () => fail('no session bus'))
    socket.on('close', () => fail('the session bus hung up'))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length > 1_048_576) return fail('the session bus talks nonsense')
      if (!authenticated) {
        const end = received.indexOf('\r\n')
        if (end < 0) return undefined
        if (!received.subarray(0, 3).equals(Buffer.from('OK '))) return fail('bus refuses us')
        received = received.subarray(end + 2)
        authenticated = true
        socket.write('BEGIN\r\n')
        socket.write(hello)
        socket.write(ping)
      }
      const { messages, rest } = readDbusMessages(received)
      received = Buffer.from(rest)
      for (const message of messages) {
        if (message.replySerial !== pingSerial) continue
        return message.type === 'return' ? finish({ reachable: true }) : fail('no secret service')
      }
      return undefined
    })
    return undefined
  })
}

const hello = dbusCall({
  serial: helloSerial,
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
})

const ping = dbusCall({
  serial: pingSerial,
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.DBus.Peer',
  member: 'Ping',
})
