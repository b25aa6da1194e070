import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import { isNoAnswer, PartialWalk, type PollReport } from './poll-report.ts'
import type { OltPort, OltTarget, OpenOltPort, PollClock } from './olt-port.ts'
import {
  afterGroupFailure,
  afterNoAnswer,
  afterRecognised,
  afterRestart,
  afterSuccess,
  afterUnrecognised,
  askNow,
  missedUntilUnreachable,
  nextTurn,
  startSchedule,
  withPlan,
  type PollGroup,
  type PollPlan,
  type Random,
  type Schedule,
} from './schedule.ts'
import type { TrapLook } from '../traps/trap-rules.ts'
import type { WatchEnd, WatchRequest } from './live-watch.ts'
import { createRoundRing, type PolledCare } from './poll-care.ts'
import type { PolledOlt, PollQuiet } from './polled-olt.ts'
import { sameCredentials } from './snmp-credentials.ts'
import { AbandonedError, withTimeLimit } from './time-limit.ts'

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

interface Guest {
  readonly run: () => Promise<void>
  readonly refuse: () => void
}

interface Polled {
  readonly id: string
  target: OltTarget
  plan: PollPlan
  schedule: Schedule
  port: OltPort | null
  running: AbortController | null
  readonly guests: Guest[]
  /** Goes up when the target changes: what a turn for an older one says is not heard. */
  generation: number
  /** Uptime when last read: seconds, and the monotonic ms of then. */
  uptime: { readonly seconds: number; readonly at: number } | null
}

/** `group` null: borrowed. */
interface Candidate {
  readonly olt: Polled
  readonly group: PollGroup | null
  readonly at: number
}

const defaultMaxWalks = 8
const defaultWalkLimitMs = 600_000
/** Clocks of OLTs run a little off; less than this is no restart. */
const uptimeToleranceS = 60

