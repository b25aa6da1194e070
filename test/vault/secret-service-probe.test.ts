import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { busAddressToPath, dbusCall, readDbusMessages } from '../../src-main/vault/dbus-message.ts'
import { probeSecretService } from '../../src-main/vault/secret-service-probe.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** A bus that does what it is told at each chunk it receives. */
const fakeBus = async (answer: (socket: Socket, chunk: Buffer) => void): Promise<string> => {
  const path = join(temporaryFolder(), 'bus')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => answer(socket, chunk))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `unix:path=${path}`
}

const probe = (address: string | undefined, timeoutMs = 5_000) =>
  probeSecretService({ address, runtimeDir: undefined, timeoutMs })

describe.skipIf(process.platform === 'win32')('the probe of the Secret Service says no', () => {
  test('when there is no bus, or an address of another kind', async () => {
    for (const address of [
      undefined,
      '',
      'tcp:host=localhost,port=1',
      'autolaunch:',
      `unix:path=${join(temporaryFolder(), 'nothing')}`,
    ]) {
      expect(await probe(address)).toEqual({ reachable: false, why: 'no session bus' })
    }
  })

  test('when the bus refuses us, hangs up, or talks nonsense', async () => {
    const refuses = await fakeBus((socket) => socket.write('REJECTED EXTERNAL\r\n'))
    expect(await probe(refuses)).toEqual({ reachable: false, why: 'bus refuses us' })
    const hangsUp = await fakeBus((socket) => socket.end())
    expect(await probe(hangsUp)).toMatchObject({ reachable: false })
    const nonsense = await fakeBus((socket) => socket.write(Buffer.alloc(2_000_000, 0x41)))
    expect(await probe(nonsense)).toMatchObject({ reachable: false })
  })

  test('when the bus never answers, after the time it was given', async () => {
    const silent = await fakeBus(() => undefined)
    expect(await probe(silent, 50)).toEqual({
      reachable: false,
      why: 'the keychain does not answer',
    })
  })

  test('when it is cancelled', async () => {
    const silent = await fakeBus(() => undefined)
    const signal = AbortSignal.abort()
    const result = await probeSecretService({
      address: silent,
      runtimeDir: undefined,
      timeoutMs: 60_000,
      signal,
    })
    expect(result).toEqual({ reachable: false, why: 'cancelled' })
  })
})

describe('D-Bus messages', () => {
  test('are written as the specification says, and read back', () => {
    const call = dbusCall({
      serial: 7,
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'Hello',
    })
    expect(call.length % 8).toBe(0)
    expect(call.subarray(0, 4).toString('hex')).toBe('6c010001')
    const { messages, rest } = readDbusMessages(Buffer.concat([call, call, call.subarray(0, 20)]))
    expect(messages).toEqual([
      { type: 'call', replySerial: null },
      { type: 'call', replySerial: null },
    ])
    expect(rest.length).toBe(20)
  })

  test('of any bytes never throw and never loop', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { rest } = readDbusMessages(Buffer.from(bytes))
        expect(rest.length).toBeLessThanOrEqual(bytes.length)
      }),
      { seed: 4, numRuns: 2_000 },
    )
  })

  test('go to the socket that the address names', () => {
    expect(busAddressToPath('unix:path=/run/user/0/bus')).toBe('/run/user/0/bus')
    expect(busAddressToPath('unix:path=/a%20b,guid=00')).toBe('/a b')
    expect(busAddressToPath('unix:abstract=/tmp/x,guid=00')).toBe('\0/tmp/x')
    expect(busAddressToPath('tcp:host=h;unix:path=/second')).toBe('/second')
    expect(busAddressToPath('unix:path=/bad%')).toBe('/bad%')
  })
})
