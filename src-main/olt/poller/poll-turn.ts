import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import type { OltPort, OnuGroup, OnuWalk, OpenOltPort, PollClock } from './olt-port.ts'
import { isLocalFault, isNoAnswer, PartialWalk, type PollReport } from './poll-report.ts'
import { isOpticsPolled, nextGroup, replan, type Polled, type RunningTurn } from './polled-olt.ts'
import { beginRound, mergeParts } from './round.ts'
import {
  afterGroupFailure,
  afterNoAnswer,
  afterRecognised,
  afterRestart,
  afterSuccess,
  afterUnrecognised,
  longestBackOffMs,
  longestLocalBackOffMs,
  missedUntilUnreachable,
  type PollGroup,
  type Random,
  type Turn,
} from './schedule.ts'
import { AbandonedError, withTimeLimit } from './time-limit.ts'

/** What an OLT may be asked in one turn. */
export type Job =
  | { readonly kind: 'group'; readonly group: PollGroup }
  /** The status of one PON port, for a trap. */
  | { readonly kind: 'pon'; readonly pon: number }

export interface PollTurns {
  /** Runs a job to its end; never rejects. The schedule is moved on by it. */
  readonly run: (olt: Polled, job: Job, running: RunningTurn) => Promise<void>
  readonly closePort: (olt: Polled) => void
}

interface TurnParts {
  readonly clock: PollClock
  readonly random: Random
  readonly openOltPort: OpenOltPort
  readonly walkLimitMs: number
  readonly report: (oltId: string, report: PollReport) => void
  /** The OLT is still polled, with the target that it had. */
  readonly isCurrent: (olt: Polled, generation: number) => boolean
}

/** Clocks of OLTs run a little off; less than this is no restart. */
const uptimeToleranceS = 60
/** No OLT starts faster. */
const betweenRestartsMs = 120_000
/** After so many ports in a row that could not be read a round is given up. */
const failedPortsToGiveUp = 2

type Say = (what: PollReport) => void

/** One turn while it runs. */
interface Context {
  readonly olt: Polled
  readonly port: OltPort
  readonly running: RunningTurn
  readonly startedAt: number
  readonly signal: AbortSignal
  readonly say: Say
  /** What comes after the turn was broken off must not be heard. Errors: `cancelled`. */
  readonly still: <Value>(work: Promise<Value>) => Promise<Value>
}

