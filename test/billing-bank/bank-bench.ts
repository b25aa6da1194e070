import { createBankHandlers } from '../../src-main/billing/bank/bank-handlers.ts'
import { createPaymentDesk } from '../../src-main/billing/payments/payment-desk.ts'
import type { CommandPlan } from '../../src-main/engine/handlers.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import {
  commands,
  queries,
  type CallInput,
  type Output,
  type Payload,
} from '../../src-shared/contract/index.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { createPaymentsBench } from '../billing-payments/payments-bench.ts'
import { idOf, systemActor } from '../support/store-workspace.ts'

/** The bank of billing on a real store, beside documents and payments as they are made. */

type Query =
  | 'billing.previewBankFile'
  | 'billing.bankLines'
  | 'billing.bankImport'
  | 'billing.bankImports'
  | 'billing.bankAccounts'
type Command = Extract<
  keyof typeof commands,
  `billing.${string}Bank${string}` | `billing.${string}BankTaking`
>

const at = 1_800_000_000_000

export const createBankBench = (today = '2026-06-15') => {
  const bench = createPaymentsBench(today)
  const { store, reads, newId, context } = bench
  let commandsMade = 0x900000
  const told: Payload<'billing.bankProgress'>[] = []
  /** May throw, as a machine may stop, before a statement that writes; or look at what is written. */
  const hook = { onStatement: (_sql: string): void => undefined, onWrite: (): void => undefined }
  const run = <Result>(name: string, apply: (tx: Transaction) => Result): Result => {
    const call = { commandId: idOf(commandsMade++), name, actor: systemActor, auditInput: {}, at }
    return runCommand(store, call, (tx) => ({
      result: apply({
        ...tx,
        run: (sql, ...parameters) => {
          hook.onStatement(sql)
          return tx.run(sql, ...parameters)
        },
      }),
    })).result
  }
  const clock = { now: () => at, monotonic: () => 0, after: () => () => undefined }
  const subscribers = {
    party: (id: string) =>
      reads.all(`SELECT 1 FROM subscriber WHERE id = ?`, id).length > 0 ? ({ id } as never) : null,
    services: () => [],
    note: () => undefined,
    belongs: () => null,
  }
  const handlers = createBankHandlers({
    clock,
    newId,
    reads,
    today: () => calendarDate(today),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    write: (name, _input, apply) => {
      hook.onWrite()
      run(name, (tx) => {
        apply(tx)
        return {}
      })
    },
    nameOfAccount: () => null,
    nextTurn: () => Promise.resolve(),
    desk: createPaymentDesk({ clock, newId, subscribers, today: () => calendarDate(today) }),
    reverse: bench.handlers.commands['billing.reversePayment'],
    changed: () => undefined,
    told: (progress) => told.push(progress),
  })

  const ask = async <Name extends Query>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>> => {
    const handler = handlers.queries[name] as (given: unknown, with_: typeof context) => unknown
    const answer = await handler(queries[name].input.parse(input), context)
    return queries[name].output.parse(answer) as Output<Name>
  }
  const act = async <Name extends Command>(
    name: Name,
    input: CallInput<Name>,
    from = context,
  ): Promise<Output<Name>> => {
    const handler = handlers.commands[name as keyof typeof handlers.commands] as unknown as (
      given: unknown,
      with_: typeof context,
    ) => CommandPlan<Output<Name>> | Promise<CommandPlan<Output<Name>>>
    const plan = await handler(commands[name].input.parse(input), from)
    const out = run(name, plan.apply)
    await plan.after?.(out)
    return out
  }
  const preview = (
    text: string | Uint8Array<ArrayBuffer>,
    over: Partial<CallInput<'billing.previewBankFile'>> = {},
  ) =>
    ask('billing.previewBankFile', {
      taskId: newId(),
      fileName: 'june.csv',
      bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
      ...over,
    })

  return {
    ...bench,
    hook,
    told,
    ask,
    act,
    preview,
    /** What the command to cancel does once it is on the disk. */
    cancelTaking: (): void => {
      const plan = handlers.commands['billing.cancelBankTaking']({}, context)
      if (!(plan instanceof Promise)) void plan.after?.({})
    },
    /** Looked at, then taken in. */
    bring: async (
      text: string | Uint8Array<ArrayBuffer>,
      over: Partial<CallInput<'billing.previewBankFile'>> = {},
      accountName = 'Our bank',
    ) => {
      const { stagedId } = await preview(text, over)
      return act('billing.importBankFile', { stagedId, accountName })
    },
    lines: async (filter: CallInput<'billing.bankLines'>['filter'] = {}) =>
      (await ask('billing.bankLines', { filter, sort: 'day', descending: false })).rows,
    name: (subscriberId: string, name: string, code: string): void =>
      bench.write((tx) => {
        tx.run(
          `UPDATE subscriber SET name = ?, code = ?, code_key = ? WHERE id = ?`,
          name,
          code,
          code,
          subscriberId,
        )
      }),
    count: (table: string): number =>
      reads.all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? -1,
  }
}

export type BankBench = ReturnType<typeof createBankBench>

/** A table as a bank exports it: day, payer, his account, words, reference, amount. */
export const tableOf = (
  ...rows: readonly (readonly [
    on: string,
    payer: string,
    account: string,
    words: string,
    reference: string,
    amount: string,
  ])[]
): string =>
  [
    'Date,Name,Account,Description,Reference,Amount,Currency',
    ...rows.map((row) => row.map((cell) => `"${cell}"`).join(',') + ',EUR'),
  ].join('\r\n')
