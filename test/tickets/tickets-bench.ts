import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { refuseBeyondReach, type BelongingOf, type Reach } from '../../src-main/engine/reach.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createTickets } from '../../src-main/tickets/tickets.ts'
import type { TicketNetwork } from '../../src-main/tickets/ports.ts'
import { readsOf } from '../../src-main/store/reads.ts'
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
  type Payload,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { idOf } from '../support/store-workspace.ts'
import { createSubscribersBench, nadia, north, rudi } from '../support/subscribers-bench.ts'
import { weekdays } from './sla-facts.ts'

type TicketQueryName = Extract<QueryName, `tickets.${string}`>
type TicketCommandName = Extract<CommandName, `tickets.${string}`>

export { nadia, north, rudi }

export const alarmId = idOf(0xa1a)
export const outageId = idOf(0x0a6e)

const snapshot = (at: number): TicketSnapshot => ({
  at,
  kind: 'alarm',
  what: 'onu-offline-optical',
  severity: 'minor',
  since: at - 60_000,
  oltNames: ['North'],
  onu: {
    oltName: 'North',
    address: '1/1/1:1',
    serial: 'HWTC00000001',
    state: 'offline',
    cause: 'los',
    stateSince: at - 60_000,
    onuRxDbm: -29.1,
    oltRxDbm: null,
    distanceM: 1200,
    readAt: at - 90_000,
    dropDb: 6.2,
    verdict: 'single-drop',
  },
  siblings: { total: 12, down: 1, medianRxDbm: -20.5 },
  lastChange: null,
  affectedOnus: 1,
  affectedSubscribers: 1,
})

