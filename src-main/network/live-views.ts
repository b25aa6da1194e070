import type { Payload } from '../../src-shared/contract/index.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { packOnuAddress, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { Emit } from '../engine/handlers.ts'
import type { WatchEnd, WatchReading, WatchRequest } from '../olt/poller/live-watch.ts'
import type { OnuReading } from '../olt/poller/olt-port.ts'
import type { OltRecord } from './olt-records.ts'

/**
 * Who looks at which ONU right now. One live view per OLT and one per client; readings go to that
 * client alone, and into live state, where everybody sees them.
 */
export interface LiveViews {
  /**
   * Errors: `live-view-taken` with the name of who watches an ONU of this OLT. A view that this
   * client has open is ended first.
   */
  readonly open: (who: Viewer, record: OltRecord, address: OnuAddress) => Promise<OpenedView>
  /** Somebody else's stays. */
  readonly close: (clientId: number, oltId: string) => void
  readonly clientGone: (clientId: number) => void
  /** `sessionId` null: signed out, locked, or no longer allowed to read. */
  readonly sessionChanged: (clientId: number, sessionId: string | null) => void
  readonly stop: () => void
}

export interface Viewer {
  readonly clientId: number
  readonly sessionId: string | null
  /** Of the account, for whoever finds the view taken. */
  readonly name: string
}

export interface OpenedView {
  /** Wall ms. */
  readonly until: number
  readonly everyMs: number
}

interface OpenView extends Viewer {
  readonly oltId: string
  readonly address: OnuAddress
  readonly controller: AbortController
  ended: Promise<void>
}

const forMs = 60_000
const everyMs = 2_000

export const createLiveViews = (deps: {
  readonly clock: Clock
  readonly emit: Emit
  readonly watch: (oltId: string, request: WatchRequest) => Promise<WatchEnd>
  /** Takes a reading into live state; null: the OLT has no such ONU (any more). */
  readonly take: (
    record: OltRecord,
    address: number,
    reading: OnuReading,
    times: Pick<WatchReading, 'at' | 'monotonic'>,
  ) => OnuRow | null
  readonly rowOf: (record: OltRecord, address: number) => OnuRow | null
  readonly onInternalError: (error: NocturneError, oltName: string) => void
}): LiveViews => {
  const { clock, emit } = deps
  const byOlt = new Map<string, OpenView>()

  const tell = (
    view: OpenView,
    what: Omit<Payload<'network.liveReading'>, 'oltId' | 'address'>,
  ): void => {
    const { oltId, address } = view
    // SECURITY: to the client that asked, and only while its session may read (engine/outbox.ts).
    emit('network.liveReading', { oltId, address, ...what }, { to: view.clientId })
  }

  const noteInternal = (record: OltRecord, error: NocturneError | null): void => {
    if (error?.code === 'internal') deps.onInternalError(error, record.row.name)
  }

  const run = async (view: OpenView, record: OltRecord): Promise<void> => {
    const packed = packOnuAddress(view.address)
    let problem: NocturneError | null = null
    let ended: WatchEnd
    const onReading = ({ reading, error, ...times }: WatchReading): void => {
      const onu = reading === null ? null : deps.take(record, packed, reading, times)
      const gone = reading !== null && onu === null
      problem = gone ? new NocturneError('not-found', { what: 'onu' }) : error
      noteInternal(record, error)
      tell(view, {
        at: times.at,
        onu,
        answerMs: reading?.answerMs ?? null,
        problem: problemOf(problem),
        ended: null,
      })
    }
    const { signal } = view.controller
    try {
      ended = signal.aborted
        ? 'closed'
        : await deps.watch(view.oltId, { address: packed, forMs, everyMs, signal, onReading })
    } catch (error) {
      problem = isNocturneError(error) ? error : new NocturneError('internal', {}, { cause: error })
      ended = 'problem'
      noteInternal(record, problem)
    }
    // Free before the end is told: who hears of it may open the next one at once.
    if (byOlt.get(view.oltId) === view) byOlt.delete(view.oltId)
    tell(view, {
      at: clock.now(),
      onu: ended === 'olt-removed' ? null : deps.rowOf(record, packed),
      answerMs: null,
      problem: ended === 'problem' ? problemOf(problem) : null,
      ended,
    })
  }

  const endOf = async (view: OpenView): Promise<void> => {
    view.controller.abort()
    await view.ended
  }

  const endWhere = (matches: (view: OpenView) => boolean): void => {
    for (const view of byOlt.values()) if (matches(view)) view.controller.abort()
  }

  const refuseTaken = (oltId: string, clientId: number): void => {
    const taken = byOlt.get(oltId)
    if (taken !== undefined && taken.clientId !== clientId) {
      throw new NocturneError('live-view-taken', { name: taken.name })
    }
  }

  return {
    open: async (viewer, record, address) => {
      const { clientId } = viewer
      const oltId = record.row.id
      refuseTaken(oltId, clientId)
      const own = [...byOlt.values()].filter((view) => view.clientId === clientId)
      const view: OpenView = {
        ...viewer,
        oltId,
        address,
        controller: new AbortController(),
        ended: Promise.resolve(),
      }
      // Taken from here on: nobody gets in while the earlier view ends.
      byOlt.set(oltId, view)
      view.ended = Promise.all(own.map(endOf)).then(() => run(view, record))
      await Promise.all(own.map(({ ended }) => ended))
      if (view.controller.signal.aborted) throw new NocturneError('cancelled')
      return { until: clock.now() + forMs, everyMs }
    },
    close: (clientId, oltId) => {
      const view = byOlt.get(oltId)
      if (view?.clientId === clientId) view.controller.abort()
    },
    clientGone: (clientId) => endWhere((view) => view.clientId === clientId),
    sessionChanged: (clientId, sessionId) =>
      endWhere((view) => view.clientId === clientId && view.sessionId !== sessionId),
    stop: () => endWhere(() => true),
  }
}

const problemOf = (error: NocturneError | null) =>
  error === null ? null : { code: error.code, params: { ...error.params } }
