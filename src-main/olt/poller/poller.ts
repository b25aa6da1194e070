import { NocturneError } from '../../../src-shared/errors.ts'
import type { TrapLook } from '../traps/trap-rules.ts'
import { startWatch, type WatchEnd, type WatchRequest } from './live-watch.ts'
import type { OltPort, OltTarget, OpenOltPort, PollClock } from './olt-port.ts'
import type { PolledCare } from './poll-care.ts'
import type { PollReport } from './poll-report.ts'
import { createPollTurns, type Job } from './poll-turn.ts'
import {
  careOf,
  circumstancesOf,
  createPolled,
  isQuiet,
  nextGroup,
  quietFrom,
  replan,
  type Polled,
  type PolledOlt,
  type PollQuiet,
} from './polled-olt.ts'
import { afterWake, askNow, dueBy, startSchedule, type PollGroup, type Random } from './schedule.ts'
import { sameCredentials } from './snmp-credentials.ts'

export interface PollerOptions {
  readonly clock: PollClock
  readonly random: Random
  readonly openOltPort: OpenOltPort
  /** Must not throw; columns of a walk may be kept, they are not written again. */
  readonly report: (oltId: string, report: PollReport) => void
  /** Walks at the same time over all OLTs; per OLT it is always one. */
  readonly maxWalks?: number
  /** The longest a walk may take, ms. */
  readonly walkLimitMs?: number
}

export interface Poller {
  readonly add: (olt: PolledOlt) => void
  /**
   * Another target starts from the beginning; other intervals only move what is due. An OLT that is
   * not polled yet is added.
   */
  readonly update: (olt: PolledOlt) => void
  readonly remove: (oltId: string) => void
  /** False: no such OLT. */
  readonly pollNow: (oltId: string, group: PollGroup) => boolean
  /**
   * Runs work that asks the OLT itself (a probe, the list of interfaces) as a turn of its own, so
   * that nothing else is in flight there. Of an OLT that is not polled: at once. The work must end
   * by itself. Errors: those of the work; `cancelled` when the OLT is removed or polling stops first.
   */
  readonly borrow: <Value>(oltId: string, work: () => Promise<Value>) => Promise<Value>
  /**
   * Begins, changes or ends (null) the quiet of an OLT: a walk that nobody asked for is broken off,
   * and nothing is asked by itself until it ends. What a person asks for (`pollNow`, `borrow`,
   * `watch`) is still read, and what traps point at is not looked at. An OLT that is not polled: no-op.
   */
  readonly setQuiet: (oltId: string, quiet: PollQuiet | null) => void
  /**
   * Traps have pointed at something: it is read soon, together with what else they point at, and
   * never more often than the OLT bears (looks.ts). An OLT that is not polled: no-op.
   */
  readonly look: (oltId: string, looks: readonly TrapLook[]) => void
  /**
   * Reads one ONU every few seconds until the time is over, the signal is aborted, the OLT is removed
   * or it fails again and again. Beside the walks, but through the same gate: between two of their
   * questions. Errors: `live-view-taken` (one per OLT), `not-found` (not polled, or of no known
   * family).
   */
  readonly watch: (oltId: string, request: WatchRequest) => Promise<WatchEnd>
  /** Null: not polled. */
  readonly careOf: (oltId: string) => PolledCare | null
  /**
   * The machine has slept, or its network has changed: sockets are opened anew, quiet ends by the
   * wall clock, and every OLT is asked soon, one question after the other.
   */
  readonly wake: () => void
  /** Aborts the walks and waits for their end, at most a few seconds. */
  readonly stop: () => Promise<void>
}

/** What an OLT would be asked next, and when, monotonic ms. `job` null: it is lent out. */
interface Candidate {
  readonly olt: Polled
  readonly job: Job | null
  readonly at: number
}

const defaultMaxWalks = 8
const defaultWalkLimitMs = 600_000
/** A timer this late was no busy loop: the machine has slept. */
const sleptMs = 30_000
/** Both the shell and our own timer may tell of one waking. */
const betweenWakesMs = 5_000

