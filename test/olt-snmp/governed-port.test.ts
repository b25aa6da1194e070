import { describe, expect, it } from 'vitest'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import type { SnmpSessionOptions } from '../../src-main/olt/snmp/session.ts'
import { openMemorySession } from '../olt/support/memory-session.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'
import { createSmallPlant } from '../olt/support/small-plant.ts'

const target = {
  host: 'olt.test',
  port: 161,
  access: { version: '2c', community: Buffer.from('public') },
} as const

/** A port to a simulated OLT, which also watches how many questions are asked at once. */
const openPort = (oltName = 'huawei') => {
  const plant = createSmallPlant()
  let inFlight = 0
  const seen = { most: 0, questions: 0, isSilent: false, onQuestion: (): void => undefined }
  const ports = createOltPorts({
    families: shippedFamilies,
    openSession: ({ gate }: SnmpSessionOptions) =>
      openMemorySession(
        {
          requests: [],
          answer: (datagram) => {
            seen.most = Math.max(seen.most, ++inFlight)
            queueMicrotask(() => {
              inFlight--
            })
            seen.questions++
            seen.onQuestion()
            if (seen.isSilent) return []
            const answer = plant.answer(oltName, datagram)
            return answer === undefined ? [] : [Buffer.from(answer)]
          },
        },
        { gate },
      ),
  })
  return { plant, ports, seen }
}

const signal = new AbortController().signal

describe('a port of the poller', () => {
  it('does not give rows of an OLT that restarted while it was read, and reads it anew', async () => {
    const { plant, ports, seen } = openPort()
    const port = ports(target)
    await port.recognise(signal)
    expect((await port.readOnus('status', signal, () => undefined)).columns.count).toBe(73)
    let questions = 0
    seen.onQuestion = () => {
      if (++questions === 3) plant.control({ kind: 'reboot-olt', olt: 'huawei' })
    }
    await expect(port.readOnus('status', signal, () => undefined)).rejects.toMatchObject({
      code: 'olt-restarted',
    })
    expect((await port.readOnus('status', signal, () => undefined)).columns.count).toBe(73)
    port.close()
  })

  it('asks one question at a time, with a second port to the same OLT beside it', async () => {
    const { ports, seen } = openPort()
    const [walking, looking] = [ports(target), ports(target)]
    await Promise.all([walking.recognise(signal), looking.recognise(signal)])
    await Promise.all([
      walking.readOnus('status', signal, () => undefined),
      looking.readChassis(signal),
    ])
    expect(seen.most).toBe(1)
    expect(ports.figuresOf('olt.test', 161)).toMatchObject({ maxInFlight: 1, sockets: 2 })
    expect(ports.figuresOf('other.test', 161)).toBeNull()
    walking.close()
    looking.close()
  })

  it('reads one ONU between two questions of a walk, never beside one', async () => {
    const { ports, seen } = openPort()
    const port = ports(target)
    await port.recognise(signal)
    const { columns } = await port.readOnus('status', signal, () => undefined)
    const address = columns.address[40] ?? 0
    const reader = port.openOnuReader(address)
    const order: string[] = []
    const walking = port.readOnus('optics', signal, () => undefined).then(() => order.push('walk'))
    const reading = await reader.read(signal)
    order.push('onu')
    await walking
    expect(order).toEqual(['onu', 'walk'])
    expect(seen.most).toBe(1)
    expect(reading.how).toBe('onu')
    expect(reading.columns.map(({ group, count }) => [group, count])).toEqual([
      ['status', 1],
      ['optics', 1],
      ['counters', 1],
    ])
    expect(reading.columns.every((part) => part.count === 0 || part.address[0] === address)).toBe(
      true,
    )
    port.close()
  })

  it('reads one ONU with one question, once it is known how', async () => {
    const { ports, seen } = openPort('zte')
    const port = ports(target)
    await port.recognise(signal)
    const { columns } = await port.readOnus('status', signal, () => undefined)
    const reader = port.openOnuReader(columns.address[10] ?? 0)
    await reader.read(signal)
    const before = seen.questions
    await reader.read(signal)
    expect(seen.questions - before).toBe(1)
    port.close()
  })

  it('of a careful family is read port by port, and comes to the same', async () => {
    const { ports } = openPort('zte')
    const port = ports(target)
    expect(await port.recognise(signal)).toMatchObject({
      polling: { perPon: true, opticsByDefault: false, reason: expect.any(String) as string },
    })
    const pons = (await port.ponsToRead('status', signal)) ?? []
    expect(pons.length).toBeGreaterThan(1)
    expect(pons.every((pon) => port.canReadPon('status', pon))).toBe(true)
    const found: number[] = []
    for (const [position, pon] of pons.entries()) {
      const part = { pon, checkRestart: position === pons.length - 1 }
      const walk = await port.readOnus('status', signal, () => undefined, part)
      expect(walk).toMatchObject({ failure: null, answerMs: expect.any(Number) as number })
      found.push(...walk.columns.address)
    }
    const whole = await port.readOnus('status', signal, () => undefined)
    expect(found).toEqual([...whole.columns.address])
    port.close()
  })

  it('tells of a restart that came between two ports of one round', async () => {
    const { plant, ports } = openPort('zte')
    const port = ports(target)
    await port.recognise(signal)
    const [first = 0, last = 0] = (await port.ponsToRead('status', signal)) ?? []
    await port.readOnus('status', signal, () => undefined, { pon: first, checkRestart: false })
    plant.control({ kind: 'reboot-olt', olt: 'zte' })
    const ending = port.readOnus('status', signal, () => undefined, {
      pon: last,
      checkRestart: true,
    })
    await expect(ending).rejects.toMatchObject({ code: 'olt-restarted' })
    port.close()
  })

  it('gives what it read of an OLT that fell silent, with the reason', async () => {
    const { ports, seen } = openPort()
    const port = ports(target)
    await port.recognise(signal)
    let questions = 0
    seen.onQuestion = () => {
      seen.isSilent = ++questions >= 8
    }
    const walk = await port.readOnus('status', signal, () => undefined)
    expect(walk.failure).toMatchObject({ code: 'olt-silent-mid-walk' })
    expect(walk.columns.count).toBeGreaterThan(0)
    expect(walk.columns.count).toBeLessThan(73)
    port.close()
  })
})
