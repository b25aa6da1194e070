import type { Problem } from '../../src-shared/contract/common.ts'
import type { ConfigAbilities, OltConfigPort } from '../olt/cli/config-port.ts'

/**
 * The configuration ports of all OLTs, by the olt-cli capability: it knows how each lets us in.
 * Types only.
 *
 * Every call: errors are NocturneErrors of the `cli-…` and `onu-…` codes, `timeout`, `cancelled`.
 * Nothing is queued: an OLT that cannot be reached refuses at once.
 */
export interface OltConfigs {
  /** Why nothing can be configured on this OLT; null: it can. Cheap. */
  readonly obstacle: (oltId: string) => Problem | null
  /** What its family can; null: it has no cli.yaml. Cheap, needs no session. */
  readonly abilities: (oltId: string) => ConfigAbilities | null
  /** Errors: `cli-no-access`, `cli-family-cannot`, `not-found`. */
  readonly of: (oltId: string) => OltConfigPort
  /** Told when access, family or sessions of an OLT changed. Returns its end. */
  readonly listen: (listener: (oltId: string) => void) => () => void
}
