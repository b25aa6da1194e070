import fc from 'fast-check'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/engine/clock.ts'
import { openCliSession } from '../../src-main/olt/cli/open-session.ts'
import { createTelnetCodec } from '../../src-main/olt/cli/telnet-codec.ts'
import { openTelnetTransport } from '../../src-main/olt/cli/telnet-transport.ts'
import { rejectionOf } from '../support/error-code.ts'
import { ask, huaweiLike, never, someone } from './dialects.ts'

const window = { columns: 132, rows: 255 }

const codecOf = () => {
  const answered: number[] = []
  const codec = createTelnetCodec({ window, answer: (octets) => answered.push(...octets) })
  return { codec, answered }
}

const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

describe('the Telnet codec', () => {
  it('lets the OLT echo and go without go-ahead, and says no to everything else', () => {
    const { codec, answered } = codecOf()
    // WILL ECHO, WILL SGA, WILL 5 (status), DO SGA, DO 34 (linemode), DO 1 (echo ourselves)
    codec.decode(Uint8Array.of(255, 251, 1, 255, 251, 3, 255, 251, 5, 255, 253, 3, 255, 253, 34))
    codec.decode(Uint8Array.of(255, 253, 1))
    expect(answered).toEqual(
      [
        [255, 253, 1],
        [255, 253, 3],
        [255, 254, 5],
        [255, 251, 3],
        [255, 252, 34],
        [255, 252, 1],
      ].flat(),
    )
  })

  it('answers the same wish once', () => {
    const { codec, answered } = codecOf()
    for (let at = 0; at < 50; at++) codec.decode(Uint8Array.of(255, 251, 1, 255, 253, 3))
    expect(answered).toEqual([255, 253, 1, 255, 251, 3])
  })

  it('tells its window, octet 255 doubled, and its terminal when asked', () => {
    const { codec, answered } = codecOf()
    codec.decode(Uint8Array.of(255, 253, 31))
    expect(answered).toEqual([255, 251, 31, 255, 250, 31, 0, 132, 0, 255, 255, 255, 240])
    answered.length = 0
    codec.decode(Uint8Array.of(255, 253, 24, 255, 250, 24, 1, 255, 240))
    expect(text(Uint8Array.from(answered))).toBe(
      text(Uint8Array.of(255, 251, 24, 255, 250, 24, 0, ...Buffer.from('VT100'), 255, 240)),
    )
  })

  it('never leaves a CR alone, and doubles 255', () => {
    const { codec } = codecOf()
    expect([...codec.encode(Uint8Array.of(65, 13, 66, 13, 10, 255))]).toEqual([
      65, 13, 0, 66, 13, 10, 255, 255,
    ])
  })

  it('gives the same text and the same answers wherever the octets are cut', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        [255, 255],
        [255, 251, 1],
        [255, 253, 24],
        [255, 253, 31],
        [255, 250, 24, 1, 255, 240],
        [255, 250, 99, 255, 255, 1, 255, 240],
        [13, 0],
        [13, 10],
        [255, 241],
      ),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, cuts) => {
        const octets = Uint8Array.from(pieces.flat())
        const whole = codecOf()
        const expected = text(whole.codec.decode(octets))
        const cut = codecOf()
        let got = ''
        let at = 0
        for (const size of [...cuts, octets.length]) {
          got += text(cut.codec.decode(octets.subarray(at, at + size)))
          at += size
        }
        expect(got).toBe(expected)
        expect(cut.answered).toEqual(whole.answered)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('survives a subnegotiation without end, and does not write without end', () => {
    const { codec, answered } = codecOf()
    expect(codec.decode(Uint8Array.of(255, 250, ...new Uint8Array(100_000))).length).toBe(0)
    const quarrel = Uint8Array.from({ length: 300_000 }, (_, at) => [255, 251, 5][at % 3] ?? 0)
    codecOf().codec.decode(quarrel)
    codec.decode(Uint8Array.of(255, 240))
    codec.decode(quarrel)
    expect(answered.length).toBeLessThanOrEqual(3_000)
  })
})

describe('Telnet to a server', () => {
  let server: Server | null = null
  let connections = 0
  afterEach(() => {
    server?.close()
    server = null
    connections = 0
  })

  const serve = async (talk: (socket: Socket) => void): Promise<number> => {
    server = createServer((socket) => {
      connections++
      socket.on('error', () => undefined)
      talk(socket)
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  const open = (port: number, allowed = true) =>
    openTelnetTransport(
      { host: '127.0.0.1', port, allowed, window, clock: systemClock, connectMs: 5_000 },
      never,
    )

  it('is not even connected unless it is allowed', async () => {
    const port = await serve(() => undefined)
    expect((await rejectionOf(open(port, false))).code).toBe('cli-telnet-not-allowed')
    expect(connections).toBe(0)
  })

  it('negotiates, logs in at the OLT’s own prompts, runs a command, logs out', async () => {
    const heard: string[] = []
    const port = await serve((socket) => {
      socket.write(Buffer.from([255, 251, 1, 255, 251, 3, 255, 253, 31]))
      socket.write('\r\nWarning: telnet\r\n>>User name:')
      let line = ''
      const answers = [
        '\r\n>>User password:',
        '\r\n\r\n  Huawei Integrated Access Software\r\n\r\nMA5800>',
        'display x\r\n  one\r\n\r\nMA5800>',
      ]
      socket.on('data', (octets) => {
        for (const octet of octets) {
          if (octet === 10) {
            heard.push(line.replace(/[^ -~]/g, ''))
            line = ''
            const answer = answers.shift()
            if (answer === undefined) socket.end('bye\r\n')
            else socket.write(answer)
          } else line += String.fromCharCode(octet)
        }
      })
    })
    const transport = await open(port)
    const session = await openCliSession(
      { transport, dialect: huaweiLike, credentials: someone, clock: systemClock },
      never,
    )
    expect(await session.run(ask('display x'), never)).toEqual({ text: '  one', error: null })
    await session.logOut()
    expect(heard.map((one) => one.slice(-15))).toEqual(
      expect.arrayContaining([someone.password, 'display x', 'quit']),
    )
    expect(connections).toBe(1)
  })

  it('says why nothing could be reached', async () => {
    const error = await rejectionOf(open(1))
    expect([error.code, error.params['why']]).toEqual(['cli-unreachable', 'refused'])
  })
})
