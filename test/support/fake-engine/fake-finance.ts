import type { FinanceMonth } from '../../../src-shared/contract/billing-finance.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { addMonths, calendarDate, startOfMonth } from '../../../src-shared/domain/calendar-date.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { seededRandom } from '../seeded-random.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Handlers = {
  readonly [Name in 'billing.finance' | 'billing.aged']: (
    input: Input<Name>,
  ) => Output<Name> | Promise<Output<Name>>
}
type AgedRow = Output<'billing.aged'>['rows'][number]

/** Books of a provider that grows: made up by month, and adding up as real ones do. */
export const createFakeFinance = (
  deps: Pick<FakeBillingDeps, 'plant' | 'now' | 'subscriber'> & {
    readonly today: () => CalendarDate
    readonly idOf: (part: string, number: number) => string
    readonly look: () => Promise<Output<'billing.reconciliation'>>
  },
): Handlers => {
  const { plant, today, idOf } = deps
  const month = 33_300_000

  const owing = (): readonly AgedRow[] => {
    const random = seededRandom(plant.size + 3)
    return Array.from({ length: Math.min(40, Math.floor(plant.size / 2)) }, (_, at) => {
      const person = deps.subscriber(idOf('a000', at + 1))
      const parts = [0.5, 0.35, 0.2, 0.12, 0.06, 0.05].map((chance, age) =>
        random() < chance || age === at % 6 ? month * (1 + Math.floor(random() * 2)) : 0,
      )
      const credit = at % 11 === 4 ? 5_000_000 : 0
      const [notDue = 0, days30 = 0, days60 = 0, days90 = 0, days120 = 0, older = 0] = parts
      const balance = parts.reduce((sum, part) => sum + part, 0) - credit
      return {
        subscriberId: person?.id ?? idOf('a000', at + 1),
        subscriberCode: person?.code ?? '',
        subscriberName: person?.name ?? '',
        currency: 'IDR',
        notDue,
        days30,
        days60,
        days90,
        days120,
        older,
        credit,
        balance,
      }
    }).toSorted((a, b) => b.balance - a.balance)
  }
  const agesOf = (rows: readonly AgedRow[]) => {
    const sum = (key: keyof AgedRow): number => rows.reduce((all, row) => all + Number(row[key]), 0)
    return {
      notDue: sum('notDue'),
      days30: sum('days30'),
      days60: sum('days60'),
      days90: sum('days90'),
      days120: sum('days120'),
      older: sum('older'),
      credit: sum('credit'),
      balance: sum('balance'),
    }
  }
  return {
    'billing.aged': ({ limit, offset }) => {
      const rows = owing()
      return {
        totals:
          rows.length === 0 ? [] : [{ ...agesOf(rows), currency: 'IDR', subscribers: rows.length }],
        rows: rows.slice(offset, offset + limit),
        total: rows.length,
      }
    },
    'billing.finance': async ({ asOfOn, months: count }) => {
      const on = asOfOn === null ? today() : calendarDate(asOfOn)
      if (on > today()) throw new NocturneError('day-in-future', { on, today: today() })
      const names = Array.from({ length: count }, (_, at) =>
        addMonths(startOfMonth(on), at + 1 - count, 1).slice(0, 7),
      )
      const peopleIn = (at: number): number =>
        Math.round(plant.size * (0.72 + (0.26 * (36 - count + at)) / 36))
      let recurringBefore = peopleIn(-1) * month
      const months = names.map((name, at): FinanceMonth => {
        const random = seededRandom(Number(name.replace('-', '')))
        const people = peopleIn(at)
        const amount = people * month
        const fresh = Math.round(people * (0.02 + random() * 0.02)) * month
        const lost = Math.round(people * 0.008) * month
        const total = amount + Math.round(random() * people) * 1_000_000
        const net = Math.round(total / 1.11)
        const credited = Math.round(people * 0.01) * month
        const collected = Math.round((total / 100_000) * (0.86 + random() * 0.1)) * 100_000
        const cash = Math.round(collected / 340_000) * 100_000
        const card = Math.round(collected / 1_200_000) * 100_000
        const voucher = Math.round(collected / 2_000_000) * 100_000
        const creditedNet = Math.round(credited / 1.11)
        const made = {
          month: name,
          documents: people,
          net,
          tax: total - net,
          total,
          creditedNet,
          creditedTax: credited - creditedNet,
          credited,
          collected,
          returned: at % 3 === 1 ? month : 0,
          other: 0,
          methods: [
            { method: 'cash' as const, collected: cash, returned: 0 },
            {
              method: 'transfer' as const,
              collected: collected - cash - card - voucher,
              returned: at % 3 === 1 ? month : 0,
            },
            { method: 'card' as const, collected: card, returned: 0 },
            { method: 'voucher' as const, collected: voucher, returned: 0 },
          ],
          recurring: { amount, fresh, changed: amount - recurringBefore - fresh + lost, lost },
        }
        recurringBefore = amount
        return made
      })
      const rows = owing()
      const { summary } = await deps.look()
      const moved = months.reduce(
        (sum, one) => sum + one.total - one.credited - one.collected + one.returned,
        0,
      )
      const ages = agesOf(rows)
      return {
        today: today(),
        asOfOn: on,
        currencies:
          plant.size === 0
            ? []
            : [
                {
                  currency: 'IDR',
                  opening: ages.balance - moved,
                  closing: ages.balance,
                  months,
                  ages,
                  debtors: rows.slice(0, 10).map((row) => ({
                    subscriberId: row.subscriberId,
                    code: row.subscriberCode,
                    name: row.subscriberName,
                    balance: row.balance,
                    overdue: row.balance - row.notDue,
                  })),
                  overdue: {
                    documents: rows.length,
                    amount: ages.balance + ages.credit - ages.notDue,
                  },
                  dueThisWeek: { documents: 4, amount: Math.min(ages.notDue, 4 * month) },
                },
              ],
        subscribers: names.map((name, at) => {
          const active = plant.size === 0 ? 0 : peopleIn(at)
          return {
            month: name,
            active,
            suspended: Math.round(active * 0.04),
            paused: Math.round(active * 0.01),
            begun: Math.round(active * 0.03),
            ended: Math.round(active * 0.008),
          }
        }),
        lastRun:
          plant.size === 0
            ? null
            : {
                id: idOf('b0aa', 1),
                asOfOn: startOfMonth(on),
                startedAt: deps.now() - 86_400_000,
                finishedAt: deps.now() - 86_340_000,
                state: 'done',
                looked: plant.size,
                failed: 2,
              },
        stake:
          summary === null
            ? null
            : {
                at: summary.at,
                findings: summary.kinds.reduce((sum, kind) => sum + kind.count, 0),
                sums: summary.stakes,
              },
      }
    },
  }
}
