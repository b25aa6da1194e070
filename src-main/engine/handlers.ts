import type {
  CommandName,
  EventName,
  Input,
  Output,
  Payload,
  QueryName,
} from '../../src-shared/contract/index.ts'
import type { Reach } from './reach.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * What a capability gives to the engine: one handler per procedure of its contract. A missing
 * handler does not compile (see engine/capabilities.ts).
 */

export interface SessionInfo {
  readonly sessionId: string
  readonly accountId: string
  readonly name: string
  /** A built-in role's name, or the id of one of the workspace's own. */
  readonly role: string
  readonly permissions: ReadonlySet<string>
}

export interface CallContext {
  /** The window, terminal or test that calls. */
  readonly clientId: number
  /** Null only for `public` procedures. */
  readonly session: SessionInfo | null
  /** How much of the workspace the caller's account reaches: answers show no more. */
  readonly reach: Reach
  readonly traceId: string
  /** Aborted when the client goes, cancels the task or the engine stops. */
  readonly signal: AbortSignal
  /** Reports progress of a long call to its caller. */
  readonly progress: (taskId: string, step: string, done: number, total: number | null) => void
}

export type QueryHandler<Name extends QueryName> = (
  input: Input<Name>,
  context: CallContext,
) => Output<Name> | Promise<Output<Name>>

/**
 * A command in two parts: what may take time or fail on the outside (hashing, a device) happens
 * before; `apply` is synchronous, pure SQL, and runs inside the one transaction that also writes
 * the audit row and the change-feed row. `after` runs once that is on disk, never for a replay.
 */
export interface CommandPlan<Out> {
  readonly apply: (tx: Transaction) => Out
  readonly after?: (out: Out) => void | Promise<void>
  /** In place of `apply` where no workspace is open: what may be done then. It stands in no trail. */
  readonly outside?: () => Out
  /** Who it turned out to be, where nobody was signed in: stands in the audit. */
  readonly actor?: { readonly accountId: string; readonly sessionId: string | null }
}

export type CommandHandler<Name extends CommandName> = (
  input: Input<Name>,
  context: CallContext,
) => CommandPlan<Output<Name>> | Promise<CommandPlan<Output<Name>>>

export type QueryHandlers<Names extends QueryName> = {
  readonly [Name in Names]: QueryHandler<Name>
}
export type CommandHandlers<Names extends CommandName> = {
  readonly [Name in Names]: CommandHandler<Name>
}

/**
 * A payload, or a function that makes it at the moment of delivery (so the latest one wins) for a
 * receiver's reach.
 */
export type EventSource<Name extends EventName> =
  | Payload<Name>
  | ((reach: Reach) => Payload<Name> | null)

export interface Emit {
  /**
   * `to`: one client, or null for everyone who may receive it. `key`: for events with delivery
   * `latest`, an undelivered one with the same key is replaced.
   */
  <Name extends EventName>(
    name: Name,
    source: EventSource<Name>,
    options?: { readonly to?: number | null; readonly key?: string },
  ): void
}
