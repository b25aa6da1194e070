import type { z } from 'zod'
import type { Named } from '../domain/scope.ts'

/**
 * One contract: every query, command and event of the console is a value made here. The renderer's
 * client, the router's checks, the CLI's arguments and the tests all derive from it.
 */

/** `capability.resource.action`. */
export type PermissionName = `${string}.${string}.${string}`

/**
 * Who may call.
 * - `public`: before anyone has signed in (first start, sign-in).
 * - `session`: whoever is signed in, whatever the role.
 * - a permission name: a role that holds it.
 */
export type Access = 'public' | 'session' | PermissionName

/**
 * What it is to someone whose account reaches only a part of the workspace (domain/scope.ts).
 * - `everything`: shows or changes all of it: refused (`beyond-scope`).
 * - `nothing`: touches nothing that lies in a region or is somebody's.
 * - `narrowed`: the handler answers with the part that is reached (`context.reach`).
 * - a function: what the input names. All of it must be reached; what else the answer shows is
 *   narrowed by the handler.
 * Left out: `nothing` where `access` is `public` or `session`, else `everything`: deny by default.
 * test/access/scope-leaks.test.ts calls each and looks for foreign OLTs in the answer.
 */
export type ScopeRule<Input> =
  | 'everything'
  | 'nothing'
  | 'narrowed'
  | ((input: Input) => readonly Named[])

interface ProcedureBase<In extends z.ZodType, Out extends z.ZodType> {
  readonly access: Access
  readonly scope?: ScopeRule<z.output<In>>
  /** Strict: an unknown key is refused. */
  readonly input: In
  /** Stripping: a key that is not named here never leaves the engine. */
  readonly output: Out
  /** May be called while the screen is locked. Default: no. */
  readonly whileLocked?: boolean
}

export interface QueryDefinition<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> extends ProcedureBase<In, Out> {
  readonly kind: 'query'
}

export interface CommandDefinition<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> extends ProcedureBase<In, Out> {
  readonly kind: 'command'
  /** Input keys whose values never reach the audit trail, the change feed or a log. */
  readonly secrets: readonly string[]
  /** Asks who one is once more, unless one has just said so: `access.stepUp`. Default: no. */
  readonly stepUp?: boolean
}

export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  /** Who receives it: everyone (`public`), whoever is signed in, or holders of the permission. */
  readonly access: Access
  /** As of a procedure. `narrowed`: made for each receiver by his reach, or sent to one only. */
  readonly scope?: ScopeRule<z.output<Payload>>
  readonly payload: Payload
  /**
   * `latest`: only the newest undelivered one per client and key counts (readings).
   * `all`: each one is delivered in order (facts).
   */
  readonly delivery: 'latest' | 'all'
}

export const query = <In extends z.ZodType, Out extends z.ZodType>(
  definition: Omit<QueryDefinition<In, Out>, 'kind'>,
): QueryDefinition<In, Out> => ({ kind: 'query', ...definition })

export const command = <In extends z.ZodType, Out extends z.ZodType>(
  definition: Omit<CommandDefinition<In, Out>, 'kind' | 'secrets'> & {
    readonly secrets?: readonly (keyof z.input<In> & string)[]
  },
): CommandDefinition<In, Out> => ({
  kind: 'command',
  ...definition,
  secrets: definition.secrets ?? [],
})

export const event = <Payload extends z.ZodType>(
  definition: Omit<EventDefinition<Payload>, 'kind'>,
): EventDefinition<Payload> => ({ kind: 'event', ...definition })

export type Procedure = QueryDefinition | CommandDefinition
export type InputOf<P extends { input: z.ZodType }> = z.output<P['input']>
/** What a caller writes: defaults may be left out. */
export type CallInputOf<P extends { input: z.ZodType }> = z.input<P['input']>
export type OutputOf<P extends { output: z.ZodType }> = z.output<P['output']>
export type PayloadOf<E extends { payload: z.ZodType }> = z.output<E['payload']>
