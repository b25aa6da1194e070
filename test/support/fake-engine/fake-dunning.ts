import type {
  DunningCaseRow,
  DunningEntry,
  DunningPolicyTerms,
} from '../../../src-shared/contract/billing-dunning-model.ts'
import type {
  billingDunningCommands,
  billingDunningQueries,
} from '../../../src-shared/contract/billing-dunning.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import {
  addDays,
  calendarDate,
  daysBetween,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import { uuidOf } from './fake-subscriber-book.ts'

type Names = keyof typeof billingDunningQueries | keyof typeof billingDunningCommands
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}
type Open = Output<'billing.account'>['open']

const stages = (
  [
    ['remind', 3, 'remind', 'whatsapp'],
    ['warn', 7, 'warn', 'call'],
    ['suspend', 14, 'suspend', 'whatsapp'],
    ['final', 30, 'final-notice', 'letter'],
  ] as const
).map(([key, offsetDays, action, channel]) => ({
  key,
  offsetDays,
  action,
  channel,
  minimum: {},
  fee: {},
  attempts: 1,
  gapDays: 0,
  template: key,
}))

/** Cases over the fake documents: enough to look at each screen and to see each act. */
export const createFakeDunning = (
  deps: Pick<FakeBillingDeps, 'now' | 'me' | 'subscriber'> & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly changed: () => void
    readonly openOf: (subscriberId: string) => Open
  },
): Handlers => {
  const { now, today, newId } = deps
  let number = 2
  let rules: Output<'billing.serviceRules'> = {
    version: 1,
    afterEnd: 'suspend',
    removeAfterDays: 90,
  }
  let policy: DunningPolicyTerms = {
    enabled: true,
    basis: 'due',
    stages: [...stages],
    warnedDays: 3,
    weekdays: [1, 2, 3, 4],
    fromMinute: 540,
    toMinute: 900,
    closedOn: [],
    promisesMost: 2,
    promiseDays: 14,
  }
  const entries = new Map<string, DunningEntry[]>()
  const disputed = new Set<string>()
  let notices: Output<'billing.dunningNotices'>['notices'] | null = null
  let kept: DunningCaseRow[] | null = null

  const entry = (caseId: string, part: Partial<DunningEntry>, at = now()): void => {
    const one: DunningEntry = {
      at,
      on: today(),
      by: null,
      kind: 'opened',
      action: null,
      stageKey: null,
      attempt: null,
      untilOn: null,
      reason: '',
      debt: null,
      lines: null,
      feeDocumentId: null,
      ...part,
    }
    entries.set(caseId, [one, ...(entries.get(caseId) ?? [])])
  }

  /** The first that the fake subscribers hold, each at another stage. */
  const cases = (): DunningCaseRow[] => {
    kept ??= Array.from({ length: 14 }, (_, at) => deps.subscriber(uuidOf('a000', at + 1)))
      .flatMap((one) => one ?? [])
      .map(({ id, code, name }, at): DunningCaseRow => {
        const age = [4, 5, 9, 11, 16, 20, 33, 2][at % 8]!
        const oldestOn = addDays(today(), -age)
        const stage = stages.findLast(({ offsetDays }) => offsetDays <= age)
        const next = stages.find(({ offsetDays }) => offsetDays > age)
        const cut = age >= 14 && at % 8 !== 5
        const row: DunningCaseRow = {
          id: newId(),
          version: 1,
          subscriberId: id,
          subscriberCode: code,
          subscriberName: name,
          phone: `+62812555${String(1000 + at)}`,
          neverSuspend: at % 8 === 5,
          currency: 'IDR',
          openedOn: addDays(oldestOn, 1),
          closedOn: null,
          cut: cut ? 'stage' : 'none',
          debt: 27_750_000 + at * 1_110_000,
          oldestOn,
          stageKey: stage?.key ?? null,
          state: at % 8 === 5 ? 'held' : at % 8 === 3 ? 'promised' : 'waits',
          because: at % 8 === 5 ? 'never-suspend' : '',
          nextAction: next?.action ?? null,
          nextOn: next === undefined ? null : addDays(oldestOn, next.offsetDays),
          problem: null,
          lookedAt: now() - 600_000,
        }
        entry(row.id, { kind: 'opened' }, now() - age * 86_400_000)
        for (const done of stages.filter(({ offsetDays }) => offsetDays <= age)) {
          entry(
            row.id,
            { kind: 'action', action: done.action, stageKey: done.key, attempt: 1, lines: 1 },
            now() - (age - done.offsetDays) * 86_400_000,
          )
        }
        return row
      })
    return kept
  }
  const found = (caseId: string): DunningCaseRow => {
    const one = cases().find(({ id }) => id === caseId)
    if (one === undefined) throw new NocturneError('not-found', { what: 'dunning-case' })
    return one
  }
  const put = (caseId: string, part: Partial<DunningCaseRow>): void => {
    found(caseId)
    kept = cases().map((one) => (one.id === caseId ? { ...one, ...part } : one))
    deps.changed()
  }
  const noticeList = () =>
    (notices ??= cases()
      .slice(0, 6)
      .map((one, at) => ({
        id: newId(),
        caseId: one.id,
        subscriberId: one.subscriberId,
        subscriberCode: one.subscriberCode,
        subscriberName: one.subscriberName,
        language: 'id',
        phone: one.phone,
        email: null,
        address: 'Jl. Melati 4, Bandung',
        action: at % 2 === 0 ? 'remind' : 'warn',
        channel: at % 2 === 0 ? 'whatsapp' : 'call',
        template: 'reminder',
        currency: one.currency,
        debt: one.debt,
        oldestOn: one.oldestOn ?? today(),
        createdAt: now() - at * 3_600_000,
        state: 'to-do',
        doneAt: null,
        doneBy: null,
      })))

  return {
    'billing.dunningPolicy': () => ({ number, at: now() - 86_400_000, by: deps.me(), policy }),
    'billing.serviceRules': () => rules,
    'billing.configureServiceRules': ({ afterEnd, removeAfterDays }) => {
      rules = { version: rules.version + 1, afterEnd, removeAfterDays }
      return { version: rules.version }
    },
    'billing.saveDunningPolicy': ({ policy: terms }) => {
      const wrong = terms.stages.findIndex(
        ({ offsetDays }, at) => at > 0 && offsetDays <= terms.stages[at - 1]!.offsetDays,
      )
      if (wrong >= 0) {
        throw new NocturneError('dunning-policy-refused', {
          rule: 'offsets-not-ascending',
          stage: wrong + 1,
        })
      }
      policy = terms
      number += 1
      deps.changed()
      return { number }
    },
    'billing.dunningBoard': ({ stageKey, search, sort, descending, limit, offset }) => {
      const word = search.toLowerCase()
      const fitting = cases()
        .filter((one) => stageKey === null || (one.stageKey ?? '') === stageKey)
        .filter((one) => `${one.subscriberName} ${one.subscriberCode}`.toLowerCase().includes(word))
        .toSorted((one, other) => {
          const [a, b] = descending ? [other, one] : [one, other]
          if (sort === 'debt') return a.debt - b.debt
          if (sort === 'name') return a.subscriberName.localeCompare(b.subscriberName)
          const of = sort === 'oldest' ? 'oldestOn' : 'nextOn'
          return (a[of] ?? '9999').localeCompare(b[of] ?? '9999')
        })
      const keys = [...new Set(cases().map((one) => one.stageKey ?? ''))]
      return {
        today: today(),
        enabled: policy.enabled,
        stages: keys.map((key) => {
          const own = cases().filter((one) => (one.stageKey ?? '') === key)
          return {
            key,
            currency: 'IDR',
            count: own.length,
            debt: own.reduce((sum, { debt }) => sum + debt, 0),
            cut: own.filter(({ cut }) => cut !== 'none').length,
          }
        }),
        noticesToDo: noticeList().filter(({ state }) => state === 'to-do').length,
        cases: fitting.slice(offset, offset + limit),
        total: fitting.length,
      }
    },
    'billing.dunningCase': ({ caseId }) => ({
      case: found(caseId),
      entries: entries.get(caseId) ?? [],
      documents: deps
        .openOf(found(caseId).subscriberId)
        .map((one) => ({ ...one, disputed: disputed.has(one.id) })),
      promiseOn: null,
      promises: 0,
      frozenReason: found(caseId).state === 'frozen' ? found(caseId).because : null,
      suspendNotBefore: null,
    }),
    'billing.dunningOf': ({ subscriberId }) => ({
      cases: cases().filter((one) => one.subscriberId === subscriberId),
    }),
    'billing.dunningPreview': ({ on, caseIds }) => {
      const own = cases().filter(
        ({ id, cut, oldestOn }) =>
          cut === 'none' &&
          (caseIds.length > 0
            ? caseIds.includes(id)
            : oldestOn !== null &&
              daysBetween(calendarDate(oldestOn), calendarDate(on ?? today())) >= 14),
      )
      const rows = own.map((one, at) => ({
        caseId: one.id,
        subscriberId: one.subscriberId,
        subscriberCode: one.subscriberCode,
        subscriberName: one.subscriberName,
        currency: one.currency,
        debt: one.debt,
        oldestOn: one.oldestOn ?? today(),
        ageDays: daysBetween(calendarDate(one.oldestOn ?? today()), today()),
        outcome: one.neverSuspend ? 'never-suspend' : 'suspend',
        on: null,
        lines: [
          {
            serviceName: 'Home',
            oltName: 'KARANG-01',
            serial: `HWTC1A2B3C${String(10 + at)}`,
            address: { shelf: 0, slot: 1, port: 3, onuId: at + 1 },
            cli: ['interface gpon 0/1', `ont deactivate 3 ${String(at + 1)}`],
            problem: null,
          },
        ],
      }))
      const cut = rows.filter(({ outcome }) => outcome === 'suspend')
      return { on: on ?? today(), rows, suspended: cut.length, lines: cut.length, more: 0 }
    },
    'billing.dunningNotices': ({ states }) => {
      const shown = noticeList().filter(({ state }) => states.includes(state))
      return { notices: shown, total: shown.length }
    },
    'billing.markNotices': ({ noticeIds, state }) => {
      notices = noticeList().map((one) => (noticeIds.includes(one.id) ? { ...one, state } : one))
      deps.changed()
      return { marked: noticeIds.length }
    },
    'billing.runDunning': () => ({ looked: cases().length, moved: 0, failed: 0 }),
    'billing.promise': ({ caseId, untilOn, note, resume }) => {
      entry(caseId, { kind: 'promise', untilOn, reason: note, by: deps.me() })
      const wasCut = found(caseId).cut !== 'none'
      put(caseId, {
        state: 'promised',
        because: '',
        nextOn: untilOn,
        ...(resume ? { cut: 'none' as const } : {}),
      })
      return { lines: resume && wasCut ? 1 : 0 }
    },
    'billing.freezeDunning': ({ caseId, frozen, reason }) => {
      entry(caseId, { kind: frozen ? 'freeze' : 'unfreeze', reason, by: deps.me() })
      put(caseId, { state: frozen ? 'frozen' : 'waits', because: frozen ? reason : '' })
      return {}
    },
    'billing.disputeDocument': ({ documentId, frozen }) => {
      if (frozen) disputed.add(documentId)
      else disputed.delete(documentId)
      deps.changed()
      return {}
    },
    'billing.moveSuspension': ({ caseIds, notBeforeOn, reason }) => {
      for (const caseId of caseIds) {
        entry(caseId, { kind: 'move', untilOn: notBeforeOn, reason, by: deps.me() })
        put(caseId, { state: 'later', because: 'moved', nextOn: notBeforeOn })
      }
      return {}
    },
    'billing.suspendNow': ({ caseIds }) => {
      for (const caseId of caseIds) {
        if (found(caseId).neverSuspend) {
          throw new NocturneError('dunning-never-suspend', {
            subscriber: found(caseId).subscriberCode,
          })
        }
      }
      for (const caseId of caseIds) {
        entry(caseId, { kind: 'action', action: 'suspend', stageKey: 'hand', by: deps.me() })
        put(caseId, { cut: 'hand' })
      }
      return { lines: caseIds.length }
    },
    'billing.resumeNow': ({ caseIds, notBeforeOn, reason }) => {
      for (const caseId of caseIds) {
        entry(caseId, { kind: 'resume', reason, by: deps.me() })
        put(caseId, { cut: 'none', state: 'later', because: 'moved', nextOn: notBeforeOn })
      }
      return { lines: caseIds.length }
    },
  }
}
