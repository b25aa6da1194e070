import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

export interface TftpReceiver {
  readonly port: number
  /** Files by the name they were sent under, as far as they have come. */
  readonly files: () => ReadonlyMap<string, string>
}

/** Whoever waits for files on loopback (RFC 1350), as the machine beside an OLT does. */
export const startTftpReceiver = async (
  options: { readonly refuses?: boolean } = {},
): Promise<TftpReceiver> => {
  const blocks = new Map<string, Buffer[]>()
  const sender = new Map<number, Buffer[]>()
  const server = createSocket('udp4')
  onTestFinished(() => void server.close())
  server.on('message', (datagram, from) => {
    const kind = datagram.readUInt16BE(0)
    if (options.refuses === true) {
      server.send(Buffer.from('\0\x05\0\x02no\0', 'latin1'), from.port, from.address)
      return
    }
    const number = kind === 2 ? 0 : datagram.readUInt16BE(2)
    if (kind === 2) {
      const parts: Buffer[] = []
      sender.set(from.port, parts)
      blocks.set(datagram.toString('latin1', 2).split('\0')[0] ?? '', parts)
    }
    if (kind === 3) {
      const parts = sender.get(from.port)
      if (parts !== undefined) parts[number - 1] = datagram.subarray(4)
    }
    server.send(Buffer.from([0, 4, number >> 8, number & 255]), from.port, from.address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  return {
    port: server.address().port,
    files: () =>
      new Map([...blocks].map(([name, parts]) => [name, Buffer.concat(parts).toString('latin1')])),
  }
}
