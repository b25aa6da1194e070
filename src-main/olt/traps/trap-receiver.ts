import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFloodGuard, defaultFloodLimits, type FloodLimits } from './flood-guard.ts'
import { createNewsGatherer, type TrapNews } from './gather-news.ts'
import { tellSender, type TrapSource } from './tell-sender.ts'
import {
  createTrapAccess,
  type OpenedTrap,
  type TrapAccess,
  type TrapEngine,
  type TrapRefusal,
  type TrapSenders,
} from './trap-access.ts'
import { createUnknownTraps, type UnknownTrap } from './unknown-traps.ts'

/** Ports below 1024 need rights that a desktop program should not have. */
export const defaultTrapPort = 10_162

export interface TrapClock {
  /** Wall time, ms. */
  now(): number
  monotonic(): number
  after(delayMs: number, run: () => void): () => void
}

export interface TrapReceiverOptions {
  readonly access: TrapAccess
  /**
   * By the datagram's source address, IPv4 in its dotted form: the OLTs that answer there. More than
   * one are told apart as `tellSender` says. None: nobody we know.
   */
  readonly sourcesOf: (address: string) => readonly TrapSource[]
  readonly clock: TrapClock
  /** 0: any free one. */
  readonly port?: number
  /** The first of these that this machine has. All its addresses unless told. */
  readonly addresses?: readonly string[]
  readonly limits?: Partial<FloodLimits>
  /** Traps of one OLT within this time are told together, ms. */
  readonly gatherMs?: number
  readonly keptUnknown?: number
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
  /** Of OLTs that share an address, and it could not be told which of them it was. */
  readonly ofSeveral: number
  readonly unknown: number
  readonly loudest: readonly { readonly address: string; readonly dropped: number }[]
}

export interface TrapReceiver {
  /** Errors: `trap-port-unavailable`. */
  readonly start: () => Promise<{ readonly address: string; readonly port: number }>
  /** Overwrites the secrets of who might send. */
  readonly stop: () => Promise<void>
  /** Other communities and users from now on. */
  readonly allow: (senders: TrapSenders) => void
  /** Our engine has booted anew: its clock stood still, and senders must not hold us to it. */
  readonly boot: (engine: TrapEngine) => void
  /** The function it gives takes the listener off. */
  readonly onTrap: (listener: (news: TrapNews) => void) => () => void
  readonly stats: () => TrapStats
  /** Traps that no rule knows and those of strangers, the latest first. */
  readonly unknownTraps: () => readonly UnknownTrap[]
}

const defaultGatherMs = 250
const defaultKeptUnknown = 200
const loudestShown = 10
/** No trap is that long, and an answer to it would not fit a datagram. */
const maxTrapOctets = 32_768
const garbage: OpenedTrap = { kind: 'garbage' }
/** Both families where the machine has both. */
const everyAddress = ['::', '0.0.0.0']
const noSuchAddress: readonly unknown[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']

/**
 * Receives traps and informs of every version. A trap is a hint: it tells where to look, and what is
 * read there counts.
 */
export const createTrapReceiver = (options: TrapReceiverOptions): TrapReceiver => {
  const { clock, sourcesOf } = options
  const monotonicMs = (): number => clock.monotonic()
  const guard = createFloodGuard({ ...defaultFloodLimits, ...options.limits }, monotonicMs)
  const unknownTraps = createUnknownTraps(options.keptUnknown ?? defaultKeptUnknown)
  const openTrap = createTrapAccess(options.access, monotonicMs)
  const listeners = new Set<(news: TrapNews) => void>()
  const counts = { received: 0, accepted: 0, acknowledged: 0, dropped: 0, garbage: 0 }
  const seen = { fromStrangers: 0, ofSeveral: 0, unknown: 0 }
  const refused: Record<TrapRefusal, number> = {
    'wrong-community': 0,
    'unknown-user': 0,
    'wrong-level': 0,
    'wrong-digest': 0,
    'wrong-time': 0,
    undecipherable: 0,
  }
  let socket: Socket | null = null
  const gatherer = createNewsGatherer({
    after: clock.after,
    gatherMs: options.gatherMs ?? defaultGatherMs,
    tell: (news) => {
      for (const listener of listeners) listener(news)
    },
  })

  /** SECURITY: whatever a stranger sends to an open port, it ends here and not the process. */
  const guarded = (datagram: Buffer, from: readonly string[]): OpenedTrap => {
    try {
      return openTrap(datagram, from)
    } catch {
      return garbage
    }
  }

  const onDatagram = (datagram: Buffer, { address, port }: RemoteInfo): void => {
    counts.received++
    const from = address.startsWith('::ffff:') ? address.slice(7) : address
    const sources = sourcesOf(from)
    if (guard.admit(from, sources.length > 0) !== 'admitted') {
      counts.dropped++
      return
    }
    const opened =
      datagram.length > maxTrapOctets
        ? garbage
        : guarded(
            datagram,
            sources.map(({ oltId }) => oltId),
          )
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
    const { trap, version, signedAs } = opened
    const source = tellSender(sources, { port, signedAs }, trap)
    if (source !== null) {
      const found = source.match?.(trap) ?? null
      gatherer.add(source.oltId, from, found, at)
      if (found !== null) return
      seen.unknown++
    } else if (sources.length === 0) {
      seen.fromStrangers++
    } else {
      seen.ofSeveral++
    }
    const oltId = source?.oltId ?? null
    const ofSeveral = source === null ? sources.length : 0
    unknownTraps.keep(trap, { source: from, oltId, ofSeveral, version }, at)
  }

  const start: TrapReceiver['start'] = async () => {
    const port = options.port ?? defaultTrapPort
    const { opened, address } = await bindFirst(options.addresses ?? everyAddress, port)
    // An acknowledgement to a closed port comes back as an error; there is nothing to do about it.
    opened.on('error', () => undefined)
    opened.on('message', onDatagram)
    socket = opened
    return { address, port: opened.address().port }
  }

  const stop: TrapReceiver['stop'] = async () => {
    gatherer.stop()
    openTrap.allow({ communities: [], users: [] })
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
    allow: openTrap.allow,
    boot: openTrap.boot,
    unknownTraps: unknownTraps.list,
  }
}

/** Errors: `trap-port-unavailable`. */
const bindFirst = async (
  addresses: readonly string[],
  port: number,
): Promise<{ readonly opened: Socket; readonly address: string }> => {
  let cause: unknown
  for (const address of addresses) {
    const opened = createSocket({
      type: isIPv6(address) ? 'udp6' : 'udp4',
      // A mass event comes in one burst, before the loop can look.
      recvBufferSize: 4 << 20,
    })
    try {
      await new Promise<void>((bound, failed) => {
        opened.once('error', failed)
        opened.bind(port, address, () => {
          opened.off('error', failed)
          bound()
        })
      })
      return { opened, address }
    } catch (error) {
      opened.close()
      cause = error
      if (!noSuchAddress.includes((error as NodeJS.ErrnoException).code)) break
    }
  }
  throw new NocturneError('trap-port-unavailable', { port }, { cause })
}
