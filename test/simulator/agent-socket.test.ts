import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { manualClock, smallScenario } from '../support/simulated-plant.ts'
import { decodeReply, encodeRequest } from '../support/snmp-datagrams.ts'

/** Delayed answers wait here until the test lets them go. */
interface HeldAnswer {
  readonly run: () => void
  readonly delayMs: number
}

interface Received {
  readonly datagram: Buffer
  readonly port: number
}

const open: { plant: Plant; socket: Socket }[] = []

const started = async (extra: Record<string, unknown> = {}) => {
  const held: HeldAnswer[] = []
  let wake: (() => void) | undefined
  const plant = createPlant({
    scenario: checkScenario(smallScenario(extra)),
    clock: manualClock(),
    schedule: (run, delayMs) => {
      held.push({ run, delayMs })
      wake?.()
      return () => {}
    },
  })
  const addresses = await plant.start()
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  open.push({ plant, socket })
  const at = (name: string): PlantAddress => {
    const address = addresses.find(({ oltName }) => oltName === name)
    if (!address) throw new Error(name)
    return address
  }
  const send = (name: string, requestId: number): void => {
    socket.send(
      encodeRequest({ kind: 'get', oids: ['1.3.6.1.2.1.1.5.0'], requestId }),
      at(name).port,
      '127.0.0.1',
    )
  }
  const inbox: Received[] = []
  let arrived: (() => void) | undefined
  socket.on('message', (datagram, { port }) => {
    inbox.push({ datagram, port })
    arrived?.()
  })
  const receive = async (): Promise<Received> => {
    if (inbox.length === 0) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no datagram came')), 5000)
        arrived = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return inbox.shift() as Received
  }
  const aHeldAnswer = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
      if (held.length > 0) resolve()
    })
  return { plant, at, send, receive, held, aHeldAnswer }
}

afterEach(async () => {
  for (const { plant, socket } of open.splice(0)) {
    socket.close()
    await plant.stop()
  }
})

/** The id of the first answer that comes: proof that what was asked before it stayed unanswered. */
const firstAnswered = async (rig: Awaited<ReturnType<typeof started>>): Promise<number> =>
  decodeReply((await rig.receive()).datagram).requestId

describe('an agent on the wire', () => {
  it('stays silent when silenced, and after the answers it had left', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'silence', olt: 'HW', on: true })
    rig.send('HW', 1)
    rig.send('ZT', 2)
    expect(await firstAnswered(rig)).toBe(2)
    rig.plant.control({ kind: 'silence', olt: 'HW', on: false })
    rig.plant.control({ kind: 'silent-after', olt: 'HW', answers: 1 })
    rig.send('HW', 3)
    expect(await firstAnswered(rig)).toBe(3)
    rig.send('HW', 4)
    rig.send('ZT', 5)
    expect(await firstAnswered(rig)).toBe(5)
  })

  it('does not answer a community it no longer has', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'set-community', olt: 'HW', community: 'other' })
    rig.send('HW', 1)
    rig.send('ZT', 2)
    expect(await firstAnswered(rig)).toBe(2)
  })

  it('loses what the seed says, all of it at 100 percent', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'loss', olt: 'HW', percent: 100 })
    rig.send('HW', 1)
    rig.send('ZT', 2)
    expect(await firstAnswered(rig)).toBe(2)
  })

  it('answers octets that cannot be decoded when told to', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'garbage', olt: 'HW', on: true })
    rig.send('HW', 1)
    const { datagram } = await rig.receive()
    expect(() => decodeReply(datagram)).toThrow()
  })

  it('answers from another port when told to', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'answer-from-other-port', olt: 'HW', on: true })
    rig.send('HW', 1)
    const { port } = await rig.receive()
    expect(port).not.toBe(rig.at('HW').port)
  })

  it('answers twice, or under another request id, when told to', async () => {
    const rig = await started()
    rig.plant.control({ kind: 'duplicate-answers', olt: 'HW', on: true })
    rig.send('HW', 40)
    expect(await firstAnswered(rig)).toBe(40)
    rig.plant.control({ kind: 'duplicate-answers', olt: 'HW', on: false })
    rig.plant.control({ kind: 'wrong-request-id', olt: 'ZT', on: true })
    rig.send('ZT', 50)
    const ids = [await firstAnswered(rig), await firstAnswered(rig)]
    expect(ids.toSorted()).toEqual([40, 51])
  })

  it('holds an answer for its delay and jitter', async () => {
    const rig = await started({ quirks: { delayMs: 100, delayJitterMs: 50 } })
    rig.send('HW', 9)
    await rig.aHeldAnswer()
    expect(rig.held[0]?.delayMs).toBeGreaterThanOrEqual(100)
    expect(rig.held[0]?.delayMs).toBeLessThan(150)
    const answer = firstAnswered(rig)
    rig.held[0]?.run()
    expect(await answer).toBe(9)
  })

  it('leaves nothing open when a port is taken', async () => {
    const rig = await started()
    const port = rig.at('HW').port
    const scenario = checkScenario(smallScenario({ port }))
    const second = createPlant({ scenario, clock: manualClock() })
    await expect(second.start()).rejects.toThrow(/EADDRINUSE/)
    await second.stop()
  })
})
