import type { Output } from '../../../src-shared/contract/index.ts'
import { calendarDate, daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { BillingDependencies } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import {
  caseById,
  lastCaseOf,
  liveCases,
  newDebtors,
  type CaseRecord,
  type Debtor,
} from './case-tables.ts'
import type { DunningDesk } from './dunning-desk.ts'
import { servicesToCut } from './lines-to-cut.ts'
import type { LocalMoment } from './rules.ts'

type Preview = Output<'billing.dunningPreview'>
type Row = Preview['rows'][number]

const mostRows = 500

/**
 * Who would be suspended at a moment, why the others would not, and the exact lines. The same rules as
 * the worker's; nothing is written, no OLT is asked.
 */
export const previewOf = async (
  deps: Pick<BillingDependencies, 'lines' | 'subscribers'> & {
    readonly reads: Reads
    readonly desk: DunningDesk
    readonly nextTurn: () => Promise<void>
    readonly fromMinute: number
  },
  asked: { readonly on: string | null; readonly caseIds: readonly string[] },
  signal: AbortSignal,
): Promise<Preview> => {
  const { desk, reads } = deps
  const now = desk.now()
  const at: LocalMoment =
    asked.on === null || asked.on === now.on
      ? now
      : { on: calendarDate(asked.on), minute: deps.fromMinute }
  const byHand = asked.caseIds.length > 0
  const debtors: readonly Debtor[] = byHand
    ? asked.caseIds.flatMap((id) => caseById(reads, id) ?? [])
    : [...liveCases(reads), ...newDebtors(reads, null, at.on)]
  const rows: Row[] = []
  let more = 0
  for (const [index, debtor] of debtors.entries()) {
    if (index % 50 === 49) await deps.nextTurn()
    if (signal.aborted) break
    const row = rowOf(debtor)
    if (row === null) continue
    if (rows.length < mostRows) rows.push(row)
    else more += 1
  }
  const cut = rows.filter(({ outcome }) => outcome === 'suspend')
  return {
    on: at.on,
    rows,
    suspended: cut.length,
    lines: cut.reduce((sum, { lines }) => sum + lines.length, 0),
    more,
  }

  function rowOf(debtor: Debtor): Row | null {
    const last = lastCaseOf(reads, debtor.subscriberId, debtor.currency)
    const live = last !== null && last.closedOn === null ? last : null
    const found = live ?? blank(debtor)
    const { decision, debt } = desk.look(reads, found, at)
    const party = deps.subscribers.party(debtor.subscriberId)
    if (debt === null || party === null || found.cut !== 'none') return null
    const outcome = byHand
      ? party.neverSuspend
        ? 'never-suspend'
        : 'suspend'
      : decision.kind === 'act'
        ? decision.action === 'suspend'
          ? 'suspend'
          : null
        : decision.kind === 'held' || decision.kind === 'later'
          ? decision.because
          : null
    if (outcome === null) return null
    return {
      caseId: live?.id ?? null,
      subscriberId: debtor.subscriberId,
      subscriberCode: party.code,
      subscriberName: party.name,
      currency: debtor.currency,
      debt: debt.minor,
      oldestOn: debt.oldestOn,
      ageDays: daysBetween(debt.oldestOn, at.on),
      outcome,
      on: decision.kind === 'later' ? decision.on : null,
      lines: linesOf(debtor),
    }
  }

  function linesOf(debtor: Debtor): Row['lines'] {
    return servicesToCut(reads, desk, debtor).map(({ name: serviceName, oltId, serial }) => {
      if (oltId === null || serial === null) {
        return { serviceName, oltName: null, serial: null, address: null, cli: [], problem: null }
      }
      const { oltName, address, cli, problem } = deps.lines.stepsOf(oltId, serial, 'suspended')
      return {
        serviceName,
        oltName,
        serial,
        address: address === null ? null : unpackOnuAddress(address),
        cli: [...cli],
        problem,
      }
    })
  }
}

const blank = ({
  subscriberId,
  currency,
}: Debtor): Parameters<DunningDesk['look']>[1] & CaseRecord => ({
  id: '',
  version: 0,
  subscriberId,
  currency,
  round: 1,
  openedOn: calendarDate('2000-01-01'),
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
  lookedAt: 0,
})