export const createPoller = (options: PollerOptions): Poller => {
  const { clock, random, report } = options
  const maxWalks = options.maxWalks ?? defaultMaxWalks
  const olts = new Map<string, Polled>()
  const turns = new Set<Promise<void>>()
  /** Removed while a walk ran: the same OLT added again waits for that walk's end. */
  const ending = new Map<string, Polled>()
  let stopped = false
  let stopTimer = (): void => undefined
  let lastWakeAt = -Infinity

  const isCurrent = (olt: Polled, generation: number): boolean =>
    !stopped && olts.get(olt.id) === olt && olt.generation === generation

  const { run, closePort } = createPollTurns({
    clock,
    random,
    openOltPort: options.openOltPort,
    walkLimitMs: options.walkLimitMs ?? defaultWalkLimitMs,
    report,
    isCurrent,
  })

  const arm = (): void => {
    stopTimer()
    if (stopped) return
    while (turns.size < maxWalks) {
      const now = clock.monotonic()
      const next = earliest(now)
      if (next === null) return
      if (next.at > now) {
        stopTimer = clock.after(Math.max(1, next.at - now), () => {
          if (clock.monotonic() - next.at > sleptMs) wake()
          else arm()
        })
        return
      }
      begin(next.olt, next.job)
    }
  }

  const earliest = (now: number): Candidate | null => {
    let best: Candidate | null = null
    for (const olt of olts.values()) {
      if (olt.running !== null || ending.has(olt.id)) continue
      const next = nextOf(olt, now)
      if (next !== null && (best === null || next.at < best.at)) best = { olt, ...next }
    }
    return best
  }

  /** Guests first, then what a trap points at, then the round that is under way, then what is due. */
  const nextOf = (olt: Polled, now: number): Omit<Candidate, 'olt'> | null => {
    if (olt.guests.length > 0) return { job: null, at: -Infinity }
    const look = isQuiet(olt, now) ? null : nextLook(olt, now)
    if (look !== null && look.at <= now) return look
    if (olt.round !== null) {
      return { job: { kind: 'group', group: olt.round.group }, at: olt.round.startedAt }
    }
    const due = nextGroup(olt, now)
    if (due === null || (look !== null && look.at < due.at)) return look
    return { job: { kind: 'group', group: due.group }, at: due.at }
  }

  /** A look at one port is a job of its own; every other one only makes its group due. */
  const nextLook = (olt: Polled, now: number): Omit<Candidate, 'olt'> | null => {
    // Before it is known what it is, nothing can be looked at, and then all is read anyway.
    if (olt.schedule.due.recognise !== Infinity) return null
    const circumstances = circumstancesOf(olt)
    const next = olt.looks.next(circumstances)
    if (next === null) return null
    const { look } = next
    const at = Math.max(next.at, olt.schedule.blockedUntil)
    if (look.kind === 'pon') return { job: look, at }
    if (at > now) return { job: { kind: 'group', group: look.kind }, at }
    olt.looks.begin(look, circumstances, now)
    olt.schedule = dueBy(olt.schedule, look.kind, at)
    return nextLook(olt, now)
  }

  const begin = (olt: Polled, job: Job | null): void => {
    const { generation } = olt
    const group = job?.kind === 'group' ? job.group : null
    const asked = group === null ? job === null : isAsked(olt, group)
    olt.running = { controller: new AbortController(), group, asked, setAside: false }
    if (job?.kind === 'pon') olt.looks.begin(job, circumstancesOf(olt), clock.monotonic())
    const turn =
      job === null ? (olt.guests.shift()?.run() ?? Promise.resolve()) : run(olt, job, olt.running)
    turns.add(turn)
    void turn.finally(() => {
      turns.delete(turn)
      olt.running = null
      if (ending.get(olt.id) === olt) ending.delete(olt.id)
      if (olt.isStale || !isCurrent(olt, generation)) closePort(olt)
      arm()
    })
  }

  const isAsked = (olt: Polled, group: PollGroup): boolean => {
    if (olt.round !== null) return olt.round.asked
    // To recognise it is the first step of whatever was asked for.
    return olt.asked.delete(group) || (group === 'recognise' && olt.asked.size > 0)
  }

  /** Ends a turn without hearing what it says of the OLT. */
  const setAside = (olt: Polled): void => {
    if (olt.running === null || (olt.running.group === null && olt.running.asked)) return
    olt.running.setAside = true
    olt.running.controller.abort()
  }

  const refuseAll = (olt: Polled): void => {
    for (const guest of olt.guests.splice(0)) guest.refuse()
    for (const waiter of olt.waiters.splice(0)) waiter.refuse(new NocturneError('cancelled'))
  }

  const add: Poller['add'] = (olt) => {
    if (stopped || olts.has(olt.id)) return
    olts.set(olt.id, createPolled(olt, clock))
    arm()
  }

  const remove: Poller['remove'] = (oltId) => {
    const olt = olts.get(oltId)
    if (olt === undefined) return
    olts.delete(oltId)
    olt.watch?.end('olt-removed')
    refuseAll(olt)
    if (olt.running === null) {
      closePort(olt)
    } else {
      ending.set(oltId, olt)
      olt.running.controller.abort()
    }
    arm()
  }

  const update: Poller['update'] = (next) => {
    const olt = olts.get(next.id)
    if (olt === undefined) {
      add(next)
      return
    }
    const now = clock.monotonic()
    if (!sameTarget(olt.target, next.target)) {
      olt.generation++
      olt.target = next.target
      olt.uptime = null
      olt.family = null
      olt.round = null
      olt.looks.drop()
      olt.watch?.end('closed')
      olt.schedule = startSchedule(now, olt.kept)
      if (olt.running === null) closePort(olt)
      else olt.running.controller.abort()
    }
    olt.plan = next.plan
    olt.opticsPolling = next.opticsPolling
    replan(olt, now)
    setQuiet(next.id, next.quiet)
  }

  const setQuiet: Poller['setQuiet'] = (oltId, quiet) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) return
    olt.quiet = quietFrom(quiet, clock)
    if (olt.quiet !== null) {
      olt.looks.drop()
      if (olt.round?.asked === false) olt.round = null
      if (olt.running?.asked === false) setAside(olt)
    }
    arm()
  }

  const pollNow: Poller['pollNow'] = (oltId, group) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) return false
    olt.asked.add(group)
    olt.schedule = askNow(olt.schedule, group, clock.monotonic())
    arm()
    return true
  }

  const borrow: Poller['borrow'] = (oltId, work) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) return work()
    return new Promise((resolve, reject) => {
      olt.guests.push({
        run: () => work().then(resolve, reject),
        refuse: () => reject(new NocturneError('cancelled')),
      })
      arm()
    })
  }

  const look: Poller['look'] = (oltId, looks) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) return
    const now = clock.monotonic()
    olt.looks.ask(looks, now)
    if (isQuiet(olt, now)) olt.looks.drop()
    arm()
  }

  /** A port that knows what its OLT is; asks it when there is none. */
  const readyPort = (olt: Polled, signal: AbortSignal): Promise<OltPort> => {
    const isGone = olts.get(olt.id) !== olt || signal.aborted
    if (isGone) return Promise.reject(new NocturneError('cancelled'))
    if (olt.isReady && olt.port !== null) return Promise.resolve(olt.port)
    return new Promise((ready, refuse) => {
      olt.waiters.push({ ready, refuse })
      signal.addEventListener('abort', () => refuse(new NocturneError('cancelled')), { once: true })
      olt.asked.add('recognise')
      if (olt.schedule.due.recognise === Infinity) {
        olt.schedule = { ...olt.schedule, due: { ...olt.schedule.due, recognise: 0 } }
      }
      olt.schedule = askNow(olt.schedule, 'recognise', clock.monotonic())
      arm()
    })
  }

  const watch: Poller['watch'] = async (oltId, request) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) throw new NocturneError('not-found', { what: 'olt' })
    if (olt.watch !== null) throw new NocturneError('live-view-taken')
    const running = startWatch({ clock, port: (signal) => readyPort(olt, signal), request })
    olt.watch = running
    try {
      return await running.ended
    } finally {
      olt.watch = null
    }
  }

  const wake: Poller['wake'] = () => {
    const now = clock.monotonic()
    if (stopped || now - lastWakeAt < betweenWakesMs) return
    lastWakeAt = now
    for (const olt of olts.values()) {
      if (olt.quiet !== null) olt.quiet = quietFrom(olt.quiet, clock)
      const { running } = olt
      olt.schedule = afterWake(olt.schedule, now)
      olt.round = null
      if (running?.asked === true && running.group !== null) {
        olt.asked.add(running.group)
        olt.schedule = askNow(olt.schedule, running.group, now)
      }
      if (running === null) {
        closePort(olt)
      } else {
        olt.isStale = true
        setAside(olt)
      }
    }
    arm()
  }

  const stop: Poller['stop'] = async () => {
    stopped = true
    stopTimer()
    const watches = [...olts.values()].map(({ watch: running }) => {
      running?.end('closed')
      return running?.ended
    })
    for (const olt of olts.values()) {
      refuseAll(olt)
      olt.running?.controller.abort()
    }
    await Promise.all([...turns, ...watches])
    for (const olt of olts.values()) closePort(olt)
    olts.clear()
  }

  return {
    add,
    update,
    remove,
    pollNow,
    borrow,
    setQuiet,
    look,
    watch,
    careOf: (oltId) => {
      const olt = olts.get(oltId)
      return olt === undefined ? null : careOf(olt, clock.monotonic())
    },
    wake,
    stop,
  }
}

const sameTarget = (a: OltTarget, b: OltTarget): boolean =>
  a.host === b.host && a.port === b.port && sameCredentials(a.access, b.access)
