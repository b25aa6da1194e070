import { isNocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { OltTarget } from '../olt/poller/olt-port.ts'
import type { Poller } from '../olt/poller/poller.ts'
import type { PollGroup } from '../olt/poller/schedule.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'

/** OLTs as they were entered, handed to the poller and taken back from it. */
export interface PollerHand {
  /** One whose access cannot be opened is not polled, and says so. */
  readonly poll: (record: OltRecord, how: 'add' | 'update') => void
  readonly end: (record: OltRecord) => void
  /** One that is quiet is left alone, and read from the beginning when that is over. */
  readonly askAgain: (oltId: string, group: PollGroup) => void
}

export const createPollerHand = (deps: {
  readonly clock: Clock
  readonly records: OltRecords
  readonly poller: Poller
  /** Opens the sealed access. Errors: `secret-unreadable`. */
  readonly targetOf: (record: OltRecord) => OltTarget
  readonly isRunning: () => boolean
  /** An OLT may be settled now. */
  readonly onSettled: () => void
  readonly warn: (event: string, details: object) => void
}): PollerHand => {
  const { clock, records, poller } = deps

  const poll: PollerHand['poll'] = (record, how) => {
    if (!deps.isRunning()) return
    const { id, intervals, opticsPolling } = record.row
    const { status } = record
    try {
      poller[how]({
        id,
        target: deps.targetOf(record),
        plan: intervals,
        opticsPolling,
        quiet: status.quiet,
      })
      if (status.problem?.code === 'secret-unreadable') status.problem = null
      status.opticsPolled = poller.careOf(id)?.opticsPolled ?? opticsPolling !== 'off'
      deps.onSettled()
    } catch (error) {
      if (!isNocturneError(error)) throw error
      // A secret that cannot be opened: the OLT stays, with its problem, until it is entered anew.
      poller.remove(id)
      status.problem = { code: error.code, params: { ...error.params }, at: clock.now() }
      status.settled.add('failed')
      records.bump()
      deps.warn('the access of an OLT could not be opened', { oltId: id, code: error.code })
    }
  }

  return {
    poll,
    end: ({ row, status }) => {
      poller.remove(row.id)
      status.polling = null
      status.nextPollAt = null
      deps.onSettled()
    },
    askAgain: (oltId, group) => {
      const record = records.get(oltId)
      if (record === undefined || record.status.quiet === null) {
        poller.pollNow(oltId, group)
      } else if (group === 'recognise') {
        poller.remove(oltId)
        poll(record, 'add')
      }
    },
  }
}
