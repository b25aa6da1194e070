import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfig, OnuPlaceOnOlt } from '../../../src-shared/domain/onu-config.ts'
import type { OltWriter, StepOutcome, StepSecrets } from '../../olt/cli/config-port.ts'
import { sameConfig } from '../plans/compare.ts'
import { abilitiesOf } from '../plans/say-steps.ts'
import {
  insertSteps,
  markBegun,
  moveStep,
  moveTarget,
  skipWaitingSteps,
} from '../plans/plan-writes.ts'
import { problemOf } from '../plans/read-before.ts'
import type { PlanReads, PlanRecord, StepRecord, TargetRecord } from '../plans/tables.ts'
import { goalOf, moves, stepsTo, type FoundNow, type TargetGoal } from '../plans/target-goal.ts'
import type { Boundary, ProvisioningDependencies } from '../ports.ts'
import { putReading, putRecord } from '../records/record-tables.ts'
import { followOnu } from '../services/service-tables.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Journal, JournalNote } from './journal.ts'
import { actOpen, differencesNow, heldAfter, judge, lastProblem, stateAfter } from './judge.ts'
import { pausesAfterLossMs, pausesWhileBusyMs, passing } from './retry.ts'
import { waitFor } from './wait.ts'

/**
 * One ONU of a plan, from what it is now to what was previewed. What is about to be sent is on the
 * disk before it goes out, its outcome before the next goes out; what came of it all is read back.
 * Whatever cannot be known is said so, and nothing is sent a second time without reading back.
 */

export type TargetEnd = 'done' | 'failed' | 'unknown' | 'put-back'

/** Why the run shall end after the step that runs; null: it goes on. */
export type Halt = () => {
  readonly kind: 'pause' | 'stop' | 'interrupt'
  readonly problem: Problem
} | null

export interface TargetRun {
  readonly end: TargetEnd
  /** The OLTs took something. */
  readonly changed: readonly string[]
}

/** What an attempt left open: read back and go on after a wait, or give up with this. */
type Attempt =
  | { readonly kind: 'ended'; readonly end: TargetEnd }
  | { readonly kind: 'again'; readonly problem: Problem; readonly busy: boolean }

