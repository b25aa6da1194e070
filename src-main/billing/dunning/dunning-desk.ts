import { NocturneError } from '../../../src-shared/errors.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { OnIssued } from '../documents/document-desk.ts'
import { createNoteDesk } from '../documents/note-without-tax.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { createDebtActs, type DebtActs } from '../subscriptions/debt-acts.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { minuteIn } from '../today.ts'
import { lookAt, shownOf, type Looked } from './case-facts.ts'
import {
  caseById,
  dropNotices,
  lastCaseOf,
  putAction,
  putCase,
  putEvent,
  putNotice,
  type CaseRecord,
  type Debtor,
} from './case-tables.ts'
import { currentPolicy, type StoredPolicy } from './policy-tables.ts'
import { staysCut, type DunningDecision, type LocalMoment } from './rules.ts'

/** Who does it; the console itself: null. */
export interface ActedBy {
  readonly accountId: string | null
  readonly reason: string
}

export const byConsole: ActedBy = { accountId: null, reason: '' }

/** On the document, in the subscriber's language. */
const feeWords = { en: 'Late payment fee', id: 'Biaya keterlambatan' } as const

/**
 * What happens in a case, each in the transaction of its cause. Everything is looked at anew in that
 * transaction: nothing is done for what was owed a moment ago.
 */
export interface DunningDesk {
  readonly now: () => LocalMoment
  readonly debts: DebtActs
  /**
   * Money or a document came, or went back: a case that is clear ends, and its lines come back; the
   * same debt that is there again opens it again. The worker does the rest.
   */
  readonly moved: (tx: Transaction, subscriberId: string, currency: CurrencyCode) => void
  /** One turn of the worker: opens, ends, or does what is due. True: something was done. */
  readonly turn: (tx: Transaction, debtor: Debtor) => boolean
  /** Whether a turn would write anything. */
  readonly wouldMove: (reads: Reads, debtor: Debtor) => boolean
  readonly look: (reads: Reads, found: CaseRecord, at?: LocalMoment) => Looked
  /** A person has the lines off now, whatever the stage. */
  readonly cutNow: (tx: Transaction, found: CaseRecord, by: ActedBy) => number
  readonly restoreNow: (tx: Transaction, found: CaseRecord, by: ActedBy) => number
  /** Writes what a list shows, after a person said something. */
  readonly refresh: (tx: Transaction, caseId: string) => CaseRecord
  readonly failed: (tx: Transaction, debtor: Debtor, problem: Problem) => void
}

