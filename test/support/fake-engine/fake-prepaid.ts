import type {
  billingPrepaidCommands,
  billingPrepaidQueries,
  PrepaidRow,
} from '../../../src-shared/contract/billing-prepaid.ts'
import { prepaidFilters } from '../../../src-shared/contract/billing-prepaid.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import { uuidOf } from './fake-subscriber-book.ts'

type Names = keyof typeof billingPrepaidQueries | keyof typeof billingPrepaidCommands
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** Some who live from a balance, one of each state. */
export const createFakePrepaid = (
  deps: Pick<FakeBillingDeps, 'subscriber'> & {
    readonly today: () => CalendarDate
    readonly changed: () => void
  },
): { readonly handlers: Handlers; readonly of: (subscriberId: string) => PrepaidRow[] } => {
  const { today } = deps
  let settings = { version: 1, lowDays: 3 }
  let held: Output<'billing.prepaid'>['held'] = null

  const rows = (): PrepaidRow[] =>
    Array.from({ length: 9 }, (_, at) => deps.subscriber(uuidOf('a000', at + 20))).flatMap(
      (one, at): PrepaidRow[] => {
        if (one === undefined) return []
        const state = (['running', 'off', 'running', 'unpaid', 'running', 'paused'] as const)[
          at % 6
        ]!
        const nextTotal = 11_100_000
        const balance =
          state === 'off'
            ? 2_500_000
            : [20_000_000, 0, 4_000_000, 1_000_000, 0, 11_100_000][at % 6]!
        const nextOn = state === 'running' ? addDays(today(), at === 2 ? 2 : 4 + at * 2) : today()
        return [
          {
            subscriptionId: uuidOf('b9c0', at),
            subscriberId: one.id,
            subscriberCode: one.code,
            subscriberName: one.name,
            phone: one.contacts[0]?.phone ?? null,
            planName: 'Prabayar 10 Mbps, 30 hari',
            serviceName: one.services[0]?.name ?? null,
            currency: 'IDR',
            state,
            low: at === 2,
            balance,
            owes: 0,
            paidUntilOn: state === 'off' ? addDays(today(), -6) : nextOn,
            nextOn,
            nextTotal,
            missing: Math.max(0, nextTotal - balance),
            offOn: state === 'unpaid' ? addDays(today(), 1) : null,
            expiresOn: balance > 0 ? addDays(today(), 120 + at) : null,
            problem: null,
          },
        ]
      },
    )
  const wordOf = (row: PrepaidRow) => (row.low ? 'low' : row.state)

  return {
    of: (subscriberId) => rows().filter((row) => row.subscriberId === subscriberId),
    handlers: {
      'billing.prepaid': ({ states, search, limit, offset }) => {
        const all = rows()
        const found = all.filter(
          (row) =>
            (states.length === 0 || states.some((state) => state === wordOf(row))) &&
            `${row.subscriberName} ${row.subscriberCode}`
              .toLowerCase()
              .includes(search.toLowerCase()),
        )
        return {
          today: today(),
          ...settings,
          held,
          counts: prepaidFilters.map((state) => ({
            state,
            count: all.filter((row) => wordOf(row) === state).length,
          })),
          balances:
            all.length === 0
              ? []
              : [{ currency: 'IDR', balance: all.reduce((sum, row) => sum + row.balance, 0) }],
          rows: found.slice(offset, offset + limit),
          total: found.length,
        }
      },
      'billing.prepaidOf': ({ subscriberId }) => ({
        today: today(),
        rows: rows().filter((row) => row.subscriberId === subscriberId),
      }),
      'billing.runPrepaid': () => ({ looked: rows().length, moved: 0, failed: 0 }),
      'billing.prepaidDayIsRight': () => {
        held = null
        deps.changed()
        return {}
      },
      'billing.savePrepaid': ({ lowDays }) => {
        settings = { version: settings.version + 1, lowDays }
        deps.changed()
        return {}
      },
    },
  }
}
