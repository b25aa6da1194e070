import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createPrinterLine } from '../../src-main/billing/counter/printer.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { isNocturneError } from '../../src-shared/errors.ts'

/** Against real sockets on loopback: printers as they are met at counters. */

const servers: Server[] = []
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

const printer = async (
  behave: (socket: Socket) => void,
  allowHalfOpen = false,
): Promise<{ readonly host: string; readonly port: number }> => {
  const server = createServer({ allowHalfOpen }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    behave(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { host: '127.0.0.1', port: address.port }
}

const never = new AbortController().signal
const bytes = Uint8Array.from({ length: 3000 }, (_, index) => index & 0xff)

const codeOf = (run: Promise<void>): Promise<string | null> =>
  run.then(
    () => null,
    (error: unknown) => {
      if (isNocturneError(error)) return error.code
      throw error
    },
  )

test('a printer gets every byte, and the call ends when it closes', async () => {
  const chunks: Buffer[] = []
  const at = await printer((socket) => socket.on('data', (chunk) => chunks.push(chunk)))
  await createPrinterLine(systemClock)(at, bytes, never)
  expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes))
})

test('a printer that closes its own side at once and reads on gets every byte as well', async () => {
  const chunks: Buffer[] = []
  let ended = (): void => undefined
  const over = new Promise<void>((resolve) => {
    ended = resolve
  })
  const at = await printer((socket) => {
    socket.end()
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => ended())
  }, true)
  await createPrinterLine(systemClock)(at, bytes, never)
  await over
  expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes))
})

test('a printer that says something about itself is not mistaken for one that failed', async () => {
  const at = await printer((socket) => {
    socket.write(Uint8Array.from([0x12, 0x14]))
    socket.resume()
  })
  expect(await codeOf(createPrinterLine(systemClock)(at, bytes, never))).toBeNull()
})

test('nobody at the address: told as such, with the reason', async () => {
  const at = await printer(() => undefined)
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve))
  expect(await codeOf(createPrinterLine(systemClock)(at, bytes, never))).toBe('printer-unreachable')
})

test('a printer that takes the connection and keeps silent is given up on', async () => {
  const clock = createManualClock()
  let began = (): void => undefined
  const has = new Promise<void>((resolve) => {
    began = resolve
  })
  // It takes what comes and never closes.
  const at = await printer((socket) => socket.once('data', () => began()), true)
  const sent = codeOf(createPrinterLine(clock, { connectMs: 10, takeMs: 20 })(at, bytes, never))
  await has
  clock.advance(20)
  expect(await sent).toBe('printer-silent')
})

test('a printer that breaks off before it has all is told apart', async () => {
  const at = await printer((socket) => {
    socket.once('data', () => socket.resetAndDestroy())
  })
  const much = new Uint8Array(8_000_000)
  expect(await codeOf(createPrinterLine(systemClock)(at, much, never))).toBe('printer-broke-off')
})

test('who goes away ends it', async () => {
  const at = await printer((socket) => socket.pause(), true)
  const gone = new AbortController()
  const sent = codeOf(createPrinterLine(systemClock)(at, bytes, gone.signal))
  gone.abort()
  expect(await sent).toBe('cancelled')
  expect(await codeOf(createPrinterLine(systemClock)(at, bytes, gone.signal))).toBe('cancelled')
})
