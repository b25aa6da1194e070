import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Clock } from '../../engine/clock.ts'
import type { GiveBack } from '../payments/give-back.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { createPayPalBooks } from './paypal-books.ts'
import { createPayPalHandlers, type PayPalCommand, type PayPalQuery } from './paypal-handlers.ts'
import { createPayPalWorker } from './paypal-worker.ts'

/** Payments by a link of PayPal (docs/paypal.md), put together. */
export interface PayPal {
  readonly queries: QueryHandlers<PayPalQuery>
  readonly commands: CommandHandlers<PayPalCommand>
  start(): void
  wake(): void
  stop(): void
  /** Goes through all that is due now. */
  run(): Promise<void>
}

export const createPayPal = (
  deps: Pick<
    BillingDependencies,
    | 'clock'
    | 'newId'
    | 'log'
    | 'chance'
    | 'vaultKey'
    | 'write'
    | 'subscribers'
    | 'nameOfAccount'
    | 'payPalAddress'
  > & {
    readonly reads: Reads
    readonly today: Today
    readonly desk: Pick<PaymentDesk, 'take'>
    readonly giveBack: Pick<GiveBack, 'refund'>
    readonly changed: () => void
    readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  },
): PayPal => {
  const books = createPayPalBooks(deps)
  const worker = createPayPalWorker({
    ...deps,
    books,
    address: deps.payPalAddress,
    sleep: deps.sleep ?? sleepBy(deps.clock),
  })
  return {
    ...createPayPalHandlers({ ...deps, worker }),
    start: worker.start,
    wake: worker.look,
    stop: worker.stop,
    run: worker.run,
  }
}

const sleepBy =
  (clock: Pick<Clock, 'after'>) =>
  (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (then: () => void) => (): void => {
        callOff()
        signal.removeEventListener('abort', abort)
        then()
      }
      const abort = end(() => reject(new Error('aborted')))
      const callOff = clock.after(ms, end(resolve))
      signal.addEventListener('abort', abort)
      if (signal.aborted) abort()
    })
