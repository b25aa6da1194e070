import type { DunningStageTerms } from '../../../src-shared/contract/billing-dunning-model.ts'
import {
  calendarDate,
  daysBetween,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { freeSources, openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import {
  actionsOf,
  disputedOf,
  eventsOfCase,
  type ActionRecord,
  type CaseRecord,
  type EventRecord,
} from './case-tables.ts'
import type { StoredPolicy } from './policy-tables.ts'
import { rulesOf } from './policy-tables.ts'
import {
  debtOf,
  decide,
  type Debt,
  type DunningCase,
  type DunningDecision,
  type DunningPolicy,
  type LocalMoment,
  type OwedDocument,
} from './rules.ts'

/** What is owed now, as the rules take it. */
export const owedOf = (
  reads: Reads,
  subscriberId: string,
  currency: string,
): { readonly documents: readonly OwedDocument[]; readonly credit: number } => {
  const open = openDocuments(reads, subscriberId, currency)
  const disputed = disputedOf(
    reads,
    open.map(({ id }) => id),
  )
  return {
    documents: open.map(({ id, issuedOn, dueOn, open: left }) => ({
      issuedOn: calendarDate(issuedOn),
      dueOn: calendarDate(dueOn),
      open: left,
      isDisputed: disputed.has(id),
    })),
    credit: freeSources(reads, subscriberId, currency).reduce((sum, { free }) => sum + free, 0),
  }
}

/** What people said of a case, as it holds now. */
export const saidOf = (
  events: readonly EventRecord[],
  round: number,
): {
  readonly promiseOn: CalendarDate | null
  readonly promises: number
  readonly frozenReason: string | null
  readonly suspendNotBefore: CalendarDate | null
} => {
  const own = events.filter((event) => event.round === round)
  const promises = own.filter(({ kind }) => kind === 'promise')
  const freezing = own.findLast(({ kind }) => kind === 'freeze' || kind === 'unfreeze')
  const moved = own
    .filter(({ kind }) => kind === 'move' || kind === 'resume')
    .flatMap(({ untilOn }) => (untilOn === null ? [] : [untilOn]))
  return {
    promiseOn: promises.at(-1)?.untilOn ?? null,
    promises: promises.length,
    frozenReason: freezing?.kind === 'freeze' ? freezing.reason : null,
    // The later day wins.
    suspendNotBefore: moved.reduce<CalendarDate | null>(
      (last, on) => (last === null ? on : laterDate(last, on)),
      null,
    ),
  }
}

/** What the rules ask of a case. What was done under stages that the policy has no more is left out. */
export const caseForRules = (
  found: Pick<CaseRecord, 'currency' | 'round' | 'cut'>,
  of: {
    readonly actions: readonly ActionRecord[]
    readonly events: readonly EventRecord[]
    readonly stages: readonly Pick<DunningStageTerms, 'key'>[]
    readonly neverSuspend: boolean
  },
): DunningCase => {
  const { promises: _, ...said } = saidOf(of.events, found.round)
  return {
    currency: found.currency,
    neverSuspend: of.neverSuspend,
    isCut: found.cut !== 'none',
    ...said,
    done: of.actions.flatMap(({ stageKey, on, round }) => {
      const stage = of.stages.findIndex(({ key }) => key === stageKey)
      return stage < 0 ? [] : [{ stage, on, isEarlier: round !== found.round }]
    }),
  }
}

export interface Looked {
  readonly rules: DunningPolicy
  readonly state: DunningCase
  readonly debt: Debt | null
  readonly decision: DunningDecision
  readonly actions: readonly ActionRecord[]
}

/** One case at one moment: what the preview, the worker and the board all ask. */
export const lookAt = (
  reads: Reads,
  found: Pick<CaseRecord, 'id' | 'subscriberId' | 'currency' | 'round' | 'cut'>,
  policy: StoredPolicy,
  neverSuspend: boolean,
  now: LocalMoment,
): Looked => {
  const rules = rulesOf(policy.terms)
  const actions = actionsOf(reads, found.id)
  const state = caseForRules(found, {
    actions,
    events: eventsOfCase(reads, found.id),
    stages: policy.terms.stages,
    neverSuspend,
  })
  const { documents, credit } = owedOf(reads, found.subscriberId, found.currency)
  return {
    rules,
    state,
    actions,
    debt: debtOf(rules, documents, credit, now.on),
    decision: decide(rules, state, documents, credit, now),
  }
}

/** What a list shows of a decision. */
export const shownOf = (
  { decision, rules, debt }: Pick<Looked, 'decision' | 'rules' | 'debt'>,
  now: LocalMoment,
): Pick<CaseRecord, 'debt' | 'oldestOn' | 'state' | 'because' | 'nextAction' | 'nextOn'> => {
  const owed = { debt: debt?.minor ?? 0, oldestOn: debt?.oldestOn ?? null }
  const actionOf = (stage: number) => rules.stages[stage]?.action ?? null
  const none = { ...owed, because: '', nextAction: null, nextOn: null }
  switch (decision.kind) {
    case 'clear':
      return { ...none, state: 'closed' }
    case 'frozen':
      return { ...none, state: 'frozen', because: decision.reason }
    case 'promised':
      return { ...none, state: 'promised', nextOn: decision.until }
    case 'waits': {
      const { nextOn } = decision
      const next =
        debt === null || nextOn === null
          ? -1
          : rules.stages.findLastIndex(
              ({ offsetDays }) => debtAgeOn(debt, now.on, nextOn) >= offsetDays,
            )
      return { ...none, state: 'waits', nextOn, nextAction: actionOf(next) }
    }
    case 'held':
      return {
        ...none,
        state: 'held',
        because: decision.because,
        nextAction: actionOf(decision.stage),
      }
    case 'later':
      return {
        ...none,
        state: 'later',
        because: decision.because,
        nextAction: actionOf(decision.stage),
        nextOn: decision.on,
      }
    case 'act':
      return { ...none, state: 'due', nextAction: decision.action, nextOn: now.on }
  }
}

const debtAgeOn = (debt: Debt, today: CalendarDate, on: CalendarDate): number =>
  debt.ageDays + daysBetween(today, on)
