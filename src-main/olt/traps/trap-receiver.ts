import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFloodGuard, defaultFloodLimits, type FloodLimits } from './flood-guard.ts'
import { mergeLooks } from './merge-looks.ts'
import {
  createTrapAccess,
  type OpenedTrap,
  type TrapAccess,
  type TrapRefusal,
} from './trap-access.ts'
import type { Trap } from './trap-message.ts'
import type { TrapLook, TrapMatcher, TrapMeaning } from './trap-rules.ts'
import { createUnknownTraps, type UnknownTrap } from './unknown-traps.ts'

/** Ports below 1024 need rights that a desktop program should not have. */
export const defaultTrapPort = 10_162

/** An OLT as the receiver knows it. */
export interface TrapSource {
  readonly oltId: string
  /** Null: its family has no rules, or it has not been recognised. */
  readonly match: TrapMatcher | null
}

export interface TrapClock {
  /** Wall time, ms. */
  now(): number
  monotonic(): number
  after(delayMs: number, run: () => void): () => void
}

export interface TrapReceiverOptions {
  readonly access: TrapAccess
  /** By the datagram's source address, IPv4 in its dotted form. Null: nobody we know. */
  readonly sourceOf: (address: string) => TrapSource | null
  readonly clock: TrapClock
  /** 0: any free one. */
  readonly port?: number
  /** All addresses of the machine unless told. */
  readonly address?: string
  readonly limits?: Partial<FloodLimits>
  /** Traps of one OLT within this time are told together, ms. */
  readonly gatherMs?: number
  readonly keptUnknown?: number
}

/** What one OLT sent within a moment. */
export interface TrapNews {
  readonly oltId: string
  readonly source: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** Where to look now: at most nine, whatever came. Empty: only unknown traps. */
  readonly looks: readonly TrapLook[]
  readonly meanings: readonly TrapMeaning[]
  /** How many of them no rule knew. */
  readonly unknown: number
}

/** Counted from the start. */
export interface TrapStats {
  readonly received: number
  readonly accepted: number
  readonly acknowledged: number
  /** Too many from one source, or from all: never decoded. */
  readonly dropped: number
  readonly garbage: number
  readonly refused: Readonly<Record<TrapRefusal, number>>
  readonly fromStrangers: number
  readonly unknown: number
  readonly loudest: readonly { readonly address: string; readonly dropped: number }[]
}

export interface TrapReceiver {
  /** Errors: `trap-port-unavailable`, `olt-v3-algorithm-missing`. */
  readonly start: () => Promise<{ readonly address: string; readonly port: number }>
  readonly stop: () => Promise<void>
  /** The function it gives takes the listener off. */
  readonly onTrap: (listener: (news: TrapNews) => void) => () => void
  readonly stats: () => TrapStats
  /** Traps that no rule knows and those of strangers, the latest first. */
  readonly unknownTraps: () => readonly UnknownTrap[]
}

interface Gathered {
  readonly source: string
  count: number
  readonly firstAt: number
  lastAt: number
  looks: readonly TrapLook[]
  readonly meanings: Set<TrapMeaning>
  unknown: number
}

const defaultGatherMs = 250
const defaultKeptUnknown = 200
/** More OLTs than one console watches; a trap of one more waits for the next moment. */
const maxGathered = 2000
const loudestShown = 10
/** No trap is that long, and an answer to it would not fit a datagram. */
const maxTrapOctets = 32_768
const garbage: OpenedTrap = { kind: 'garbage' }

/**
 * Receives traps and informs of every version. A trap is a hint: it tells where to look, and what is
 * read there counts.
 */