export const createTargetRunner = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'configs' | 'hooks' | 'onuFollowed'> & {
    readonly reads: PlanReads
    readonly journal: Journal
  },
) => {
  const { clock, configs, reads, journal } = deps

  return async (
    plan: PlanRecord,
    seq: number,
    secrets: StepSecrets,
    halt: Halt,
    signal: AbortSignal,
  ): Promise<TargetRun> => {
    const changed = new Set<string>()
    const target = (): TargetRecord => reads.target(plan.id, seq)!
    const steps = (): readonly StepRecord[] => reads.steps(plan.id, seq)
    const first = target()
    const goal = goalOf(first, plan.change, plan.undoes !== null)
    const hook = async (point: Boundary, step = -1): Promise<void> => {
      await deps.hooks?.at(point, { planId: plan.id, target: seq, step })
    }
    const note = (
      step: StepRecord | null,
      state: string,
      problem: Problem | null,
    ): JournalNote => ({
      planId: plan.id,
      target: seq,
      step: step?.seq ?? null,
      kind: step?.step.kind ?? 'target',
      oltId: step?.oltId ?? first.oltId,
      state,
      code: problem?.code ?? null,
    })

    const settle = async (
      state: 'done' | 'failed' | 'unknown' | 'waiting',
      problem: Problem | null,
      found?: FoundNow,
      more: (tx: Transaction) => void = () => undefined,
    ): Promise<void> => {
      const read = found === undefined ? undefined : { config: moves(goal) ? found.to : found.from }
      await journal.commit([note(null, state, problem)], (tx) => {
        const at = clock.now()
        more(tx)
        moveTarget(tx, plan.id, seq, {
          state,
          problem,
          at,
          ...(read === undefined ? {} : { read }),
        })
        if (found !== undefined) {
          const { oltId, address, oltAfterId, addressAfter } = first
          putReading(tx, { oltId, address }, found.from, at)
          if (moves(goal))
            putReading(tx, { oltId: oltAfterId, address: addressAfter }, found.to, at)
        }
        if (state === 'done' || state === 'failed') skipWaitingSteps(tx, plan.id, seq)
        if (state === 'done') {
          const { oltId, address, oltAfterId, addressAfter } = first
          if (moves(goal)) putRecord(tx, { oltId, address }, null, at, plan.id)
          const held = heldAfter(goal.after, read?.config ?? null)
          putRecord(tx, { oltId: oltAfterId, address: addressAfter }, held, at, plan.id)
          if (goal.after !== null) {
            const from = { oltId, address, serial: first.serial }
            const to = { oltId: oltAfterId, address: addressAfter, serial: first.serialAfter }
            followOnu(tx, from, to)
            deps.onuFollowed?.(tx, from, to)
          }
        }
      })
      await hook('after-journal-result')
    }
    const ended = (end: TargetEnd): Attempt => ({ kind: 'ended', end })

    /** Reads back and says what there is: as wanted, or failed with what stands against it. */
    const verify = async (
      writer: OltWriter,
      oltId: string,
      why: Problem | null,
    ): Promise<Attempt> => {
      await hook('before-read-back')
      const found = await readNow(writer, oltId)
      await hook('after-read-back')
      const differences = differencesNow(goal, found)
      if (differences.length === 0 && !actOpen(goal, steps())) {
        await settle('done', null, found)
        return ended('done')
      }
      const parts = differences.map(({ part }) => part).join(' ')
      await settle('failed', why ?? { code: 'plan-read-back-differs', params: { parts } }, found)
      return ended('failed')
    }

    const readPlace = (
      place: OnuPlaceOnOlt,
      writer: OltWriter,
      oltId: string,
    ): Promise<OnuConfig | null> =>
      place.oltId === oltId
        ? writer.readOnu(place.address, signal)
        : configs.of(place.oltId).readOnu(place.address, signal)

    async function readNow(writer: OltWriter, oltId: string): Promise<FoundNow> {
      const from = await readPlace(goal.from, writer, oltId)
      return { from, to: moves(goal) ? await readPlace(goal.to, writer, oltId) : from }
    }

    /** The steps to send now; null: this attempt has ended by what was read. */
    const begin = async (writer: OltWriter): Promise<readonly StepRecord[] | Attempt> => {
      await hook('before-read')
      const now = await readNow(writer, goal.from.oltId)
      await hook('after-read')
      const known = steps()
      const begun = target().begun
      if (!begun && !asPreviewed(goal, now)) {
        await settle('failed', { code: 'plan-differs-now', params: {} }, now)
        return ended('failed')
      }
      const waiting = known.filter(({ state }) => state === 'waiting')
      if (!begun && waiting.length > 0) return waiting

      const judged = judge(goal, known, now)
      const moveSteps = (tx: Transaction): void => {
        const at = clock.now()
        for (const { seq: step, state } of judged.steps) {
          const problem = known.find((one) => one.seq === step)?.problem ?? null
          moveStep(tx, plan.id, seq, step, {
            state,
            problem: state === 'done' ? null : problem,
            at,
          })
        }
      }
      switch (judged.verdict) {
        case 'foreign': {
          const problem: Problem = {
            code: 'plan-differs-now',
            params: { parts: judged.foreign.join(' ') },
          }
          await settle('failed', problem, now, moveSteps)
          return ended('failed')
        }
        case 'cannot-tell':
          await settle('unknown', lastProblem(known), now, moveSteps)
          return ended('unknown')
        case 'as-wanted':
          await settle('done', null, now, moveSteps)
          return ended('done')
        case 'part-way': {
          const rest = remainder(goal, judged.now, known)
          const records = rest.map(({ oltId, step }, index): StepRecord => ({
            planId: plan.id,
            target: seq,
            seq: known.length + index,
            oltId,
            step,
            rendered: configs.of(oltId).render(step),
            unproven: configs.abilities(oltId)?.unprovenSteps.includes(step.kind) === true,
            state: 'waiting',
            problem: null,
            exchanges: [],
            startedAt: null,
            endedAt: null,
          }))
          await journal.commit(
            records.map((step) => note(step, 'waiting', null)),
            (tx) => {
              moveSteps(tx)
              skipWaitingSteps(tx, plan.id, seq)
              insertSteps(tx, records)
            },
          )
          return records
        }
      }
    }

    const remainder = (of: TargetGoal, now: FoundNow, known: readonly StepRecord[]) =>
      stepsTo(actOpen(of, known) ? of : { ...of, act: null }, now, abilitiesOf(configs)).steps

    /** Sends steps in their order with the writer of their OLT. Null: all were taken. */
    const send = async (
      writer: OltWriter,
      oltId: string,
      list: readonly StepRecord[],
    ): Promise<Attempt | null> => {
      let outcome: { readonly step: StepRecord; readonly value: StepOutcome } | null = null
      /** One transaction: the outcome of the last step and that the next is about to go out. */
      const commit = async (next: StepRecord | null): Promise<void> => {
        const last = outcome
        if (last === null && next === null) return
        outcome = null
        const problem = last === null || last.value.kind === 'done' ? null : last.value.problem
        if (next !== null) await hook('before-journal-sending', next.seq)
        await journal.commit(
          [
            ...(last === null ? [] : [note(last.step, last.value.kind, problem)]),
            ...(next === null ? [] : [note(next, 'sending', null)]),
          ],
          (tx) => {
            const at = clock.now()
            if (last !== null) {
              moveStep(tx, plan.id, seq, last.step.seq, {
                state: stateAfter(last.value),
                problem,
                exchanges: last.value.exchanges,
                at,
              })
            }
            if (next !== null) {
              moveStep(tx, plan.id, seq, next.seq, { state: 'sending', at })
              moveTarget(tx, plan.id, seq, { state: 'running', at })
              markBegun(tx, plan.id, seq)
            }
          },
        )
        if (next !== null) await hook('after-journal-sending', next.seq)
        else await hook('after-journal-outcome', last?.step.seq)
      }
      for (const step of list) {
        const halted = halt()
        if (halted !== null) {
          await commit(null)
          return haltHere(writer, oltId, halted)
        }
        await commit(step)
        const value = await writer.run(step.step, signal, secrets)
        await hook('after-send', step.seq)
        outcome = { step, value }
        // Lines before a refused one may have been taken.
        if (value.kind !== 'not-sent') changed.add(oltId)
        if (value.kind === 'done') {
          const given = value.onuId
          if (step.step.kind !== 'add-onu' || given === null || given === step.step.address.onuId) {
            continue
          }
        }
        await commit(null)
        return afterTrouble(writer, oltId, value)
      }
      await commit(null)
      return null
    }

    const afterTrouble = (
      writer: OltWriter,
      oltId: string,
      value: StepOutcome,
    ): Promise<Attempt> | Attempt => {
      switch (value.kind) {
        case 'done':
          // It put the ONU under another number than was asked for.
          return verify(writer, oltId, { code: 'cli-unexpected-answer', params: {} })
        case 'refused':
          if (value.problem.code === 'cli-busy') {
            return { kind: 'again', problem: value.problem, busy: true }
          }
          return verify(writer, oltId, value.problem)
        case 'unknown':
        case 'not-sent':
          return { kind: 'again', problem: value.problem, busy: value.problem.code === 'cli-busy' }
      }
    }

    const haltHere = async (
      writer: OltWriter,
      oltId: string,
      halted: NonNullable<ReturnType<Halt>>,
    ): Promise<Attempt> => {
      if (halted.kind === 'stop' && target().begun) return verify(writer, oltId, halted.problem)
      if (halted.kind === 'interrupt' && target().begun) {
        await settle('unknown', halted.problem)
        return ended('unknown')
      }
      await settle('waiting', null)
      return ended('put-back')
    }

    const attempt = async (): Promise<Attempt> => {
      const { from, to } = goal
      const afterFirst = await configs.of(from.oltId).withWriter(signal, async (writer) => {
        const list = await begin(writer)
        if ('kind' in list) return list
        const here = list.filter(({ oltId }) => oltId === from.oltId)
        const elsewhere = list.filter(({ oltId }) => oltId !== from.oltId)
        const trouble = await send(writer, from.oltId, here)
        return trouble ?? (elsewhere.length > 0 ? elsewhere : verify(writer, from.oltId, null))
      })
      if ('kind' in afterFirst) return afterFirst
      // One writer at a time is held: two plans that cross must not wait for each other.
      return configs.of(to.oltId).withWriter(signal, async (writer) => {
        const trouble = await send(writer, to.oltId, afterFirst)
        return trouble ?? verify(writer, to.oltId, null)
      })
    }

    const giveUp = async (problem: Problem): Promise<TargetEnd> => {
      const { begun } = target()
      if (begun && problem.code === 'cli-busy') {
        try {
          const { oltId } = goal.from
          const last = await configs
            .of(oltId)
            .withWriter(signal, (writer) => verify(writer, oltId, problem))
          if (last.kind === 'ended') return last.end
        } catch (error) {
          if (problemOf(error) === null) throw error
        }
      }
      await settle(begun ? 'unknown' : 'failed', problem)
      return begun ? 'unknown' : 'failed'
    }

    const taken = (): number => steps().filter(({ state }) => state === 'done').length
    // Tries are counted anew whenever something more was taken.
    for (let tried = 0, before = taken(); ; tried++) {
      let result: Attempt
      try {
        result = await attempt()
      } catch (error) {
        const problem = problemOf(error)
        if (problem === null) throw error
        result = { kind: 'again', problem, busy: problem.code === 'cli-busy' }
        if (!target().begun && !passing.has(problem.code)) {
          return { end: await giveUp(problem), changed: [...changed] }
        }
      }
      if (result.kind === 'ended') return { end: result.end, changed: [...changed] }
      const now = taken()
      if (now > before) tried = 0
      before = now
      const pauses = result.busy ? pausesWhileBusyMs : pausesAfterLossMs
      const pause = pauses[tried]
      if (pause === undefined || halt() !== null || signal.aborted) {
        return { end: await giveUp(result.problem), changed: [...changed] }
      }
      await waitFor(clock, pause / (deps.hooks?.hurry ?? 1), signal)
    }
  }
}

export type RunTarget = ReturnType<typeof createTargetRunner>

/** Still as it was when the plan was made, and the place it goes to is free. */
const asPreviewed = (goal: TargetGoal, now: FoundNow): boolean =>
  sameConfig(goal.before, now.from) && (!moves(goal) || now.to === null)