export const createPoller = (options: PollerOptions): Poller => {
  const { clock, random, report } = options
  const maxWalks = options.maxWalks ?? defaultMaxWalks
  const walkLimitMs = options.walkLimitMs ?? defaultWalkLimitMs
  const olts = new Map<string, Polled>()
  const turns = new Set<Promise<void>>()
  /** Removed while a walk ran: the same OLT added again waits for that walk's end. */
  const ending = new Map<string, Polled>()
  let stopped = false
  let stopTimer = (): void => undefined

  const arm = (): void => {
    stopTimer()
    if (stopped) return
    const now = clock.monotonic()
    while (turns.size < maxWalks) {
      const next = earliest()
      if (next === null) return
      if (next.at > now) {
        stopTimer = clock.after(Math.max(1, next.at - now), arm)
        return
      }
      begin(next.olt, next.group)
    }
  }

  const earliest = (): Candidate | null => {
    let best: Candidate | null = null
    for (const olt of olts.values()) {
      if (olt.running !== null || ending.has(olt.id)) continue
      if (olt.guests.length > 0) return { olt, group: null, at: -Infinity }
      const turn = nextTurn(olt.schedule)
      if (turn !== null && (best === null || turn.at < best.at)) best = { olt, ...turn }
    }
    return best
  }

  const begin = (olt: Polled, group: PollGroup | null): void => {
    const controller = new AbortController()
    const { generation } = olt
    olt.running = controller
    const turn =
      group === null
        ? (olt.guests.shift()?.run() ?? Promise.resolve())
        : runTurn(olt, group, controller)
    turns.add(turn)
    void turn.finally(() => {
      turns.delete(turn)
      olt.running = null
      if (ending.get(olt.id) === olt) ending.delete(olt.id)
      if (olts.get(olt.id) !== olt || olt.generation !== generation || stopped) closePort(olt)
      arm()
    })
  }

  const runTurn = async (
    olt: Polled,
    group: PollGroup,
    controller: AbortController,
  ): Promise<void> => {
    const { generation } = olt
    const startedAt = clock.monotonic()
    const heard = (): boolean =>
      !stopped && olts.get(olt.id) === olt && olt.generation === generation
    const say = (what: PollReport): void => {
      if (heard()) report(olt.id, what)
    }
    const times = () => ({ at: clock.now(), monotonic: clock.monotonic() })
    say({ kind: 'started', group })
    try {
      const port = (olt.port ??= options.openOltPort(olt.target))
      const change = await withTimeLimit(clock, walkLimitMs, controller, (signal) =>
        ask(olt, port, group, signal, say, times),
      )
      if (heard()) olt.schedule = change({ group, startedAt, endedAt: clock.monotonic() })
    } catch (error) {
      // Two walks must never be in flight: work that did not end keeps no session.
      if (error instanceof AbandonedError) closePort(olt)
      if (!heard()) return
      const turn = { group, startedAt, endedAt: clock.monotonic() }
      const partial = error instanceof PartialWalk
      const problem = problemOf(partial ? error.failure : error)
      const noAnswer = !partial && isNoAnswer(problem)
      olt.schedule = noAnswer
        ? afterNoAnswer(olt.schedule, turn, random)
        : problem.code === 'olt-restarted'
          ? afterRestart(olt.schedule, turn.endedAt)
          : afterGroupFailure(olt.schedule, turn, random)
      if (noAnswer) closePort(olt)
      say({
        kind: 'failed',
        group,
        error: problem,
        noAnswer,
        unreachable: olt.schedule.missed >= missedUntilUnreachable,
        ...times(),
      })
    } finally {
      const next = nextTurn(olt.schedule)
      const waitMs = next === null ? null : Math.max(0, next.at - clock.monotonic())
      say({ kind: 'ended', group, nextAt: waitMs === null ? null : clock.now() + waitMs })
    }
  }

  /** Reads one group; the answer says how the schedule goes on. */
  const ask = async (
    olt: Polled,
    port: OltPort,
    group: PollGroup,
    signal: AbortSignal,
    say: (what: PollReport) => void,
    times: () => { at: number; monotonic: number },
  ): Promise<(turn: { group: PollGroup; startedAt: number; endedAt: number }) => Schedule> => {
    const askedAt = clock.monotonic()
    switch (group) {
      case 'recognise': {
        const recognition = await port.recognise(signal)
        noteUptime(olt, recognition.system.uptimeS)
        say({
          kind: 'recognised',
          recognition,
          answerMs: clock.monotonic() - askedAt,
          opticsPolled: true,
          ...times(),
        })
        return (turn) =>
          recognition.kind === 'recognised'
            ? afterRecognised(olt.schedule, turn)
            : afterUnrecognised(olt.schedule, turn, random)
      }
      case 'chassis': {
        const chassis = await port.readChassis(signal)
        const restarted = noteUptime(olt, chassis.system.uptimeS)
        say({ kind: 'chassis', chassis, restarted, ...times() })
        return (turn) =>
          restarted
            ? afterRestart(olt.schedule, turn.endedAt)
            : afterSuccess(olt.schedule, turn, olt.plan, random)
      }
      case 'unconfigured': {
        const onus = await port.readUnconfigured(signal)
        say({ kind: 'unconfigured', onus, ...times() })
        return (turn) => afterSuccess(olt.schedule, turn, olt.plan, random)
      }
      case 'identity':
      case 'status':
      case 'optics':
      case 'counters': {
        const walk = await port.readOnus(group, signal, (done, total) =>
          say({ kind: 'progress', group, done, total }),
        )
        if (walk.columns.count > 0 || walk.failure === null) {
          say({ kind: 'walked', walk, pon: null, ...times() })
        }
        if (walk.failure !== null) {
          throw walk.columns.count > 0 ? new PartialWalk(walk.failure) : walk.failure
        }
        return (turn) => afterSuccess(olt.schedule, turn, olt.plan, random)
      }
    }
  }

  /** True when the OLT has started anew since its uptime was last read. */
  const noteUptime = (olt: Polled, seconds: number | null): boolean => {
    if (seconds === null) return false
    const at = clock.monotonic()
    const before = olt.uptime
    olt.uptime = { seconds, at }
    return before !== null && seconds + uptimeToleranceS < before.seconds + (at - before.at) / 1000
  }

  const closePort = (olt: Polled): void => {
    olt.port?.close()
    olt.port = null
  }

  const add: Poller['add'] = ({ id, target, plan }) => {
    if (stopped || olts.has(id)) return
    olts.set(id, {
      id,
      target,
      plan,
      schedule: startSchedule(clock.monotonic()),
      port: null,
      running: null,
      guests: [],
      generation: 0,
      uptime: null,
    })
    arm()
  }

  const remove: Poller['remove'] = (oltId) => {
    const olt = olts.get(oltId)
    if (olt === undefined) return
    olts.delete(oltId)
    for (const guest of olt.guests.splice(0)) guest.refuse()
    if (olt.running === null) {
      closePort(olt)
    } else {
      ending.set(oltId, olt)
      olt.running.abort()
    }
    arm()
  }

  const update: Poller['update'] = (next) => {
    const { id, target, plan } = next
    const olt = olts.get(id)
    if (olt === undefined) {
      add(next)
      return
    }
    const now = clock.monotonic()
    if (sameTarget(olt.target, target)) {
      olt.schedule = withPlan(olt.schedule, olt.plan, plan, now)
    } else {
      olt.generation++
      olt.target = target
      olt.uptime = null
      olt.schedule = startSchedule(now)
      if (olt.running === null) closePort(olt)
      else olt.running.abort()
    }
    olt.plan = plan
    arm()
  }

  const pollNow: Poller['pollNow'] = (oltId, group) => {
    const olt = olts.get(oltId)
    if (olt === undefined || stopped) return false
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

  const stop: Poller['stop'] = async () => {
    stopped = true
    stopTimer()
    for (const olt of olts.values()) {
      for (const guest of olt.guests.splice(0)) guest.refuse()
      olt.running?.abort()
    }
    await Promise.all(turns)
    for (const olt of olts.values()) closePort(olt)
    olts.clear()
  }

  const setQuiet: Poller['setQuiet'] = () => undefined
  const look: Poller['look'] = () => undefined
  const watch: Poller['watch'] = () => Promise.resolve('closed')
  const wake: Poller['wake'] = () => undefined
  const careOf: Poller['careOf'] = (oltId) => {
    const olt = olts.get(oltId)
    if (olt === undefined) return null
    return {
      plan: { asked: olt.plan, kept: olt.plan, factor: 1, usualAnswerMs: null, answerMs: null },
      perPon: false,
      opticsPolled: true,
      familyReason: null,
      quiet: null,
      rounds: createRoundRing().rounds(),
      looksWaiting: 0,
      looksAsked: 0,
      looksMade: 0,
      liveView: null,
    }
  }

  return { add, update, remove, pollNow, borrow, setQuiet, look, watch, careOf, wake, stop }
}

const problemOf = (error: unknown): NocturneError =>
  isNocturneError(error) ? error : new NocturneError('internal', {}, { cause: error })

const sameTarget = (a: OltTarget, b: OltTarget): boolean =>
  a.host === b.host && a.port === b.port && sameCredentials(a.access, b.access)
