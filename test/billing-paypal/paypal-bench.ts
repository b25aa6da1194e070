import { createGiveBack } from '../../src-main/billing/payments/give-back.ts'
import { createPaymentDesk } from '../../src-main/billing/payments/payment-desk.ts'
import type { PayPalCommand, PayPalQuery } from '../../src-main/billing/paypal/paypal-handlers.ts'
import { createPayPal } from '../../src-main/billing/paypal/paypal.ts'
import type { CommandPlan } from '../../src-main/engine/handlers.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { budi, createPaymentsBench } from '../billing-payments/payments-bench.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { startPayPalStandIn } from '../support/paypal-stand-in.ts'
import { keyOf, systemActor } from '../support/store-workspace.ts'

export const credentials = { clientId: 'client-of-desa-net', secret: 'secret-of-desa-net' }

/** Payments on a real store, PayPal's stand-in behind real HTTP, and a clock that stands still. */
export const createPayPalBench = async (
  over: { readonly mode?: 'trial' | 'live'; readonly enabled?: boolean } = {},
) => {
  const provider = await startPayPalStandIn(credentials)
  const base = createPaymentsBench()
  const { newId, reads, store } = base
  const clock = createManualClock(Date.UTC(2026, 5, 15, 8))
  /** May throw before each statement that writes, as a machine may stop there. */
  const hook = { onStatement: (): void => undefined }
  const errors: unknown[] = []
  const written: string[] = []
  const run = <Out>(
    name: string,
    input: object,
    apply: (tx: Parameters<CommandPlan<Out>['apply']>[0]) => Out,
  ): Out =>
    runCommand(
      store,
      { commandId: newId(), name, actor: systemActor, auditInput: input, at: clock.now() },
      (tx) => ({
        result: apply({
          ...tx,
          run: (sql, ...parameters) => {
            hook.onStatement()
            return tx.run(sql, ...parameters)
          },
        }),
      }),
    ).result
  const open = () =>
    createPayPal({
      ...base.deps,
      clock,
      write: (name, input, apply) => {
        written.push(name)
        run(name, input, (tx) => (apply(tx), {}))
      },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (event, details) => errors.push([event, details]),
      },
      chance: () => 0,
      vaultKey: keyOf('vault'),
      payPalAddress: provider.url,
      desk: createPaymentDesk(base.deps),
      giveBack: createGiveBack(base.deps),
      sleep: (_ms, signal) =>
        signal.aborted ? Promise.reject(new Error('stopped')) : Promise.resolve(),
    })
  let payPal = open()

  const call = async <Name extends PayPalCommand>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>> => {
    const definition = commands[name]
    const parsed = definition.input.parse(input) as Record<string, unknown>
    const handler = payPal.commands[name] as unknown as (
      given: unknown,
      context: typeof base.context,
    ) => CommandPlan<Output<Name>> | Promise<CommandPlan<Output<Name>>>
    const plan = await handler(parsed, base.context)
    const told = Object.entries(parsed).filter(([key]) => !definition.secrets.includes(key))
    const out = run(name, Object.fromEntries(told), plan.apply)
    await plan.after?.(out)
    return out
  }
  const ask = async <Name extends PayPalQuery>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>> => {
    const handler = payPal.queries[name] as unknown as (
      given: unknown,
      context: typeof base.context,
    ) => unknown
    const given = queries[name].input.parse(input)
    return queries[name].output.parse(await handler(given, base.context)) as Output<Name>
  }
  const settings = async (
    next: Partial<CallInput<'billing.configurePayPal'>> = {},
  ): Promise<number> => {
    const { version } = await ask('billing.payPalSettings', {})
    const common = { merchant: 'Desa Net', returnUrl: '', mode: over.mode ?? 'live' } as const
    const input = { baseVersion: version, enabled: true, ...common, ...next }
    return (await call('billing.configurePayPal', input)).version
  }
  if (over.enabled !== false) await settings({ credentials })

  const link = async (id: string, subscriberId = budi) =>
    (await ask('billing.payPalLink', { subscriberId, linkId: id })).link
  return {
    ...base,
    provider,
    clock,
    hook,
    errors,
    written,
    call,
    ask,
    settings,
    link,
    /** All that is due now, after so long. */
    turn: async (afterMs = 0): Promise<void> => {
      clock.advance(afterMs)
      await payPal.run()
    },
    start: () => payPal.start(),
    stop: () => payPal.stop(),
    /** The console ends, wherever it was, and another one begins. */
    restart: (): void => {
      payPal.stop()
      payPal = open()
    },
    make: async (more: Partial<CallInput<'billing.makePayPalLink'>> = {}): Promise<string> => {
      const linkId = more.linkId ?? newId()
      const wish = { subscriberId: budi, currency: 'EUR', amount: 5000, description: 'Internet' }
      await call('billing.makePayPalLink', { ...wish, ...more, linkId })
      return linkId
    },
    payments: (): readonly { id: string; amount: number; reference: string; method: string }[] =>
      reads
        .all<{ id: string; amount: number; reference: string; method: string }>(
          'SELECT id, amount, reference, method FROM payment ORDER BY number',
        )
        .map((row) => ({ ...row })),
    reverse: (input: CallInput<'billing.reversePayment'>) =>
      base.call('billing.reversePayment', input),
    refund: (input: CallInput<'billing.refundPayment'>) =>
      base.call('billing.refundPayment', input),
    matters: async () => (await ask('billing.payPalLinks', {})).matters,
  }
}

export type PayPalBench = Awaited<ReturnType<typeof createPayPalBench>>

/** Made, shown to the customer, and he said yes. */
export const approved = async (
  bench: PayPalBench,
  more: Parameters<PayPalBench['make']>[0] = {},
): Promise<string> => {
  const id = await bench.make(more)
  await bench.turn()
  bench.provider.approve(`ORDER${bench.provider.counts().orders}`)
  return id
}
