import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { unit } from '../population/seeded-random.ts'
import type { Responder } from './v3-agent.ts'

/** How an agent misbehaves on the wire. All fields may change while it runs. */
export interface WireFaults {
  silent: boolean
  delayMs: number
  delayJitterMs: number
  lossPercent: number
  /** Answers octets that no BER reader takes. */
  garbage: boolean
  /** Answers this many more requests, then none; null for no limit. */
  silentAfter: number | null
  /** Answers from another port than it was asked on. */
  fromOtherPort: boolean
  /** Sends every answer twice, as a network may. */
  duplicates: boolean
  /** Answers under a request id that nobody asked with: an answer come too late. */
  wrongRequestId: boolean
}

export interface AgentSocketOptions {
  readonly agent: Responder
  readonly faults: WireFaults
  readonly seed: number
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly nowMs: () => number
  /** Runs a function after a delay and gives its cancel. */
  readonly schedule: (run: () => void, delayMs: number) => () => void
}

export interface AgentSocket {
  readonly port: number
  /** Datagrams received and answers sent so far. */
  readonly counts: { readonly received: number; readonly answered: number }
  /** Sends something of its own accord, from its own port; a silent one sends nothing. */
  tell(datagram: Uint8Array, to: TrapTarget): void
  stop(): Promise<void>
}

/** Where traps go. */
export interface TrapTarget {
  readonly host: string
  readonly port: number
}

const noise = Buffer.from('30847fffffff02ff1337deadbeef00', 'hex')

/** Addresses here are always literal: no resolver, no extra tick. */
const literal = (
  host: string,
  _options: unknown,
  done: (error: null, address: string, family: number) => void,
): void => done(null, host, 4)

/** Binds an agent to a UDP port. Rejects when the port cannot be had. */
export const startAgentSocket = async (options: AgentSocketOptions): Promise<AgentSocket> => {
  const { agent, faults, seed, schedule } = options
  const socket = await bind(options.host, options.port)
  let other: Socket | undefined
  const pending = new Set<() => void>()
  const counts = { received: 0, answered: 0 }

  const send = (answer: Uint8Array, to: RemoteInfo): void => {
    counts.answered++
    const from = faults.fromOtherPort ? (other ??= openOther(options.host)) : socket
    from.send(answer, to.port, to.address)
    if (faults.duplicates) from.send(answer, to.port, to.address)
  }

  socket.on('message', (datagram, from) => {
    const n = counts.received++
    if (faults.silent || faults.silentAfter === 0) return
    if (faults.lossPercent > 0 && unit(seed, 201, n) * 100 < faults.lossPercent) return
    const answer = agent.answer(datagram, options.nowMs(), faults.wrongRequestId ? 1 : 0)
    if (!answer) return
    if (faults.silentAfter !== null) faults.silentAfter--
    // the agent reuses its buffer, and a socket may hold on to what it sends
    const copy = faults.garbage ? noise : Buffer.from(answer)
    const delay = faults.delayMs + faults.delayJitterMs * unit(seed, 202, n)
    if (delay <= 0) {
      send(copy, from)
      return
    }
    const cancel = schedule(() => {
      pending.delete(cancel)
      send(copy, from)
    }, delay)
    pending.add(cancel)
  })
  // an ICMP error from a poller that has gone is no matter of the agent's
  socket.on('error', () => {})

  return {
    port: socket.address().port,
    counts,
    tell: (datagram, to) => {
      if (!faults.silent) socket.send(datagram, to.port, to.host)
    },
    stop: async () => {
      for (const cancel of pending) cancel()
      other?.close()
      await new Promise<void>((resolve) => {
        socket.close(() => resolve())
      })
    },
  }
}

const bind = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', lookup: literal })
    socket.once('error', reject)
    socket.bind(port, host, () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })

const openOther = (host: string): Socket => {
  const socket = createSocket({ type: 'udp4', lookup: literal })
  socket.on('error', () => {})
  socket.bind(0, host)
  return socket
}
