import { createSocket } from 'node:dgram'

/** RFC 1350. */
const code = { writeRequest: 2, data: 3, acknowledge: 4, error: 5 } as const
const blockOctets = 512
const triesMs = 1_000
const mostTries = 4

const head = (kind: number, block: number): Buffer => {
  const octets = Buffer.alloc(4)
  octets.writeUInt16BE(kind)
  octets.writeUInt16BE(block & 0xffff, 2)
  return octets
}

/** Sends a file by TFTP as an OLT does. Gives null, or why it failed. Never rejects. */
export const sendByTftp = (options: {
  readonly host: string
  readonly port: number
  readonly file: string
  readonly octets: Buffer
}): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    let block = 0
    let peer = options.port
    let tries = 0
    let timer: NodeJS.Timeout | undefined
    const end = (failure: string | null): void => {
      clearTimeout(timer)
      socket.close()
      resolve(failure)
    }
    const send = (): void => {
      if (++tries > mostTries) {
        end('no answer')
        return
      }
      const request = Buffer.concat([
        Buffer.from([0, code.writeRequest]),
        Buffer.from(`${options.file}\0octet\0`, 'latin1'),
      ])
      const start = (block - 1) * blockOctets
      const data = options.octets.subarray(start, start + blockOctets)
      const datagram = block === 0 ? request : Buffer.concat([head(code.data, block), data])
      socket.send(datagram, peer, options.host)
      timer = setTimeout(send, triesMs)
    }
    socket.on('error', () => end('the host cannot be reached'))
    socket.on('message', (answer, from) => {
      const kind = answer.length >= 4 ? answer.readUInt16BE(0) : 0
      if (kind === code.error) return end('refused by the server')
      if (kind !== code.acknowledge || answer.readUInt16BE(2) !== (block & 0xffff)) return
      peer = from.port
      clearTimeout(timer)
      if (block > Math.floor(options.octets.length / blockOctets)) return end(null)
      block++
      tries = 0
      send()
    })
    send()
  })
