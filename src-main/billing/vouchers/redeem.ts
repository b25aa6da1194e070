import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { createPaymentDesk, type OnMoved } from '../payments/payment-desk.ts'
import { accountOf } from '../plans/plan-handlers.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { hashOfCode, readCode } from './voucher-code.ts'
import { cardNumber } from './voucher-handlers.ts'

/** A card is money: its value comes in as a payment, and settles what is open like any other. */

interface Card {
  readonly id: string
  readonly serial: number
  readonly state: 'new' | 'used' | 'void'
  readonly batch: number
  readonly value: number
  readonly currency: string
  readonly expiresOn: string | null
}

/** So many slips of the pen are free; from then on each takes twice as long, up to an hour. */
const freeSlips = 5
const firstWaitMs = 10_000
const longestWaitMs = 3_600_000

/** SECURITY: who guesses codes is made to wait, by his account; a right code ends it. */
export const createGuessGuard = (clock: Pick<Clock, 'monotonic'>) => {
  const guesses = new Map<string, { readonly wrong: number; readonly until: number }>()
  return {
    /** Errors: `voucher-wait`. */
    refuse: (who: string): void => {
      const left = (guesses.get(who)?.until ?? 0) - clock.monotonic()
      if (left > 0) throw new NocturneError('voucher-wait', { seconds: Math.ceil(left / 1000) })
    },
    wrong: (who: string): void => {
      const wrong = (guesses.get(who)?.wrong ?? 0) + 1
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, wrong - freeSlips))
      guesses.set(who, { wrong, until: wrong < freeSlips ? 0 : clock.monotonic() + wait })
    },
    right: (who: string): void => void guesses.delete(who),
  }
}

export const createRedeem = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly moved?: OnMoved
    readonly changed: () => void
  },
): CommandHandlers<'billing.redeemVoucher'> => {
  const { clock } = deps
  const desk = createPaymentDesk(deps)
  const guard = createGuessGuard(clock)

  const cardOf = (tx: Transaction, typed: string): Card | null => {
    const code = readCode(typed)
    if (code === null) return null
    return (
      tx.get<Card>(
        `SELECT v.id, v.serial, v.state, b.number AS batch, b.value, b.currency,
          b.expires_on AS expiresOn
          FROM voucher v JOIN voucher_batch b ON b.id = v.batch_id WHERE v.code_hash = ?`,
        hashOfCode(code),
      ) ?? null
    )
  }

  return {
    'billing.redeemVoucher': ({ paymentId, subscriberId, currency, code }, { session }) => {
      const by = accountOf({ session })
      const who = by ?? ''
      return {
        apply: (tx) => {
          // SECURITY: here, where they come one after the other: many sent at once would all pass before.
          guard.refuse(who)
          const today = deps.today()
          const card = cardOf(tx, code)
          // SECURITY: one answer for a code that is none, that is not known and that was voided.
          if (card === null || card.state === 'void') {
            guard.wrong(who)
            throw new NocturneError('voucher-refused', {})
          }
          const number = cardNumber(card.batch, card.serial)
          if (card.state === 'used') throw new NocturneError('voucher-used', { number })
          if (card.expiresOn !== null && card.expiresOn < today) {
            throw new NocturneError('voucher-expired', { number, on: card.expiresOn })
          }
          if (card.currency !== currency) {
            throw new NocturneError('voucher-currency', { number, is: card.currency })
          }
          tx.run(
            `UPDATE voucher SET state = 'used', used_at = ? WHERE id = ?`,
            clock.now(),
            card.id,
          )
          const taken = desk.take(
            tx,
            {
              paymentId,
              subscriberId,
              method: 'voucher',
              currency: currencyCode(currency),
              amount: card.value,
              receivedOn: today,
              // Of the card: a second guard, by the unique reference of a method.
              reference: number,
              payer: '',
              note: '',
              settles: [],
            },
            by,
          )
          guard.right(who)
          return { number: taken.number, amount: card.value, currency, credit: taken.credit }
        },
        after: deps.changed,
      }
    },
  }
}
