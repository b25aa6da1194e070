import type { OpticsPolling } from '../../../src-shared/contract/network-model.ts'
import { adaptPlan, type AdaptedPlan } from './adapt-intervals.ts'
import type { RunningWatch } from './live-watch.ts'
import { createLookQueue, type LookCircumstances, type LookQueue } from './looks.ts'
import type { FamilyPolling, OltPort, OltTarget, PollClock } from './olt-port.ts'
import { createRoundRing, type PolledCare, type RoundRing } from './poll-care.ts'
import type { Round } from './round.ts'
import {
  askNow,
  nextTurn,
  startSchedule,
  withPlan,
  type PollGroup,
  type PollPlan,
  type Schedule,
} from './schedule.ts'

/** An OLT as the poller is told of it. */
export interface PolledOlt {
  readonly id: string
  readonly target: OltTarget
  readonly plan: PollPlan
  /** `family`: as its profile says. */
  readonly opticsPolling: OpticsPolling
  readonly quiet: PollQuiet | null
}

/** While it lasts nothing is asked by itself, not even what it is. */
export interface PollQuiet {
  /** Wall ms; null: until it is ended. */
  readonly until: number | null
}

/** A turn that is under way. */
export interface RunningTurn {
  readonly controller: AbortController
  /** Null: somebody has borrowed the OLT, or it is one port for a trap. */
  readonly group: PollGroup | null
  /** A person asked for it. */
  readonly asked: boolean
  /** Broken off by us: what it says of the OLT is not heard. */
  setAside: boolean
}

/** Somebody who waits for a port that knows what its OLT is. */
export interface PortWaiter {
  readonly ready: (port: OltPort) => void
  readonly refuse: (error: unknown) => void
}

/** What the poller knows of one OLT. */
export interface Polled {
  readonly id: string
  target: OltTarget
  plan: PollPlan
  opticsPolling: OpticsPolling
  /** Null: what it is is not known yet. */
  family: FamilyPolling | null
  /** The schedule's plan now. */
  kept: PollPlan
  adapted: AdaptedPlan
  schedule: Schedule
  /** Groups that a person asked for and that were not read since. */
  readonly asked: Set<PollGroup>
  /** `endsAt` monotonic ms: the wall clock may jump meanwhile. */
  quiet: (PollQuiet & { readonly endsAt: number }) | null
  port: OltPort | null
  /** The port has been told what its OLT is. */
  isReady: boolean
  /** The port is closed when the turn that uses it has ended. */
  isStale: boolean
  readonly waiters: PortWaiter[]
  running: RunningTurn | null
  round: Round | null
  readonly guests: { readonly run: () => Promise<void>; readonly refuse: () => void }[]
  readonly looks: LookQueue
  readonly ring: RoundRing
  watch: RunningWatch | null
  /** Goes up when the target changes: what a turn for an older one says is not heard. */
  generation: number
  /** Uptime when last read: seconds, and the monotonic ms of then. */
  uptime: { readonly seconds: number; readonly at: number } | null
  /** When it was last found to have restarted, monotonic ms. */
  restartedAt: number
}

export const createPolled = (olt: PolledOlt, clock: PollClock): Polled => {
  const polled: Polled = {
    id: olt.id,
    target: olt.target,
    plan: olt.plan,
    opticsPolling: olt.opticsPolling,
    family: null,
    kept: olt.plan,
    adapted: adaptPlan(olt.plan, []),
    schedule: startSchedule(clock.monotonic(), olt.plan),
    asked: new Set(),
    quiet: quietFrom(olt.quiet, clock),
    port: null,
    isReady: false,
    isStale: false,
    waiters: [],
    running: null,
    round: null,
    guests: [],
    looks: createLookQueue(),
    ring: createRoundRing(),
    watch: null,
    generation: 0,
    uptime: null,
    restartedAt: -Infinity,
  }
  replan(polled, clock.monotonic())
  return polled
}

/** Its length is kept by the monotonic clock, whatever becomes of the wall's. */
export const quietFrom = (quiet: PollQuiet | null, clock: PollClock): Polled['quiet'] => {
  if (quiet === null) return null
  const lengthMs = quiet.until === null ? Infinity : quiet.until - clock.now()
  return lengthMs <= 0 ? null : { until: quiet.until, endsAt: clock.monotonic() + lengthMs }
}

/** Ends a quiet that is over. */
export const isQuiet = (olt: Polled, now: number): boolean => {
  if (olt.quiet !== null && olt.quiet.endsAt <= now) olt.quiet = null
  return olt.quiet !== null
}

export const isOpticsPolled = ({ opticsPolling, family }: Polled): boolean =>
  opticsPolling === 'family' ? (family?.opticsByDefault ?? true) : opticsPolling === 'on'

/** The plan that this OLT bears now becomes the schedule's; what a person asked for stays asked. */
export const replan = (olt: Polled, now: number): void => {
  olt.adapted = adaptPlan(olt.plan, olt.ring.answers())
  const { plan } = olt.adapted
  const next = { ...plan, opticsS: isOpticsPolled(olt) ? plan.opticsS : Infinity }
  olt.schedule = withPlan(olt.schedule, olt.kept, next, now)
  olt.kept = next
  if (next.opticsS === Infinity && olt.asked.has('optics')) {
    olt.schedule = askNow(olt.schedule, 'optics', now)
  }
}

/** The group that is read next and when, monotonic ms; null: none before somebody asks. */
export const nextGroup = (
  olt: Polled,
  now: number,
): { readonly group: PollGroup; readonly at: number } | null => {
  const turn = nextTurn(olt.schedule)
  if (!isQuiet(olt, now)) return turn
  const [asked] = olt.asked
  if (asked !== undefined) {
    return { group: olt.schedule.due.recognise === Infinity ? asked : 'recognise', at: -Infinity }
  }
  const endsAt = olt.quiet?.endsAt ?? Infinity
  return turn === null || endsAt === Infinity ? null : { ...turn, at: Math.max(turn.at, endsAt) }
}

export const circumstancesOf = (olt: Polled): LookCircumstances => ({
  statusDueAt: Math.max(olt.schedule.due.status, olt.schedule.blockedUntil),
  statusEveryMs: olt.kept.statusS * 1000,
  portsToCome: olt.round?.group === 'status' ? olt.round.pons.slice(olt.round.next) : null,
  canReadPon: (pon) => olt.isReady && olt.port?.canReadPon('status', pon) === true,
})

export const careOf = (olt: Polled, now: number): PolledCare => {
  const { waiting, asked, made } = olt.looks.figures()
  const { plan, factor, usualMs, nowMs } = olt.adapted
  return {
    plan: { asked: olt.plan, kept: plan, factor, usualAnswerMs: usualMs, answerMs: nowMs },
    perPon: olt.family?.perPon === true,
    opticsPolled: isOpticsPolled(olt),
    familyReason: olt.family?.reason ?? null,
    quiet: isQuiet(olt, now) ? { until: olt.quiet?.until ?? null } : null,
    rounds: olt.ring.rounds(),
    looksWaiting: waiting,
    looksAsked: asked,
    looksMade: made,
    liveView: olt.watch === null ? null : { address: olt.watch.address, until: olt.watch.until },
  }
}
