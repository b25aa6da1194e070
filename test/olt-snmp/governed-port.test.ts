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
const openPort = () => {
  const plant = createSmallPlant()
  let inFlight = 0
  const seen = { most: 0, onQuestion: (): void => undefined }
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
            seen.onQuestion()
            const answer = plant.answer('huawei', datagram)
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
})
