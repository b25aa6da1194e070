import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { NocturneError } from '../../../src-shared/errors.ts'

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

/**
 * A UDP socket connected to the OLT.
 * SECURITY: the kernel of a connected socket drops datagrams of every other address and port, so a
 * reply cannot come from anyone but the OLT (facts/performance.md 1.4). It also reports a closed
 * port at once instead of after all timeouts.
 *
 * Errors: `olt-host-unresolvable`.
 */
export const openUdpTransport: OpenTransport = async ({ host, port }, listener) => {
  const { address, family } = await resolve(host)
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
    throw new NocturneError('olt-no-answer', { host, port }, { cause: error })
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

const resolve = async (host: string): Promise<{ address: string; family: number }> => {
  try {
    return await lookup(host)
  } catch (error) {
    throw new NocturneError('olt-host-unresolvable', { host }, { cause: error })
  }
}
