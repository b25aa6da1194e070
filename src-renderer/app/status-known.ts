import type { Live } from '../state/live.ts'

/**
 * What may be said about the states of all ONUs. `no-olts`: there is nothing to read; `unread`: no
 * status was read since the start; `lost`: no OLT answers, every ONU is unknown; `read`: figures.
 */
export type StatusKnown = 'no-olts' | 'unread' | 'lost' | 'read'

export const statusKnown = ({
  counts,
  oldestStatusAt,
  oltsReachable,
  oltsTotal,
}: Pick<Live, 'counts' | 'oldestStatusAt' | 'oltsReachable' | 'oltsTotal'>): StatusKnown => {
  if (oltsTotal === 0) return 'no-olts'
  if (counts === undefined) return 'unread'
  if (oldestStatusAt !== null || counts.unknown < counts.total) return 'read'
  return counts.total === 0 || oltsReachable > 0 ? 'unread' : 'lost'
}
