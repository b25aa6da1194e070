import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createFloodGuard,
  defaultFloodLimits,
  type FloodLimits,
} from '../../src-main/olt/traps/flood-guard.ts'
import { createTrapMatcher } from '../../src-main/olt/traps/trap-rules.ts'
import { heapAfterCollection } from '../olt-snmp/support/heap.ts'
import { openReceiver, type OpenReceiver } from './support/open-receiver.ts'
import { trapDatagram } from './support/trap-datagram.ts'

const limits: FloodLimits = {
  perSource: { perSecond: 10, burst: 20 },
  known: { perSecond: 30, burst: 30 },
  unknown: { perSecond: 5, burst: 5 },
  maxSources: 8,
}

describe('the flood guard', () => {
  const guardAt = () => {
    let now = 0
    const guard = createFloodGuard(limits, () => now)
    const send = (address: string, isKnown: boolean, times: number): number => {
      let admitted = 0
      for (let n = 0; n < times; n++) if (guard.admit(address, isKnown) === 'admitted') admitted++
      return admitted
    }
    return {
      guard,
      send,
      pass: (ms: number) => {
        now += ms
      },
    }
  }

  it('refuses what is above a source’s burst, and lets it send again in time', () => {
    const { send, pass } = guardAt()
    expect(send('a', true, 1000)).toBe(20)
    expect(send('a', true, 1000)).toBe(0)
    pass(1000)
    expect(send('a', true, 1000)).toBe(10)
    pass(3_600_000)
    expect(send('a', true, 1000)).toBe(20)
  })

  it('refuses what all known sources together send too much', () => {
    const { send } = guardAt()
    expect(send('a', true, 100) + send('b', true, 100) + send('c', true, 100)).toBe(30)
  })

  it('keeps strangers from crowding out an OLT', () => {
    const { send } = guardAt()
    let strangers = 0
    for (let n = 0; n < 5000; n++) strangers += send(`stranger ${n}`, false, 3)
    expect(strangers).toBe(5)
    expect(send('an OLT', true, 10)).toBe(10)
  })

  it('holds a bounded number of sources, and names the loudest', () => {
    const { guard, send } = guardAt()
    for (let n = 0; n < 1000; n++) send(`stranger ${n}`, false, 2)
    send('loud', true, 500)
    expect(guard.loudest(100).length).toBeLessThanOrEqual(limits.maxSources)
    expect(guard.loudest(1)).toEqual([{ address: 'loud', dropped: 480 }])
  })

  it('is not fooled by a clock that goes back', () => {
    const { send, pass } = guardAt()
    expect(send('a', true, 100)).toBe(20)
    pass(-10_000)
    expect(send('a', true, 100)).toBe(0)
  })
})

describe('a flood of 10,000 traps a second', () => {
  let opened: OpenReceiver | null = null
  afterEach(() => opened?.receiver.stop())

  it('from another process neither blocks nor grows, and what is dropped is counted', async () => {
    const known = '1.3.6.1.4.1.9999.7.9'
    const match = createTrapMatcher([
      { trap: known, meaning: 'other', look: 'olt', certainty: 'proven' },
    ])
    // The flood comes from one OLT, the trap that matters from another.
    opened = await openReceiver({
      sourcesOf: (address) => [{ oltId: address, match }],
    })
    const { port, receiver } = opened
    const script = fileURLToPath(new URL('support/flood-child.ts', import.meta.url))
    const total = 20_000
    const heapBefore = heapAfterCollection()
    const child = spawn(
      process.execPath,
      [script, String(port), String(total), '10000', '127.0.0.2'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const end = once(child, 'close')

    const quiet = createSocket('udp4')
    let turnsOfTheLoop = 0
    let sent = 0
    await opened.until(({ received }) => received > 100)
    while (child.exitCode === null) {
      if (turnsOfTheLoop++ % 5 === 0 && sent < 100) {
        sent++
        quiet.send(trapDatagram(known), port, '127.0.0.1')
      }
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await end
    quiet.close()
    // Two seconds of flood, in which the loop went on turning.
    expect(turnsOfTheLoop).toBeGreaterThan(50)
    expect(Number(output)).toBe(total)

    const stats = receiver.stats()
    opened.gather()
    const { perSecond, burst } = defaultFloodLimits.perSource
    const flooded = stats.loudest.find(({ address }) => address === '127.0.0.2')?.dropped ?? 0
    expect(stats.received).toBe(stats.accepted + stats.dropped)
    expect(flooded).toBeGreaterThan(stats.received * 0.5)
    expect(stats.accepted).toBeLessThan(burst + perSecond * 60 + sent)
    // Told together: one news per OLT, however many traps.
    expect(opened.news.length).toBeLessThanOrEqual(2)
    const quietNews = opened.news.find(({ oltId }) => oltId === '127.0.0.1')
    expect(quietNews?.looks).toEqual([{ kind: 'olt' }])
    // The system may lose a datagram while two processes fight for two cores; the guard lost none.
    expect(quietNews?.count).toBeLessThanOrEqual(sent)
    expect(stats.loudest.map(({ address }) => address)).toEqual(['127.0.0.2'])
    expect(receiver.unknownTraps().length).toBeLessThanOrEqual(2)
    expect(heapAfterCollection() - heapBefore).toBeLessThan(8 << 20)
  })
})
