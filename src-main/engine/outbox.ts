import { events, type EventName } from '../../src-shared/contract/index.ts'
import type { Access } from '../../src-shared/contract/define.ts'
import type { Clock } from './clock.ts'
import type { Emit, EventSource } from './handlers.ts'
import { isReached, type BelongingOf, type Reach } from './reach.ts'

/**
 * Events on their way to the clients: gathered, sent in batches at most four times a second, and
 * held back while a client has not taken the batches it was sent. What waits does not pile up: of
 * an event with delivery `latest` only the newest per key is kept, and a payload given as a
 * function is made at the moment of sending.
 */

export interface EventBatch {
  readonly seq: number
  readonly events: readonly { readonly channel: EventName; readonly payload: unknown }[]
}

/** The channel that carries a batch, and the one on which the client takes it. */
export const batchChannel = '$events'
export const ackChannel = '$ack'

const spacingMs = 250
const maxInFlight = 2
/** A client that does not take this many facts is gone or hung: the oldest are dropped. */
const maxWaitingFacts = 1000

interface Waiting {
  readonly name: EventName
  readonly source: EventSource<EventName>
}

interface Client {
  readonly latest: Map<string, Waiting>
  facts: Waiting[]
  inFlight: number
  lastSeq: number
  lastSentAt: number
  callOff: (() => void) | null
}

export interface Outbox {
  readonly emit: Emit
  addClient(clientId: number): void
  removeClient(clientId: number): void
  /** The client has taken everything up to `seq`; -1: it has (re)started and waits for nothing. */
  ack(clientId: number, seq: number): void
  /** An empty batch, which the client takes like any other, unless one waits to be taken. */
  ping(clientId: number): void
  stop(): void
}

export const createOutbox = (options: {
  readonly clock: Clock
  readonly mayReceive: (clientId: number, access: Access) => boolean
  readonly reachOf: (clientId: number) => Reach
  readonly belongingOf: BelongingOf
  readonly send: (clientId: number, batch: EventBatch) => void
  readonly onBug: (name: EventName, error: unknown) => void
}): Outbox => {
  const clients = new Map<number, Client>()

  const flush = (clientId: number, client: Client): void => {
    client.callOff?.()
    client.callOff = null
    if (client.inFlight >= maxInFlight) return
    const waiting = [...client.facts, ...client.latest.values()]
    client.facts = []
    client.latest.clear()
    const reach = options.reachOf(clientId)
    const batch: { channel: EventName; payload: unknown }[] = []
    for (const { name, source } of waiting) {
      // SECURITY: asked again at the moment of sending: who has signed out meanwhile gets nothing.
      if (!options.mayReceive(clientId, events[name].access)) continue
      try {
        const made = typeof source === 'function' ? source(reach) : source
        if (made === null || !isReached(reach, events[name], made, options.belongingOf)) continue
        batch.push({ channel: name, payload: events[name].payload.parse(made) })
      } catch (error) {
        options.onBug(name, error)
      }
    }
    if (batch.length === 0) return
    client.inFlight++
    client.lastSeq++
    client.lastSentAt = options.clock.monotonic()
    options.send(clientId, { seq: client.lastSeq, events: batch })
  }

  const soon = (clientId: number, client: Client): void => {
    if (client.callOff !== null || client.inFlight >= maxInFlight) return
    const wait = Math.max(0, client.lastSentAt + spacingMs - options.clock.monotonic())
    client.callOff = options.clock.after(wait, () => flush(clientId, client))
  }

  const put = <Name extends EventName>(
    clientId: number,
    name: Name,
    source: EventSource<Name>,
    key: string,
  ): void => {
    const client = clients.get(clientId)
    if (client === undefined) return
    const waiting = { name, source: source as EventSource<EventName> }
    if (events[name].delivery === 'latest') client.latest.set(`${name} ${key}`, waiting)
    else {
      client.facts.push(waiting)
      if (client.facts.length > maxWaitingFacts) client.facts.shift()
    }
    soon(clientId, client)
  }

  return {
    emit: (name, source, { to = null, key = '' } = {}) => {
      if (to !== null) put(to, name, source, key)
      else for (const clientId of clients.keys()) put(clientId, name, source, key)
    },
    addClient(clientId) {
      if (clients.has(clientId)) return
      clients.set(clientId, {
        latest: new Map(),
        facts: [],
        inFlight: 0,
        lastSeq: 0,
        lastSentAt: Number.NEGATIVE_INFINITY,
        callOff: null,
      })
    },
    removeClient(clientId) {
      clients.get(clientId)?.callOff?.()
      clients.delete(clientId)
    },
    ack(clientId, seq) {
      const client = clients.get(clientId)
      if (client === undefined || seq > client.lastSeq) return
      client.inFlight = seq < 0 ? 0 : Math.min(client.inFlight, client.lastSeq - seq)
      if (client.facts.length > 0 || client.latest.size > 0) soon(clientId, client)
    },
    ping(clientId) {
      const client = clients.get(clientId)
      if (client === undefined || client.inFlight > 0) return
      client.inFlight++
      client.lastSeq++
      options.send(clientId, { seq: client.lastSeq, events: [] })
    },
    stop() {
      for (const client of clients.values()) client.callOff?.()
      clients.clear()
    },
  }
}
