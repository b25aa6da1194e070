import { createSocket } from 'node:dgram'
import { trapDatagram } from './trap-datagram.ts'

/**
 * `node flood-child.ts <port> <datagrams> <per second> <address>`: sends SNMPv2c traps from a
 * loopback address at a steady rate, and prints how many left it.
 */
const [port = 0, count = 0, perSecond = 1] = process.argv.slice(2, 5).map(Number)
const address = process.argv[5] ?? '127.0.0.2'
const trap = trapDatagram('1.3.6.1.6.3.1.1.5.3')
const socket = createSocket('udp4')

socket.bind(0, address, () => {
  const startedAt = performance.now()
  let sent = 0
  let done = 0
  let failed = 0
  const onSent = (error: Error | null): void => {
    if (error !== null) failed++
    if (++done === count) socket.close(() => process.stdout.write(`${count - failed}\n`))
  }
  const step = (): void => {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) * perSecond) / 1000))
    for (; sent < due; sent++) socket.send(trap, port, '127.0.0.1', onSent)
    if (sent < count) setTimeout(step, 1)
  }
  step()
})
