import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import type { DemoAgentsDependencies } from './demo-agents.ts'
import { fillMonths } from './demo-months.ts'

/** So often it is looked whether the simulated subscribers are there. */
const lookMs = 3_000

/**
 * Gives the subscribers of a simulated workspace some months of business, once they are all there and
 * unless they have it: in the background, so that the start is as quick as without. The returned
 * function ends it.
 */
export const startDemo = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'emit' | 'log' | 'write' | 'subscribers'> & {
    readonly reads: Reads
    readonly today: () => CalendarDate
    readonly lines: Pick<ServiceLines, 'settle'>
    readonly changed: () => void
  } & Pick<DemoAgentsDependencies, 'accounts' | 'nameOfAccount' | 'simulatedAgents' | 'moved'>,
): (() => void) => {
  const { clock, emit, log, reads } = deps
  const count = (table: 'subscriber_service' | 'subscription'): number =>
    reads.all<{ readonly n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0
  let isStopped = false
  let before = -1
  let callOff: () => void = () => undefined

  const fill = async (): Promise<void> => {
    try {
      await fillMonths({ ...deps, stopped: () => isStopped })
      if (isStopped) return
      deps.changed()
      emit('billing.documentsChanged', {})
    } catch (error) {
      // The workspace is as good without: it is there to look around.
      log.error('the simulated months could not be filled in', { error })
    }
  }
  const look = (): void => {
    if (count('subscription') > 0) return
    const services = count('subscriber_service')
    // OLT after OLT gets its subscribers: none came since the look before.
    if (services > 0 && services === before) return void fill()
    before = services
    callOff = clock.after(lookMs, look)
  }
  look()
  return () => {
    isStopped = true
    callOff()
  }
}
