import type { OpticsPolling } from '../../../src-shared/contract/network-model.ts'
import type { OltTarget } from './olt-port.ts'
import type { PollPlan } from './schedule.ts'

/** An OLT as the poller is told of it. */
export interface PolledOlt {
  readonly id: string
  readonly target: OltTarget
  readonly plan: PollPlan
  /** `family`: as its profile says. */
  readonly opticsPolling: OpticsPolling
  readonly quiet: PollQuiet | null
}

/** While it lasts nothing is asked by itself, not even what it is. */
export interface PollQuiet {
  /** Wall ms; null: until it is ended. */
  readonly until: number | null
}
