import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { ApprovalGate } from '../../engine/approval-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { isTimeZone } from '../today.ts'
import { gone } from './plan-handlers.ts'
import type { Reads } from './plan-tables.ts'
import { billingSettings, putBillingSettings, putTaxRate, taxRates } from './settings-tables.ts'
import { overlapping, refusalOfRateChange } from './tax-rate-rules.ts'

/** Some amount needs a second person. */
const hasMoneyLimit = (gate: ApprovalGate): boolean =>
  (['billing.credit-note', 'billing.write-off'] as const).some((kind) =>
    gate.needs(kind, { measure: Number.MAX_SAFE_INTEGER, grave: false }),
  )

type SettingsQuery = 'billing.settings' | 'billing.taxRates'
type SettingsCommand = 'billing.configure' | 'billing.saveTaxRate'

export const createSettingsHandlers = (
  deps: Pick<BillingDependencies, 'approvals' | 'clock' | 'newId'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<SettingsQuery>
  readonly commands: CommandHandlers<SettingsCommand>
} => {
  const { clock, reads, today } = deps
  return {
    queries: {
      'billing.settings': () => ({ ...billingSettings(reads), today: today() }),
      'billing.taxRates': () => ({ rates: [...taxRates(reads)] }),
    },
    commands: {
      'billing.configure': ({ baseVersion, currency, timeZone }) => {
        if (timeZone !== null && !isTimeZone(timeZone)) {
          throw new NocturneError('invalid-input', { field: 'timeZone' })
        }
        return {
          apply: (tx) => {
            const { version, currency: before } = billingSettings(tx)
            if (version !== baseVersion) {
              throw new NocturneError('conflict', { what: 'billing-settings', version })
            }
            const next = { version: version + 1, currency: currencyCode(currency), timeZone }
            // SECURITY: a limit in money is loosened by the owner alone: not by another currency either.
            if (before !== next.currency && hasMoneyLimit(deps.approvals)) {
              throw new NocturneError('billing-currency-limit')
            }
            putBillingSettings(tx, next)
            tx.change({
              entity: 'setting',
              entityId: 'billing',
              kind: 'updated',
              version: next.version,
              data: { currency, timeZone },
            })
            return {}
          },
          after: deps.changed,
        }
      },

      'billing.saveTaxRate': ({ rateId, baseVersion, ...input }) => ({
        apply: (tx) => {
          const rates = taxRates(tx)
          const before = rateId === null ? null : rates.find(({ id }) => id === rateId)
          if (before === undefined) throw gone('tax-rate')
          if (before !== null && before.version !== baseVersion) {
            throw new NocturneError('conflict', { what: 'tax-rate', version: before.version })
          }
          const id = before?.id ?? deps.newId()
          const next = {
            ...input,
            id,
            version: (before?.version ?? 0) + 1,
            validFromOn: calendarDate(input.validFromOn),
            validToOn: input.validToOn === null ? null : calendarDate(input.validToOn),
          }
          const problem =
            (before === null ? null : refusalOfRateChange(before, next, today())) ??
            overlapping(rates, next)
          if (problem !== null) throw new NocturneError(problem.code, problem.params)
          putTaxRate(tx, next, clock.now())
          tx.change({
            entity: 'tax-rate',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version: next.version,
            data: input,
          })
          return { rateId: id }
        },
        after: deps.changed,
      }),
    },
  }
}
