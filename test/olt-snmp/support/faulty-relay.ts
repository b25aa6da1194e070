import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { seededRandom } from '../../support/seeded-random.ts'

/** What happens on the way between us and an agent. May change while it runs. */
export interface WayFaults {
  /** Share of datagrams lost, each way. */
  loss: number
  /** What arrives in place of an answer; undefined leaves it. */
  onAnswer: ((answer: Buffer, turn: number) => readonly Buffer[]) | null
  /** Answers come from another port than was asked. */
  fromOtherPort: boolean
  /** Answers wait until `release` is called. */
  hold: boolean
}

export interface FaultyRelay {
  readonly port: number
  readonly faults: WayFaults
  readonly counts: { asked: number; answered: number }
  /** Lets held answers go. */
  readonly release: () => void
  readonly close: () => Promise<void>
}

const bound = async (): Promise<Socket> => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

/** A bad line to the agent on a loopback port; the agent itself is a real one. */
export const startFaultyRelay = async (agentPort: number, seed = 1): Promise<FaultyRelay> => {
  const random = seededRandom(seed)
  const front = await bound()
  const back = await bound()
  const other = await bound()
  const faults: WayFaults = { loss: 0, onAnswer: null, fromOtherPort: false, hold: false }
  const counts = { asked: 0, answered: 0 }
  const held: (() => void)[] = []
  let client = 0

  front.on('message', (datagram, { port }) => {
    client = port
    counts.asked++
    if (random() >= faults.loss) back.send(datagram, agentPort, '127.0.0.1')
  })
  back.on('message', (datagram) => {
    counts.answered++
    if (random() < faults.loss) return
    const socket = faults.fromOtherPort ? other : front
    const pieces = faults.onAnswer?.(datagram, counts.answered) ?? [datagram]
    const deliver = (): void => {
      for (const piece of pieces) socket.send(piece, client, '127.0.0.1')
    }
    if (faults.hold) held.push(deliver)
    else deliver()
  })

  return {
    port: front.address().port,
    faults,
    counts,
    release: () => {
      for (const deliver of held.splice(0)) deliver()
    },
    close: async () => {
      for (const socket of [front, back, other]) {
        socket.close()
        await once(socket, 'close')
      }
    },
  }
}
