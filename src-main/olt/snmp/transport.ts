import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'

/** Datagrams to and from one address and port, and from nowhere else. */
export interface DatagramTransport {
  readonly send: (datagram: Buffer, onSent: (error: Error | null) => void) => void
  readonly close: () => void
}

export interface TransportListener {
  readonly onDatagram: (datagram: Buffer) => void
  /** The socket failed or the host answered that nobody listens there; the transport stays open. */
  readonly onError: (error: Error) => void
}

export type OpenTransport = (
  target: { readonly host: string; readonly port: number },
  listener: TransportListener,
) => Promise<DatagramTransport>

/** What the system says when it is our own network that does not carry a datagram. */
const routeFaults: ReadonlySet<unknown> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  // Our own address has gone, with the network that it belonged to.
  'EADDRNOTAVAIL',
])

/** The code for an error of a socket: who is to blame decides how soon it is tried again. */
export const faultOf = (error: Error): ErrorCode => {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNREFUSED') return 'olt-port-closed'
  return routeFaults.has(code) ? 'olt-no-route' : 'olt-no-answer'
}

type Lookup = (host: string) => Promise<{ readonly address: string; readonly family: number }>

const lookupLimitMs = 10_000

/**
 * A UDP socket connected to the OLT; its name is looked up anew for each socket, as an address may
 * change.
 * SECURITY: the kernel of a connected socket drops datagrams of every other address and port, so a
 * reply cannot come from anyone but the OLT (facts/performance.md 1.4). It also reports a closed
 * port at once instead of after all timeouts.
 *
 * Errors: `olt-host-unresolvable`, `olt-no-route`, `olt-no-answer`.
 */
export const createUdpTransport =
  (lookUp: Lookup = lookup): OpenTransport =>
  async ({ host, port }, listener) => {
    const { address, family } = await resolve(host, lookUp)
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      // A full bulk answer of several OLTs may arrive while the loop is busy elsewhere.
      recvBufferSize: 1 << 20,
    })
    await new Promise<void>((connected, failed) => {
      socket.once('error', failed)
      socket.connect(port, address, () => {
        socket.off('error', failed)
        connected()
      })
    }).catch((error: unknown) => {
      socket.close()
      const code = error instanceof Error ? faultOf(error) : 'olt-no-answer'
      throw new NocturneError(code, { host, port }, { cause: error })
    })
    socket.on('message', (datagram) => listener.onDatagram(datagram))
    socket.on('error', (error) => listener.onError(error))

    let open = true
    return {
      send: (datagram, onSent) => {
        if (open) socket.send(datagram, onSent)
      },
      close: () => {
        if (!open) return
        open = false
        socket.close()
      },
    }
  }

export const openUdpTransport: OpenTransport = createUdpTransport()

const resolve = async (host: string, lookUp: Lookup): ReturnType<Lookup> => {
  let stopTimer = (): void => undefined
  const late = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no name server answers')), lookupLimitMs)
    stopTimer = () => clearTimeout(timer)
  })
  try {
    return await Promise.race([lookUp(host), late])
  } catch (error) {
    throw new NocturneError('olt-host-unresolvable', { host }, { cause: error })
  } finally {
    stopTimer()
  }
}
