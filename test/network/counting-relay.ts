import { createSocket, type Socket } from 'node:dgram'
import { onTestFinished } from 'vitest'

/** What an OLT sees of us, counted on the wire and not by ourselves. */
export interface CountingRelay {
  /** Where to ask instead of the OLT itself. */
  readonly port: number
  /** Datagrams that were sent to the OLT, repeated ones among them. */
  sent: number
  /** Unanswered at the same time, at most. */
  mostInFlight: number
}

/** Stands before an agent on this machine and hands on every datagram. Goes with the test. */
export const startCountingRelay = async (agentPort: number): Promise<CountingRelay> => {
  const host = '127.0.0.1'
  const front = createSocket('udp4')
  /** One way to the agent per port that asks, so that each gets its own answers. */
  const ways = new Map<number, Socket>()
  let inFlight = 0
  const relay = { port: 0, sent: 0, mostInFlight: 0 }
  const wayOf = (port: number): Socket => {
    const known = ways.get(port)
    if (known !== undefined) return known
    const way = createSocket('udp4')
    way.on('message', (answer) => {
      inFlight = Math.max(0, inFlight - 1)
      front.send(answer, port, host)
    })
    ways.set(port, way)
    return way
  }
  front.on('message', (question, { port }) => {
    relay.sent++
    relay.mostInFlight = Math.max(relay.mostInFlight, ++inFlight)
    wayOf(port).send(question, agentPort, host)
  })
  await new Promise<void>((resolve) => {
    front.bind(0, host, resolve)
  })
  relay.port = front.address().port
  onTestFinished(() => {
    front.close()
    for (const way of ways.values()) way.close()
  })
  return relay
}
