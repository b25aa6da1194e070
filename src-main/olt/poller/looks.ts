import { isValidOnuAddress, packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { mergeLooks } from '../traps/merge-looks.ts'
import type { TrapLook } from '../traps/trap-rules.ts'

/** A reading that traps have asked for. */
export type DueLook =
  | { readonly kind: 'status' }
  | { readonly kind: 'unconfigured' }
  /** Packed PON port. */
  | { readonly kind: 'pon'; readonly pon: number }

interface Planned {
  readonly look: DueLook
  readonly at: number
}

/** What the queue must know of the OLT to decide. */
export interface LookCircumstances {
  /** When the status round of all ONUs is due by itself, monotonic ms. */
  readonly statusDueAt: number
  readonly statusEveryMs: number
  /** A status round is between two of its ports: those that it has still to read. Null: none. */
  readonly portsToCome: readonly number[] | null
  readonly canReadPon: (pon: number) => boolean
}

/**
 * What traps of one OLT pointed at, until it is read. A trap is an accelerator: a thousand ONUs that
 * go dark send a thousand traps, and together they may bring forward one status round (issue 3: "a
 * mass event never multiplies the load").
 */
export interface LookQueue {
  readonly ask: (looks: readonly TrapLook[], now: number) => void
  /** The next reading and when it may begin; null: nothing waits, or what comes anyway serves it. */
  readonly next: (circumstances: LookCircumstances) => Planned | null
  readonly begin: (look: DueLook, circumstances: LookCircumstances, now: number) => void
  /** A status round of all ONUs begins: every place that waits will be seen by it. */
  readonly roundBegan: () => void
  /** The round comes to this port: whatever waits for it is seen by it. */
  readonly portBegan: (pon: number) => void
  readonly portEnded: (tookMs: number) => void
  readonly roundEnded: (startedAt: number, endedAt: number) => void
  readonly unconfiguredBegan: () => void
  readonly drop: () => void
  readonly figures: () => {
    readonly waiting: number
    readonly asked: number
    readonly made: number
  }
}

/** So long the first trap waits for its fellows: one cut fibre sends dozens. */
const settleMs = 1_000
const betweenLooksMs = 5_000
const betweenUnconfiguredMs = 10_000
/** Whole rounds for traps: twice as far apart each time while the flood lasts. */
const betweenRoundsMs = 30_000
/** A round that is due so soon is waited for. */
const dueSoonMs = 5_000
/** More single ports than this since the last whole round: then rather all at once. */
const portsPerRound = 8
/** So much of a whole round's time single ports may take until the next one. */
const portsShare = 0.5

export const createLookQueue = (): LookQueue => {
  let waiting: readonly TrapLook[] = []
  let firstAskedAt = 0
  let asked = 0
  let made = 0
  let lastLookAt = -Infinity
  let lastUnconfiguredAt = -Infinity
  let lastRoundForLooks = -Infinity
  /** When a whole round was wished for and left to the one that comes anyway. */
  let lastDeferredAt = -Infinity
  let gapMs = betweenRoundsMs
  /** Of the last round of all ONUs, whoever asked for it. */
  let restUntil = -Infinity
  let lastRoundMs = 0
  let portsSinceRound = 0
  let portsMs = 0

  const isFlooded = (at: number): boolean =>
    at - Math.max(lastRoundForLooks, lastDeferredAt) < 2 * gapMs

  const whole = (
    { statusDueAt, portsToCome }: LookCircumstances,
    readyAt: number,
  ): Planned | null => {
    // It is under way, and the next one may not follow on its heels.
    if (portsToCome !== null) return null
    const at = Math.max(readyAt, restUntil, lastRoundForLooks + gapMs)
    const soonMs = isFlooded(at) ? gapMs * 1.1 : dueSoonMs
    if (statusDueAt > at + soonMs) return { look: { kind: 'status' }, at }
    lastDeferredAt = Math.max(lastDeferredAt, Math.min(at, statusDueAt))
    return null
  }

  const nextPlace = (
    places: readonly TrapLook[],
    circumstances: LookCircumstances,
    readyAt: number,
  ): Planned | null => {
    if (places.length === 0) return null
    const pons = places.map(packedPonOf)
    const oneByOne = pons.every((pon) => pon >= 0 && circumstances.canReadPon(pon))
    const isDear = portsSinceRound >= portsPerRound || portsMs > lastRoundMs * portsShare
    if (!oneByOne || isDear) return whole(circumstances, readyAt)
    // The round that sees all of them is about to begin.
    if (circumstances.statusDueAt <= readyAt + settleMs) return null
    const pon = pons.find((packed) => circumstances.portsToCome?.includes(packed) !== true)
    return pon === undefined ? null : { look: { kind: 'pon', pon }, at: readyAt }
  }

  return {
    ask: (looks, now) => {
      if (looks.length === 0) return
      asked += looks.length
      if (waiting.length === 0) firstAskedAt = now
      waiting = mergeLooks([...waiting, ...looks])
    },
    next: (circumstances) => {
      const readyAt = Math.max(firstAskedAt + settleMs, lastLookAt + betweenLooksMs)
      const places = waiting.filter(({ kind }) => kind !== 'unconfigured')
      const newcomers =
        places.length < waiting.length
          ? {
              look: { kind: 'unconfigured' } as const,
              at: Math.max(readyAt, lastUnconfiguredAt + betweenUnconfiguredMs),
            }
          : null
      const next = nextPlace(places, circumstances, readyAt)
      return next === null || (newcomers !== null && newcomers.at < next.at) ? newcomers : next
    },
    begin: (look, { statusEveryMs }, now) => {
      made++
      lastLookAt = now
      switch (look.kind) {
        case 'unconfigured':
          lastUnconfiguredAt = now
          waiting = waiting.filter(({ kind }) => kind !== 'unconfigured')
          break
        case 'pon':
          portsSinceRound++
          waiting = waiting.filter((place) => packedPonOf(place) !== look.pon)
          break
        case 'status':
          gapMs = isFlooded(now)
            ? Math.max(betweenRoundsMs, Math.min(2 * gapMs, statusEveryMs))
            : betweenRoundsMs
          lastRoundForLooks = now
          waiting = waiting.filter(({ kind }) => kind === 'unconfigured')
          break
      }
    },
    roundBegan: () => {
      portsSinceRound = 0
      portsMs = 0
      waiting = waiting.filter(({ kind }) => kind === 'unconfigured')
    },
    roundEnded: (startedAt, endedAt) => {
      // However many traps come, the OLT answers status rounds at most half of the time.
      lastRoundMs = endedAt - startedAt
      restUntil = endedAt + lastRoundMs
    },
    portBegan: (pon) => {
      waiting = waiting.filter((place) => packedPonOf(place) !== pon)
    },
    portEnded: (tookMs) => {
      portsMs += tookMs
    },
    unconfiguredBegan: () => {
      waiting = waiting.filter(({ kind }) => kind !== 'unconfigured')
    },
    drop: () => {
      waiting = []
    },
    figures: () => ({ waiting: waiting.length, asked, made }),
  }
}

/** -1: it points at no port that there can be. */
const packedPonOf = (look: TrapLook): number => {
  if (look.kind !== 'pon' && look.kind !== 'onu') return -1
  const address = { ...look.pon, onuId: 0 }
  return isValidOnuAddress(address) ? packOnuAddress(address) : -1
}