export const createDunningDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly reads: Reads
    readonly today: Today
    readonly lines: Pick<ServiceLines, 'settle'>
    readonly issued: OnIssued
  },
): DunningDesk => {
  const { clock, newId, subscribers } = deps
  const debts = createDebtActs(deps)
  const charge = createNoteDesk(deps)

  const now = (): LocalMoment => ({
    on: deps.today(),
    minute: minuteIn(billingSettings(deps.reads).timeZone, clock.now()),
  })

  const isSpared = (subscriberId: string): boolean =>
    subscribers.party(subscriberId)?.neverSuspend === true

  const look: DunningDesk['look'] = (reads, found, at = now()) =>
    lookAt(reads, found, currentPolicy(reads), isSpared(found.subscriberId), at)

  const opened = ({ subscriberId, currency }: Debtor): CaseRecord => ({
    id: newId(),
    version: 1,
    subscriberId,
    currency,
    round: 1,
    openedOn: deps.today(),
    closedOn: null,
    cut: 'none',
    debt: 0,
    oldestOn: null,
    stageKey: null,
    state: 'waits',
    because: '',
    nextAction: null,
    nextOn: null,
    problem: null,
    lookedAt: clock.now(),
  })

  const event = (
    tx: Transaction,
    found: Pick<CaseRecord, 'id' | 'round'>,
    kind: 'opened' | 'reopened' | 'closed' | 'resume',
    by: ActedBy = byConsole,
  ): void =>
    putEvent(tx, {
      caseId: found.id,
      round: found.round,
      kind,
      untilOn: null,
      on: deps.today(),
      at: clock.now(),
      by: by.accountId,
      reason: by.reason,
    })

  const tell = (
    tx: Transaction,
    found: Pick<CaseRecord, 'id' | 'subscriberId'>,
    what: string,
    by: ActedBy,
    data: Readonly<Record<string, string | number | null>> = {},
  ): void => {
    subscribers.note(tx, {
      subscriberId: found.subscriberId,
      kind: `dunning-${what}`,
      objectKind: 'dunning-case',
      objectId: found.id,
      accountId: by.accountId,
      // SECURITY: no money: whoever reads the subscriber may not read what he owes.
      data,
    })
    tx.change({
      entity: 'dunning-case',
      entityId: found.id,
      kind: what === 'opened' ? 'created' : 'updated',
      version: 1,
      data: { what },
    })
  }

  /** The live case, or the one that is due to be: opened anew, or the same debt that is back. */
  const caseFor = (tx: Transaction, debtor: Debtor, dueOn: string): CaseRecord => {
    const last = lastCaseOf(tx, debtor.subscriberId, debtor.currency)
    if (last !== null && last.closedOn === null) return last
    // What was overdue when it was closed is the same debt: it goes on where its age says.
    const isSame = last !== null && last.closedOn !== null && dueOn < last.closedOn
    const found: CaseRecord = isSame
      ? { ...last, closedOn: null, round: last.round + 1 }
      : opened(debtor)
    putCase(tx, found)
    event(tx, found, isSame ? 'reopened' : 'opened')
    tell(tx, found, isSame ? 'reopened' : 'opened', byConsole)
    return found
  }

  const save = (tx: Transaction, found: CaseRecord, looked: Looked): CaseRecord => {
    const next: CaseRecord = {
      ...found,
      ...shownOf(looked, now()),
      version: found.version + 1,
      lookedAt: clock.now(),
    }
    putCase(tx, next)
    return next
  }

  const restore = (tx: Transaction, found: CaseRecord, by: ActedBy): number => {
    const { subscriberId, currency } = found
    const lines = debts.restore(tx, { subscriberId, currency, ...by })
    event(tx, found, 'resume', by)
    tell(tx, found, 'resumed', by, { lines })
    return lines
  }

  /** Ends what is clear; brings back what need not be off any more. */
  const ease = (tx: Transaction, found: CaseRecord): CaseRecord => {
    const looked = look(tx, found)
    let kept = found
    const stays =
      found.cut === 'stage'
        ? staysCut(looked.rules, looked.state, looked.debt)
        : looked.debt !== null
    if (found.cut !== 'none' && !stays) {
      restore(tx, found, byConsole)
      kept = { ...found, cut: 'none' }
    }
    if (looked.debt !== null) return save(tx, kept, look(tx, kept))
    event(tx, kept, 'closed')
    dropNotices(tx, kept.id, clock.now())
    tell(tx, kept, 'closed', byConsole)
    const ended = { ...kept, closedOn: deps.today(), problem: null }
    return save(tx, ended, looked)
  }

  const debtorDebt = (reads: Reads, debtor: Debtor) => look(reads, opened(debtor)).debt

  const cut = (tx: Transaction, found: CaseRecord, by: ActedBy): number => {
    const { subscriberId, currency } = found
    return debts.suspend(tx, { subscriberId, currency, ...by })
  }

  const act = (
    tx: Transaction,
    found: CaseRecord,
    looked: Looked,
    decision: Extract<DunningDecision, { readonly kind: 'act' }>,
    policy: StoredPolicy,
  ): CaseRecord => {
    const stage = policy.terms.stages[decision.stage]!
    const at = clock.now()
    const keyOf = (index: number): string => policy.terms.stages[index]!.key
    const lines = decision.action === 'suspend' ? cut(tx, found, byConsole) : 0
    // What came back is the same debt: its fee stands on a document already.
    const isCharged = looked.actions.some(
      ({ round, stageKey, feeDocumentId }) =>
        round !== found.round && stageKey === stage.key && feeDocumentId !== null,
    )
    const fee = isCharged ? 0 : (stage.fee[found.currency] ?? 0)
    const feeDocumentId = charge(
      tx,
      {
        subscriberId: found.subscriberId,
        currency: found.currency,
        amount: fee,
        reason: 'dunning',
        words: feeWords,
      },
      byConsole.accountId,
    )
    const action = {
      id: newId(),
      caseId: found.id,
      round: found.round,
      stageKey: stage.key,
      attempt: attemptAfter(looked, found.round, stage.key),
      action: decision.action,
      policy: policy.number,
      on: deps.today(),
      at,
      by: null,
      debt: decision.debt.minor,
      oldestOn: decision.debt.oldestOn,
      skipped: decision.skipped.map(keyOf),
      feeDocumentId,
      lines,
    }
    putAction(tx, action)
    if (stage.channel !== null) {
      const { id: actionId, caseId, action: what, debt, oldestOn } = action
      const { subscriberId, currency } = found
      const { channel, template } = stage
      const notice = {
        id: newId(),
        caseId,
        actionId,
        subscriberId,
        action: what,
        channel,
        template,
      }
      putNotice(tx, { ...notice, currency, debt: debt + fee, oldestOn, at })
    }
    tell(tx, found, decision.action, byConsole, { lines })
    return {
      ...found,
      stageKey: stage.key,
      problem: null,
      cut: decision.action === 'suspend' ? 'stage' : found.cut,
    }
  }

  const turn: DunningDesk['turn'] = (tx, debtor) => {
    const policy = currentPolicy(tx)
    const last = lastCaseOf(tx, debtor.subscriberId, debtor.currency)
    const live = last !== null && last.closedOn === null ? last : null
    const debt = debtorDebt(tx, debtor)
    if (live === null && (debt === null || !policy.terms.enabled)) return false
    tx.about({
      objectKind: 'subscriber',
      objectId: debtor.subscriberId,
      subjectId: debtor.subscriberId,
    })
    const before = live ?? caseFor(tx, debtor, debt?.dueOn ?? deps.today())
    let found = ease(tx, before)
    if (found.closedOn !== null || !policy.terms.enabled) return true
    const looked = look(tx, found)
    if (looked.decision.kind === 'act') {
      found = act(tx, found, looked, looked.decision, policy)
      putCase(tx, found)
    }
    // Resumed or bought since the cut: off as the rest is.
    if (found.cut !== 'none') cut(tx, found, byConsole)
    save(tx, found, look(tx, found))
    return true
  }

  return {
    now,
    debts,
    look,
    turn,
    wouldMove: (reads, debtor) => {
      const { enabled } = currentPolicy(reads).terms
      const last = lastCaseOf(reads, debtor.subscriberId, debtor.currency)
      if (last === null || last.closedOn !== null) {
        return enabled && debtorDebt(reads, debtor) !== null
      }
      const looked = look(reads, last)
      if (looked.debt === null || (enabled && looked.decision.kind === 'act')) return true
      if (last.cut === 'stage' && !staysCut(looked.rules, looked.state, looked.debt)) return true
      const isOn = debts.toSuspend(reads, last.subscriberId, last.currency).length > 0
      if (enabled && last.cut !== 'none' && isOn) return true
      const shown = shownOf(looked, now())
      return (Object.keys(shown) as (keyof typeof shown)[]).some((key) => shown[key] !== last[key])
    },
    moved: (tx, subscriberId, currency) => {
      const debtor = { subscriberId, currency }
      const last = lastCaseOf(tx, subscriberId, currency)
      if (last !== null && last.closedOn === null) {
        ease(tx, last)
        return
      }
      if (!currentPolicy(tx).terms.enabled) return
      const debt = debtorDebt(tx, debtor)
      if (debt === null) return
      const found = caseFor(tx, debtor, debt.dueOn)
      save(tx, found, look(tx, found))
    },
    cutNow: (tx, found, by) => {
      const looked = look(tx, found)
      // SECURITY: nobody is cut who owes nothing at this moment, whatever the board shows.
      if (looked.debt === null) throw new NocturneError('dunning-closed')
      const lines = cut(tx, found, by)
      const action = {
        id: newId(),
        caseId: found.id,
        round: found.round,
        stageKey: 'hand',
        attempt: attemptAfter(looked, found.round, 'hand'),
        action: 'suspend',
        policy: currentPolicy(tx).number,
        on: deps.today(),
        at: clock.now(),
        by: by.accountId,
        debt: looked.debt.minor,
        oldestOn: looked.debt.oldestOn,
        skipped: [],
        feeDocumentId: null,
        lines,
      } as const
      putAction(tx, action)
      const next: CaseRecord = { ...found, cut: 'hand' }
      tell(tx, next, 'suspend', by, { lines })
      save(tx, next, look(tx, next))
      return lines
    },
    restoreNow: (tx, found, by) => {
      const lines = restore(tx, found, by)
      const next: CaseRecord = { ...found, cut: 'none' }
      save(tx, next, look(tx, next))
      return lines
    },
    refresh: (tx, caseId) => {
      const found = caseById(tx, caseId)
      if (found === null) throw new Error('a case that is not there')
      return ease(tx, found)
    },
    failed: (tx, debtor, problem) => {
      const last = lastCaseOf(tx, debtor.subscriberId, debtor.currency)
      if (last !== null && last.closedOn === null) {
        putCase(tx, { ...last, problem, version: last.version + 1, lookedAt: clock.now() })
      }
      tx.about({
        objectKind: 'subscriber',
        objectId: debtor.subscriberId,
        subjectId: debtor.subscriberId,
      })
    },
  }
}

const attemptAfter = ({ actions }: Looked, round: number, key: string): number =>
  1 +
  actions
    .filter((action) => action.round === round && action.stageKey === key)
    .reduce((most, { attempt }) => Math.max(most, attempt), 0)