/** Tickets on a real store, with the subscribers of a real one, and a network that the test says. */
export const createTicketsBench = (options: { readonly simulated?: true } = {}) => {
  const house = createSubscribersBench()
  const { store, clock } = house
  let next = 0x9_0000
  const newId = (): string => idOf(next++)
  const notices: Payload<'tickets.notice'>[] = []
  const numbered: string[] = []
  let service: { subscriberId: string; serviceId: string } | null = null
  const network: TicketNetwork = {
    look: async (kind, id) =>
      (kind === 'alarm' && id === alarmId) || (kind === 'outage' && id === outageId)
        ? {
            oltIds: [north],
            affected: kind === 'outage' ? 150 : 1,
            service,
            snapshot: snapshot(clock.now()),
          }
        : null,
    number: (_tx, { kind, number }) => {
      numbered.push(`${kind} ${number}`)
      return () => undefined
    },
  }

  const run = <Out>(
    name: string,
    auditInput: object,
    accountId: string | null,
    apply: Parameters<typeof runCommand<Out>>[2] extends (tx: infer Tx) => unknown
      ? (tx: Tx) => Out
      : never,
    commandId = newId(),
  ): { result: Out; replayed: boolean } =>
    runCommand(
      store,
      {
        commandId,
        name,
        actor: { accountId, sessionId: null, clientKind: 'test' },
        auditInput,
        at: clock.now(),
      },
      (tx) => ({ result: apply(tx) }),
    )

  const make = () =>
    createTickets({
      clock,
      newId,
      emit: (name, source) => {
        if (name === 'tickets.notice') notices.push(source as Payload<'tickets.notice'>)
      },
      log: {
        error: (event, details) => {
          throw new Error(event, { cause: details })
        },
      },
      reader: store.reader,
      write: (name, input, apply) => void run(name, input, null, (tx) => (apply(tx), {})),
      subscribers: house.subscribers.port,
      network,
      zone: 'Asia/Jakarta',
      ...(options.simulated === true ? { simulated: { accountIds: () => [nadia, rudi] } } : {}),
      nameOfAccount: (id) => ({ [nadia]: 'Nadia', [rudi]: 'Rudi' })[id] ?? null,
    })
  let tickets = make()

  const belongingOf: BelongingOf = (kind, id) =>
    kind === 'ticket'
      ? tickets.belongs.ticket(id)
      : kind === 'subscriber'
        ? house.subscribers.belongs.subscriber(id)
        : { oltIds: [north] }

  const context = (): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId: bench.reach.accountId ?? nadia,
      name: 'Nadia',
      role: 'support',
      permissions: bench.permissions,
    },
    reach: bench.reach,
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
    refuseBeyondReach(bench.reach, definition as never, found.data, belongingOf)
    return found.data as never
  }

  const bench = {
    ...house,
    house,
    newId,
    notices,
    numbered,
    reads: readsOf(store.reader),
    reach: { kind: 'all', accountId: null, olts: null } as Reach,
    permissions: new Set<string>(['tickets.ticket.read', 'tickets.ticket.work']),
    get tickets() {
      return tickets
    },
    /** The alarm is of an ONU that serves this one. */
    serves: (of: typeof service): void => {
      service = of
    },
    /** Past the commands: what others of the house do. */
    sql: (text: string, ...values: readonly string[]): void =>
      void run('test.sql', {}, null, (tx) => ({ touched: tx.run(text, ...values) })),
    /** The process died: another one begins on the same store. */
    dieAndStart: (): void => {
      tickets.stop()
      tickets = make()
      tickets.start()
    },
    query: async <Name extends TicketQueryName>(
      name: Name,
      input: CallInputOf<(typeof queries)[Name]>,
    ): Promise<Output<Name>> => {
      const definition = queries[name] as QueryDefinition
      const handler = tickets.queries[name] as (input: never, context: CallContext) => unknown
      return definition.output.parse(await handler(parsed(definition, input), context())) as never
    },
    command: async <Name extends TicketCommandName>(
      name: Name,
      input: CallInputOf<(typeof commands)[Name]>,
      commandId?: string,
    ): Promise<Output<Name>> => {
      const definition = commands[name] as CommandDefinition
      const data = parsed(definition, input)
      const handler = tickets.commands[name] as (
        input: never,
        context: CallContext,
      ) => CommandPlan<object>
      const plan = await handler(data, context())
      const { bytes: _, ...auditInput } = data as Record<string, unknown>
      const { result, replayed } = run(
        name,
        auditInput,
        context().session?.accountId ?? null,
        plan.apply,
        commandId,
      )
      if (!replayed) await plan.after?.(result)
      return definition.output.parse(result) as never
    },
    open: (more: Partial<CallInputOf<(typeof commands)['tickets.open']>> = {}) =>
      bench.command('tickets.open', { subject: 'No light since this morning', ...more }),
    versionOf: async (id: string): Promise<number> =>
      (await bench.query('tickets.ticket', { id })).ticket.version,
    move: async (
      id: string,
      to: CallInputOf<(typeof commands)['tickets.move']>['to'],
      more: { until?: number; withChildren?: boolean } = {},
    ) => bench.command('tickets.move', { id, baseVersion: await bench.versionOf(id), to, ...more }),
    merge: async (id: string, intoId: string) =>
      bench.command('tickets.merge', { id, baseVersion: await bench.versionOf(id), intoId }),
    say: (id: string, kind: 'reply' | 'customer' | 'note', body = 'words') =>
      bench.command('tickets.say', {
        id,
        said: kind === 'note' ? { kind, body } : { kind, channel: 'call', body },
      }),
    /** Monday to Friday 08–17 in UTC, and promises for all; the clock of the bench is a Sunday. */
    promise: async (
      more: Partial<CallInputOf<(typeof commands)['tickets.saveSla']>> = {},
    ): Promise<{ calendarId: string; slaId: string }> => {
      const calendar = await bench.command('tickets.saveCalendar', {
        id: null,
        baseVersion: 0,
        name: 'Office',
        timeZone: 'UTC',
        week: weekdays(8, 17),
        holidays: [{ on: '12-25', name: 'Christmas' }],
      })
      const sla = await bench.command('tickets.saveSla', {
        id: null,
        baseVersion: 0,
        name: 'All',
        active: true,
        position: 0,
        calendarId: calendar.id,
        firstResponseMin: 60,
        updateMin: 120,
        solutionMin: 480,
        escalateAfterMin: [30],
        priorities: [],
        queues: [],
        ...more,
      })
      return { calendarId: calendar.id, slaId: sla.id }
    },
  }
  return bench
}

export type TicketsBench = ReturnType<typeof createTicketsBench>
