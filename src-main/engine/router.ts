import { z } from 'zod'
import {
  commands,
  queries,
  type CommandName,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import type { CommandDefinition, QueryDefinition } from '../../src-shared/contract/define.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import {
  isNocturneError,
  NocturneError,
  type ErrorCode,
  type ErrorParams,
} from '../../src-shared/errors.ts'
import type { Clock } from './clock.ts'
import type { CallContext, CommandPlan } from './handlers.ts'
import type { Log } from './log.ts'
import {
  isEverything,
  refuseBeyondReach,
  scopeRuleOf,
  type BelongingOf,
  type Reach,
} from './reach.ts'
import {
  decideAccess,
  hasSteppedUp,
  type AccessVerdict,
  type LiveSession,
  type Sessions,
} from './sessions.ts'

/**
 * The one door into the engine: channel → session and permission → strict input → handler →
 * stripped output → envelope. (Who may speak on the channel at all, the sender check, is the
 * shell's: src-main/shell/ipc.ts.) It never throws and never tells more than a code, its
 * parameters and a trace id.
 */

type AnyHandler = (input: never, context: CallContext) => unknown

export interface HandlerTable {
  readonly queries: Readonly<Record<string, AnyHandler>>
  readonly commands: Readonly<Record<string, AnyHandler>>
}

export interface CommandRun {
  readonly commandId: string
  readonly name: CommandName
  readonly context: CallContext
  /** The parsed input without its secrets. */
  readonly auditInput: Record<string, unknown>
  readonly plan: CommandPlan<unknown>
}

export interface Router {
  call(request: { clientId: number; channel: string; input: unknown }): Promise<Envelope>
  /** Ends what the client still has running. */
  clientGone(clientId: number): void
  /** Ends one long call of this client by the name it was given. */
  cancel(clientId: number, taskId: string): void
  stop(): void
}

const commandEnvelope = z.strictObject({ commandId: z.uuid(), input: z.unknown() })

const definitionOf = (
  channel: string,
): { definition: QueryDefinition | CommandDefinition; kind: 'query' | 'command' } | null => {
  // SECURITY: hasOwn, so that `toString` or `__proto__` is no procedure.
  if (Object.hasOwn(queries, channel)) {
    return { definition: queries[channel as QueryName], kind: 'query' }
  }
  if (Object.hasOwn(commands, channel)) {
    return { definition: commands[channel as CommandName], kind: 'command' }
  }
  return null
}

