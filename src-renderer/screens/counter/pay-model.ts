import type { Output } from '../../../src-shared/contract/index.ts'

/** What a payment at the counter comes to, before it is taken. */

type Subscriber = Output<'billing.counterSubscriber'>

/** What is past due; where nothing is, all that is open; else what a prepaid plan needs next. */
export const dueOf = (subscriber: Subscriber, currency: string): number => {
  const own = subscriber.balances.find((one) => one.currency === currency)
  const due = own === undefined ? 0 : own.overdue > 0 ? own.overdue : own.open
  return due + topUpOf(subscriber, currency)
}

/** The balance is one for all of them; what is open of their own documents is asked for beside it. */
const topUpOf = ({ prepaid }: Subscriber, currency: string): number => {
  const own = prepaid.filter((row) => row.currency === currency && row.nextTotal !== null)
  const needed = own.reduce((sum, { nextTotal }) => sum + (nextTotal ?? 0), 0)
  return Math.max(0, needed - (own[0]?.balance ?? 0))
}

/** Coins that are not there: half away from zero, as the engine does. */
export const roundingOf = (amount: number, coin: number): number =>
  Math.floor((amount + coin / 2) / coin) * coin - amount

/** What was ticked, in the order of the ticks, as far as the money reaches. */
export const settlesOf = (
  open: Subscriber['open'],
  chosen: readonly string[],
  amount: number,
): { documentId: string; amount: number }[] => {
  let left = amount
  return chosen.flatMap((documentId) => {
    const part = Math.min(left, open.find(({ id }) => id === documentId)?.open ?? 0)
    left -= part
    return part > 0 ? [{ documentId, amount: part }] : []
  })
}