export const createTrapReceiver = (options: TrapReceiverOptions): TrapReceiver => {
  const { clock, sourceOf } = options
  const monotonicMs = (): number => clock.monotonic()
  const guard = createFloodGuard({ ...defaultFloodLimits, ...options.limits }, monotonicMs)
  const unknownTraps = createUnknownTraps(options.keptUnknown ?? defaultKeptUnknown)
  const openTrap = createTrapAccess(options.access, monotonicMs)
  const listeners = new Set<(news: TrapNews) => void>()
  const gathered = new Map<string, Gathered>()
  const counts = { received: 0, accepted: 0, acknowledged: 0, dropped: 0, garbage: 0 }
  const seen = { fromStrangers: 0, unknown: 0 }
  const refused: Record<TrapRefusal, number> = {
    'wrong-community': 0,
    'unknown-user': 0,
    'wrong-level': 0,
    'wrong-digest': 0,
    'wrong-time': 0,
    undecipherable: 0,
  }
  let socket: Socket | null = null
  let stopGathering: (() => void) | null = null

  const tell = (): void => {
    stopGathering = null
    const moment = [...gathered]
    gathered.clear()
    for (const [oltId, { meanings, looks, ...rest }] of moment) {
      for (const listener of listeners) listener({ oltId, ...rest, looks, meanings: [...meanings] })
    }
  }

  const gather = (
    source: string,
    { oltId, match }: TrapSource,
    trap: Trap,
    at: number,
  ): boolean => {
    const entry = gathered.get(oltId) ?? {
      source,
      count: 0,
      firstAt: at,
      lastAt: at,
      looks: [],
      meanings: new Set<TrapMeaning>(),
      unknown: 0,
    }
    if (!gathered.has(oltId) && gathered.size >= maxGathered) tell()
    gathered.set(oltId, entry)
    entry.count++
    entry.lastAt = at
    const found = match?.(trap) ?? null
    if (found === null) {
      entry.unknown++
    } else {
      // Merged at once, so that a thousand traps in a moment stay nine looks in memory too.
      entry.looks = mergeLooks([...entry.looks, found.look])
      entry.meanings.add(found.rule.meaning)
    }
    stopGathering ??= clock.after(options.gatherMs ?? defaultGatherMs, tell)
    return found !== null
  }

  /** SECURITY: whatever a stranger sends to an open port, it ends here and not the process. */
  const guarded = (datagram: Buffer): OpenedTrap => {
    try {
      return openTrap(datagram)
    } catch {
      return garbage
    }
  }

  const onDatagram = (datagram: Buffer, { address, port }: RemoteInfo): void => {
    counts.received++
    const from = address.startsWith('::ffff:') ? address.slice(7) : address
    const source = sourceOf(from)
    if (guard.admit(from, source !== null) !== 'admitted') {
      counts.dropped++
      return
    }
    const opened = datagram.length > maxTrapOctets ? garbage : guarded(datagram)
    if (opened.kind === 'garbage') {
      counts.garbage++
      return
    }
    if (opened.reply !== null) socket?.send(opened.reply, port, address, () => undefined)
    if (opened.kind === 'discovery') return
    if (opened.kind === 'refused') {
      refused[opened.why]++
      return
    }
    counts.accepted++
    if (opened.reply !== null) counts.acknowledged++
    const at = clock.now()
    const { trap, version } = opened
    if (source === null) seen.fromStrangers++
    const isKnown = source !== null && gather(from, source, trap, at)
    if (isKnown) return
    seen.unknown++
    unknownTraps.keep(trap, { source: from, oltId: source?.oltId ?? null, version }, at)
  }

  const start: TrapReceiver['start'] = async () => {
    const address = options.address ?? '0.0.0.0'
    const port = options.port ?? defaultTrapPort
    const opened = createSocket({
      type: isIPv6(address) ? 'udp6' : 'udp4',
      // A mass event comes in one burst, before the loop can look.
      recvBufferSize: 4 << 20,
    })
    await new Promise<void>((bound, failed) => {
      opened.once('error', failed)
      opened.bind(port, address, () => {
        opened.off('error', failed)
        bound()
      })
    }).catch((error: unknown) => {
      opened.close()
      throw new NocturneError('trap-port-unavailable', { port }, { cause: error })
    })
    // An acknowledgement to a closed port comes back as an error; there is nothing to do about it.
    opened.on('error', () => undefined)
    opened.on('message', onDatagram)
    socket = opened
    return { address, port: opened.address().port }
  }

  const stop: TrapReceiver['stop'] = async () => {
    stopGathering?.()
    stopGathering = null
    gathered.clear()
    const open = socket
    socket = null
    if (open !== null) await new Promise<void>((closed) => open.close(() => closed()))
  }

  return {
    start,
    stop,
    onTrap: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stats: () => ({
      ...counts,
      ...seen,
      refused: { ...refused },
      loudest: guard.loudest(loudestShown),
    }),
    unknownTraps: unknownTraps.list,
  }
}
