import { createFieldwork } from '../../src-main/fieldwork/fieldwork.ts'
import type { OnuLight } from '../../src-main/fieldwork/ports.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { refuseBeyondReach, type BelongingOf } from '../../src-main/engine/reach.ts'
import { insertAccount } from '../../src-main/access/tables.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { noteTicket } from '../../src-main/tickets/history.ts'
import type {
  CallInputOf,
  CommandDefinition,
  QueryDefinition,
} from '../../src-shared/contract/define.ts'
import {
  commands,
  queries,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createTicketsBench, nadia, rudi } from '../tickets/tickets-bench.ts'

type FieldQuery = Extract<QueryName, `fieldwork.${string}`>
type Opened = Partial<CallInputOf<(typeof commands)['fieldwork.open']>>
type FieldCommand = Extract<CommandName, `fieldwork.${string}`>

export const worker = ['fieldwork.order.read', 'fieldwork.order.work']
export const planner = [...worker, 'fieldwork.order.plan', 'fieldwork.settings.manage']
export { nadia, rudi }

/** A picture that is one: 1 × 1. */
export const png = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

export const strokes = [{ points: [10, 10, 20, 40, 30, 10, 60, 40, 90, 20, 120, 30] }]

/** Work orders on a real store, with the tickets and subscribers of real ones. */
export const createFieldworkBench = (options: { readonly simulated?: true } = {}) => {
  const desk = createTicketsBench()
  const { store, clock, newId } = desk
  const written = new Map<string, Uint8Array>()
  let light: OnuLight | null = null
  const run = <Out>(
    name: string,
    auditInput: object,
    accountId: string | null,
    apply: (tx: Parameters<Parameters<typeof runCommand<Out>>[2]>[0]) => Out,
  ): Out =>
    runCommand(
      store,
      {
        commandId: newId(),
        name,
        actor: { accountId, sessionId: null, clientKind: 'test' },
        auditInput,
        at: clock.now(),
      },
      (tx) => ({ result: apply(tx) }),
    ).result

  const fieldwork = createFieldwork({
    clock,
    newId,
    emit: () => undefined,
    log: {
      error: (event, details) => {
        throw new Error(event, { cause: details })
      },
    },
    reader: store.reader,
    write: (name, input, apply) => void run(name, input, null, (tx) => (apply(tx), {})),
    subscribers: desk.house.subscribers.port,
    lightOf: () => light,
    noteTicket: (tx, ticketId, { accountId, ...data }) =>
      void noteTicket(tx, ticketId, clock.now(), {
        kind: 'linked',
        accountId,
        data: { ...data, link: 'work-order' },
      }),
    ticketsChanged: () => undefined,
    belongsTicket: (id) => desk.tickets.belongs.ticket(id),
    nameOfAccount: (id) => ({ [nadia]: 'Nadia', [rudi]: 'Rudi' })[id] ?? null,
    accounts: () => [
      { id: nadia, name: 'Nadia' },
      { id: rudi, name: 'Rudi' },
    ],
    sellerName: () => 'Sinar Fibre',
    writePaper: async (fileName, bytes) => {
      written.set(fileName, bytes)
      return { folder: '/exports' }
    },
    zone: 'Asia/Jakarta',
    ...(options.simulated === true
      ? {
          simulated: true,
          makeTechnician: (tx: Transaction, name: string, login: string) => {
            const id = newId()
            const row = { id, name, login, passwordHash: null, role: 'technician' } as const
            insertAccount(tx, row, clock.now())
            return id
          },
        }
      : {}),
  })
  fieldwork.start()

  const belongingOf: BelongingOf = (kind, id) =>
    kind === 'work-order'
      ? fieldwork.belongs['work-order'](id)
      : kind === 'ticket'
        ? desk.tickets.belongs.ticket(id)
        : kind === 'subscriber'
          ? desk.house.subscribers.belongs.subscriber(id)
          : { oltIds: [] }

  const context = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: bench.me,
      name: 'Who asks',
      role: 'technician',
      permissions: new Set(bench.permissions),
    },
    reach: desk.reach,
    traceId: 't',
    signal: new AbortController().signal,
    progress: () => undefined,
  })

  const parsed = (definition: QueryDefinition | CommandDefinition, input: unknown): never => {
    const found = definition.input.safeParse(input)
    if (!found.success) {
      throw new NocturneError('invalid-input', {
        field: found.error.issues[0]?.path.join('.') ?? '',
      })
    }
    refuseBeyondReach(desk.reach, definition as never, found.data, belongingOf)
    return found.data as never
  }

  const bench = {
    desk,
    clock,
    newId,
    written,
    fieldwork,
    me: nadia,
    permissions: planner,
    /** Rudi, who does orders and hands none out. */
    asRudi: (): void => {
      bench.me = rudi
      bench.permissions = worker
    },
    asNadia: (): void => {
      bench.me = nadia
      bench.permissions = planner
    },
    shines: (next: OnuLight | null): void => {
      light = next
    },
    query: async <Name extends FieldQuery>(
      name: Name,
      input: CallInputOf<(typeof queries)[Name]>,
    ): Promise<Output<Name>> => {
      const definition = queries[name] as QueryDefinition
      const handler = fieldwork.queries[name] as (input: never, context: CallContext) => unknown
      return definition.output.parse(await handler(parsed(definition, input), context())) as never
    },
    command: async <Name extends FieldCommand>(
      name: Name,
      input: CallInputOf<(typeof commands)[Name]>,
    ): Promise<Output<Name>> => {
      const definition = commands[name] as CommandDefinition
      const data = parsed(definition, input)
      const handler = fieldwork.commands[name] as (
        input: never,
        context: CallContext,
      ) => CommandPlan<object> | Promise<CommandPlan<object>>
      const plan = await handler(data, context())
      const { bytes: _, strokes: _drawn, ...auditInput } = data as Record<string, unknown>
      const result = run(name, auditInput, bench.me, plan.apply)
      await plan.after?.(result)
      return definition.output.parse(result) as never
    },
    typeOf: async (
      kind: 'install' | 'repair' | 'survey' | 'collect' | 'move',
    ): Promise<Output<'fieldwork.setup'>['types'][number]> =>
      (await bench.query('fieldwork.setup', {})).types.find((type) => type.kind === kind)!,
    technician: (accountId: string): Promise<unknown> =>
      bench.command('fieldwork.saveTechnician', {
        accountId,
        baseVersion: 0,
        week: Array.from({ length: 7 }, () => [[480, 1020] as [number, number]]),
        home: null,
        active: true,
      }),
    open: async (more: Opened = {}): Promise<Output<'fieldwork.open'>> =>
      bench.command('fieldwork.open', {
        typeId: (await bench.typeOf('repair')).id,
        subject: 'No light',
        ...more,
      }),
    record: (id: string): Promise<Output<'fieldwork.order'>> =>
      bench.query('fieldwork.order', { id }),
    versionOf: async (id: string): Promise<number> => (await bench.record(id)).order.version,
    move: async (
      id: string,
      move: CallInputOf<(typeof commands)['fieldwork.move']>['move'],
    ): Promise<Output<'fieldwork.move'>> =>
      bench.command('fieldwork.move', { id, baseVersion: await bench.versionOf(id), move }),
    sign: async (id: string, drawn = strokes): Promise<unknown> =>
      bench.command('fieldwork.sign', {
        id,
        baseVersion: await bench.versionOf(id),
        name: 'Dewi',
        strokes: drawn,
      }),
    note: (
      id: string,
      note: CallInputOf<(typeof commands)['fieldwork.note']>['note'],
    ): Promise<unknown> => bench.command('fieldwork.note', { id, note }),
    give: async (id: string, assigneeId: string, hour = 9): Promise<void> => {
      const from = clock.now() + hour * 3_600_000
      await bench.command('fieldwork.schedule', {
        id,
        baseVersion: await bench.versionOf(id),
        assigneeId,
        from,
        to: from + 5_400_000,
      })
    },
    /** Planned for Rudi, sent, taken, and he is there. */
    there: async (more: Opened = {}): Promise<Output<'fieldwork.open'>> => {
      bench.asNadia()
      const { id, number } = await bench.open(more)
      await bench.give(id, rudi)
      await bench.move(id, { kind: 'dispatched' })
      bench.asRudi()
      await bench.move(id, { kind: 'accepted' })
      await bench.move(id, { kind: 'departed' })
      await bench.move(id, { kind: 'arrived', latE7: null, lngE7: null })
      return { id, number }
    },
    /** All that a repair asks for. */
    fill: async (id: string): Promise<void> => {
      await bench.note(id, { kind: 'answered', itemId: 'found', value: 'Dirty connector' })
      await bench.note(id, { kind: 'answered', itemId: 'clean', value: true })
      await bench.note(id, { kind: 'answered', itemId: 'online', value: true })
      await bench.command('fieldwork.measure', { id, when: 'before', rxDbm: -28.4 })
      await bench.command('fieldwork.measure', { id, when: 'after', rxDbm: -19.2 })
    },
  }
  return bench
}

export type FieldworkBench = ReturnType<typeof createFieldworkBench>