export const createPollTurns = (parts: TurnParts): PollTurns => {
  const { clock, random } = parts
  const times = () => ({ at: clock.now(), monotonic: clock.monotonic() })
  const turnOf = (group: PollGroup, startedAt: number): Turn => ({
    group,
    startedAt,
    endedAt: clock.monotonic(),
  })

  const closePort = (olt: Polled): void => {
    olt.port?.close()
    olt.port = null
    olt.isReady = false
    olt.isStale = false
  }

  /** True when the OLT has started anew since its uptime was last read. */
  const noteUptime = (olt: Polled, seconds: number | null): boolean => {
    if (seconds === null) return false
    const at = clock.monotonic()
    const before = olt.uptime
    olt.uptime = { seconds, at }
    return before !== null && seconds + uptimeToleranceS < before.seconds + (at - before.at) / 1000
  }

  /** An uptime that falls time and again is broken: reading all anew each time would be a storm. */
  const isCredible = (olt: Polled): boolean => {
    const now = clock.monotonic()
    const isFirst = now - olt.restartedAt > betweenRestartsMs
    if (isFirst) olt.restartedAt = now
    return isFirst
  }

  const recognise = async ({
    olt,
    port,
    startedAt,
    signal,
    say,
    still,
  }: Context): Promise<void> => {
    const askedAt = clock.monotonic()
    const recognition = await still(port.recognise(signal))
    const answerMs = clock.monotonic() - askedAt
    const restarted = noteUptime(olt, recognition.system.uptimeS)
    const isKnown = recognition.kind === 'recognised'
    olt.family = isKnown ? recognition.polling : null
    olt.isReady = isKnown
    replan(olt, clock.monotonic())
    if (restarted && isCredible(olt)) {
      olt.schedule = afterRestart(olt.schedule, clock.monotonic(), olt.kept)
    }
    // Of a family that nobody knows nothing can be read, whoever asked for it.
    if (!isKnown) olt.asked.clear()
    const turn = turnOf('recognise', startedAt)
    olt.schedule = isKnown
      ? afterRecognised(olt.schedule, turn, olt.kept)
      : afterUnrecognised(olt.schedule, turn, random)
    const opticsPolled = isOpticsPolled(olt)
    say({ kind: 'recognised', recognition, answerMs, opticsPolled, ...times() })
    for (const waiter of olt.waiters.splice(0)) {
      if (isKnown) waiter.ready(port)
      else waiter.refuse(new NocturneError('not-found', { what: 'family' }))
    }
  }

  /** Null: there is more to come, in turns of its own. */
  const readOnus = async (context: Context, group: OnuGroup): Promise<OnuWalk | null> => {
    const { olt, port, running, startedAt, signal, say, still } = context
    const progress = (before: number) => (done: number, total: number | null) =>
      say({ kind: 'progress', group, done: before + done, total })
    if (olt.round === null) {
      if (group === 'status') olt.looks.roundBegan()
      const pons = await still(port.ponsToRead(group, signal))
      if (pons === null || pons.length === 0) {
        return still(port.readOnus(group, signal, progress(0)))
      }
      olt.round = beginRound(group, startedAt, running.asked, pons)
    }
    const { round } = olt
    const pon = round.pons[round.next++] as number
    if (group === 'status') olt.looks.portBegan(pon)
    const isLast = round.next === round.pons.length
    const before = round.parts.reduce((sum, { columns }) => sum + columns.count, 0)
    const how = { pon, checkRestart: isLast }
    try {
      const part = await still(port.readOnus(group, signal, progress(before), how))
      round.parts.push(part)
      round.failure = part.failure ?? round.failure
      round.failuresInARow = part.failure === null ? 0 : round.failuresInARow + 1
    } catch (error) {
      const isLost = !isNocturneError(error) || dropsRound.has(error.code)
      if (isLost || (round.parts.length === 0 && isNoAnswer(error))) throw error
      round.failure = error
      round.failuresInARow++
    }
    if (!isLast && round.failuresInARow < failedPortsToGiveUp) return null
    olt.round = null
    return mergeParts(round)
  }

  const readGroup = async (context: Context, group: PollGroup): Promise<void> => {
    const { olt, port, startedAt, signal, say, still } = context
    const succeed = (): void => {
      olt.schedule = afterSuccess(olt.schedule, turnOf(group, startedAt), olt.kept, random)
    }
    switch (group) {
      case 'recognise':
        await recognise(context)
        return
      case 'chassis': {
        const chassis = await still(port.readChassis(signal))
        const restarted = noteUptime(olt, chassis.system.uptimeS) && isCredible(olt)
        if (restarted) olt.schedule = afterRestart(olt.schedule, clock.monotonic(), olt.kept)
        else succeed()
        say({ kind: 'chassis', chassis, restarted, ...times() })
        return
      }
      case 'unconfigured': {
        olt.looks.unconfiguredBegan()
        const onus = await still(port.readUnconfigured(signal))
        succeed()
        say({ kind: 'unconfigured', onus, ...times() })
        return
      }
      case 'identity':
      case 'status':
      case 'optics':
      case 'counters': {
        const walk = await readOnus(context, group)
        if (walk === null) return
        if (walk.failure !== null && walk.columns.count === 0) throw walk.failure
        noteRound(olt, group, startedAt, walk)
        if (walk.failure === null) succeed()
        say({ kind: 'walked', walk, pon: null, ...times() })
        if (walk.failure !== null) throw new PartialWalk(walk.failure)
      }
    }
  }

  const noteRound = (
    olt: Polled,
    group: OnuGroup,
    startedAt: number,
    walk: OnuWalk | null,
  ): void => {
    const { at, monotonic } = times()
    olt.ring.note({ at, group, tookMs: monotonic - startedAt, walk })
    if (group !== 'status') return
    olt.looks.roundEnded(startedAt, monotonic)
    replan(olt, monotonic)
  }

  const readPon = async (context: Context, pon: number): Promise<void> => {
    const { olt, port, startedAt, signal, say, still } = context
    const how = { pon, checkRestart: true }
    const walk = await still(port.readOnus('status', signal, () => undefined, how))
    olt.looks.portEnded(clock.monotonic() - startedAt)
    if (walk.columns.count > 0 || walk.failure === null) {
      say({ kind: 'walked', walk, pon, ...times() })
    }
  }

  /** Moves the schedule on; what it says of the OLT. Null: nothing that the next round does not. */
  const fail = (
    olt: Polled,
    job: Job,
    startedAt: number,
    error: unknown,
  ): Extract<PollReport, { kind: 'failed' }> | null => {
    const group = job.kind === 'group' ? job.group : 'status'
    const partial = error instanceof PartialWalk
    const problem = problemOf(partial ? error.failure : error)
    const noAnswer = !partial && isNoAnswer(problem)
    if (job.kind === 'group' && isOnuGroup(group) && !partial) {
      noteRound(olt, group, startedAt, null)
    }
    const turn = turnOf(group, startedAt)
    if (noAnswer) {
      const longestMs = isLocalFault(problem) ? longestLocalBackOffMs : longestBackOffMs
      olt.schedule = afterNoAnswer(olt.schedule, turn, random, longestMs)
      closePort(olt)
    } else if (problem.code === 'olt-restarted' && isCredible(olt)) {
      olt.schedule = afterRestart(olt.schedule, turn.endedAt, olt.kept)
    } else if (job.kind === 'group') {
      olt.schedule = afterGroupFailure(olt.schedule, turn, olt.kept, random, partial)
    } else if (problem.code !== 'internal') {
      return null
    }
    if (group === 'recognise' || noAnswer) {
      // Whoever asked in vain is not answered later, when nobody expects it.
      if (olt.quiet !== null) olt.asked.clear()
      for (const waiter of olt.waiters.splice(0)) waiter.refuse(problem)
    }
    const unreachable = olt.schedule.missed >= missedUntilUnreachable
    return { kind: 'failed', group, error: problem, noAnswer, unreachable, ...times() }
  }

  const run: PollTurns['run'] = async (olt, job, running) => {
    const { generation } = olt
    const isResumed = job.kind === 'group' && olt.round !== null
    const startedAt = (isResumed ? olt.round?.startedAt : undefined) ?? clock.monotonic()
    const isHeard = (): boolean => parts.isCurrent(olt, generation) && !running.setAside
    const say: Say = (what) => {
      if (isHeard()) parts.report(olt.id, what)
    }
    const still: Context['still'] = async (work) => {
      const value = await work
      if (!isHeard()) throw new NocturneError('cancelled')
      return value
    }
    if (job.kind === 'group' && !isResumed) say({ kind: 'started', group: job.group })
    try {
      const port = (olt.port ??= parts.openOltPort(olt.target))
      await withTimeLimit(clock, parts.walkLimitMs, running.controller, (signal) => {
        const context = { olt, port, running, startedAt, signal, say, still }
        return job.kind === 'pon' ? readPon(context, job.pon) : readGroup(context, job.group)
      })
    } catch (error) {
      // Two walks must never be in flight: work that did not end keeps no session.
      if (error instanceof AbandonedError) closePort(olt)
      const report = isHeard() ? fail(olt, job, startedAt, error) : null
      if (job.kind === 'group' || report !== null) olt.round = null
      if (report !== null) say(report)
    }
    if (running.setAside && job.kind === 'group') olt.round = null
    if (job.kind === 'pon' || olt.round !== null || !parts.isCurrent(olt, generation)) return
    const next = nextGroup(olt, clock.monotonic())
    const waitMs = next === null ? null : Math.max(0, next.at - clock.monotonic())
    const nextAt = waitMs === null ? null : clock.now() + waitMs
    parts.report(olt.id, { kind: 'ended', group: job.group, nextAt })
  }

  return { run, closePort }
}

/** Of a round that meets one of these nothing may be kept. */
const dropsRound: ReadonlySet<string> = new Set(['olt-restarted', 'cancelled', 'internal'])

const isOnuGroup = (group: PollGroup): group is OnuGroup =>
  group === 'identity' || group === 'status' || group === 'optics' || group === 'counters'

const problemOf = (error: unknown): NocturneError =>
  isNocturneError(error) ? error : new NocturneError('internal', {}, { cause: error })