export const createRouter = (options: {
  readonly sessions: Sessions
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  /** How far the session reaches now. */
  readonly reachOf: (session: LiveSession | null) => Reach
  readonly belongingOf: BelongingOf
  /** The handlers that exist now; a procedure without one needs the workspace to be opened. */
  readonly handlers: () => HandlerTable
  readonly runCommand: (run: CommandRun) => unknown
  readonly recordRefusal: (refusal: {
    name: CommandName
    context: CallContext
    auditInput: Record<string, unknown>
    code: ErrorCode
  }) => void
  /** A query that a person has no permission for. */
  readonly queryRefused: (refusal: { name: QueryName; context: CallContext }) => void
  /** Before its answer goes out; where this throws there is none. */
  readonly queryAnswered: (answered: {
    name: QueryName
    context: CallContext
    input: unknown
  }) => void
  readonly progress: CallContext['progress'] extends (...args: infer Args) => void
    ? (clientId: number, ...args: Args) => void
    : never
  readonly newTraceId: () => string
}): Router => {
  const running = new Map<number, Set<{ controller: AbortController; taskId: string | null }>>()
  let stopped = false

  const track = (clientId: number, taskId: string | null) => {
    const entry = { controller: new AbortController(), taskId }
    const set = running.get(clientId) ?? new Set()
    running.set(clientId, set)
    set.add(entry)
    return {
      signal: entry.controller.signal,
      done: () => {
        set.delete(entry)
        if (set.size === 0) running.delete(clientId)
      },
    }
  }

  const handlerOf = (kind: 'query' | 'command', channel: string): AnyHandler | undefined => {
    const table = options.handlers()
    const handlers = kind === 'query' ? table.queries : table.commands
    return Object.hasOwn(handlers, channel) ? handlers[channel] : undefined
  }

  /** What was made with a workspace that was closed meanwhile is no answer, and no plan. */
  const whileOpen = async (
    kind: 'query' | 'command',
    channel: string,
    handler: AnyHandler,
    input: unknown,
    context: CallContext,
  ): Promise<unknown> => {
    const isOpen = (): boolean => handlerOf(kind, channel) === handler
    try {
      const made = await handler(input as never, context)
      // SECURITY: nothing sealed with keys that were changed or wiped goes into the store.
      if (isOpen()) return made
    } catch (error) {
      if (isNocturneError(error) || isOpen()) throw error
      throw new NocturneError('workspace-sealed', {}, { cause: error })
    }
    throw new NocturneError('workspace-sealed')
  }

  const run = async (
    request: { clientId: number; channel: string; input: unknown },
    traceId: string,
  ): Promise<unknown> => {
    if (stopped) throw new NocturneError('engine-stopped')
    const procedure = definitionOf(request.channel)
    if (procedure === null) throw new NocturneError('unknown-procedure')
    const { definition, kind } = procedure
    const session = options.sessions.get(request.clientId)

    const call = track(request.clientId, taskIdIn(kind, request.input))
    const context: CallContext = {
      clientId: request.clientId,
      session,
      reach: options.reachOf(session),
      traceId,
      signal: call.signal,
      progress: (...args) => options.progress(request.clientId, ...args),
    }
    try {
      const verdict = verdictOf(definition, session, context.reach)
      if (verdict !== 'allowed') {
        if (kind === 'command') {
          options.recordRefusal({
            name: request.channel as CommandName,
            context,
            auditInput: {},
            code: verdict,
          })
        } else if (verdict === 'permission-denied' || verdict === 'beyond-scope') {
          options.queryRefused({ name: request.channel as QueryName, context })
        }
        throw new NocturneError(verdict)
      }
      const handler = handlerOf(kind, request.channel)
      if (handler === undefined) throw new NocturneError('workspace-sealed')

      if (kind === 'command') {
        const made = await command(request, definition as CommandDefinition, handler, context)
        return definition.output.parse(made)
      }
      const input = parse(definition.input, request.input)
      refuseForeign(definition, input, context, request.channel as QueryName)
      const found = await whileOpen(kind, request.channel, handler, input, context)
      const answer = definition.output.parse(found)
      options.queryAnswered({ name: request.channel as QueryName, context, input })
      return answer
    } finally {
      call.done()
    }
  }

  const refuseForeign = (
    definition: QueryDefinition | CommandDefinition,
    input: unknown,
    context: CallContext,
    name: QueryName,
  ): void => {
    try {
      refuseBeyondReach(context.reach, definition, input, options.belongingOf)
    } catch (error) {
      options.queryRefused({ name, context })
      throw error
    }
  }

  const verdictOf = (
    definition: QueryDefinition | CommandDefinition,
    session: ReturnType<Sessions['get']>,
    reach: Reach,
  ): AccessVerdict | 'beyond-scope' | 'step-up-needed' => {
    const verdict = decideAccess(session, definition.access, definition.whileLocked === true)
    if (verdict !== 'allowed') return verdict
    // SECURITY: what concerns the whole workspace is refused before its input is looked at.
    if (!isEverything(reach) && scopeRuleOf(definition) === 'everything') return 'beyond-scope'
    // SECURITY: who sits there now may be another than who signed in.
    const asks = definition.kind === 'command' && definition.stepUp === true
    return asks && !hasSteppedUp(session, options.clock.now()) ? 'step-up-needed' : verdict
  }

  const command = async (
    request: { channel: string; input: unknown },
    definition: CommandDefinition,
    handler: AnyHandler,
    context: CallContext,
  ): Promise<unknown> => {
    const envelope = parse(commandEnvelope, request.input) as z.output<typeof commandEnvelope>
    const input = parse(definition.input, envelope.input) as Record<string, unknown>
    const name = request.channel as CommandName
    const auditInput = withoutSecrets(input, definition.secrets)
    try {
      refuseBeyondReach(context.reach, definition, input, options.belongingOf)
      const made = await whileOpen('command', name, handler, input, context)
      const plan = made as CommandPlan<unknown>
      return await options.runCommand({
        commandId: envelope.commandId,
        name,
        context,
        auditInput,
        plan,
      })
    } catch (error) {
      if (isNocturneError(error)) {
        options.recordRefusal({ name, context, auditInput, code: error.code })
      }
      throw error
    }
  }

  const failure = (error: unknown, channel: string, traceId: string): Envelope => {
    if (isNocturneError(error)) {
      return { ok: false, error: { code: error.code, params: error.params, traceId } }
    }
    // SECURITY: the text of an unexpected error goes to the redacted log only.
    options.log.error('unexpected error', { channel: channel.slice(0, 80), traceId, error })
    return { ok: false, error: { code: 'internal', params: {}, traceId } }
  }

  return {
    async call(request) {
      const traceId = options.newTraceId()
      try {
        return { ok: true, value: await run(request, traceId) }
      } catch (error) {
        return failure(error, request.channel, traceId)
      }
    },
    clientGone(clientId) {
      for (const entry of running.get(clientId) ?? []) entry.controller.abort()
    },
    cancel(clientId, taskId) {
      for (const entry of running.get(clientId) ?? []) {
        if (entry.taskId === taskId) entry.controller.abort()
      }
    },
    stop() {
      stopped = true
      for (const set of running.values()) for (const entry of set) entry.controller.abort()
    },
  }
}

const parse = (schema: z.ZodType, input: unknown): unknown => {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new NocturneError('invalid-input', describeIssue(result.error.issues[0]))
}

/** Where and what kind, never the value: a mistyped password must not come back in an error. */
const describeIssue = (issue: z.core.$ZodIssue | undefined): ErrorParams => ({
  field: (issue?.path ?? []).map(String).join('.').slice(0, 120),
  rule: issue?.code ?? 'unknown',
})

const withoutSecrets = (
  input: Record<string, unknown>,
  secrets: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !secrets.includes(name)))

const taskIdIn = (kind: 'query' | 'command', input: unknown): string | null => {
  const body = kind === 'command' ? (input as { input?: unknown } | null)?.input : input
  const taskId = (body as { taskId?: unknown } | null | undefined)?.taskId
  return typeof taskId === 'string' ? taskId : null
}
