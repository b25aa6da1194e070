/**
 * What the history keeps as an event. The position in each list is stored: never reorder, only
 * append.
 */
export const historyEventKinds = [
  /** Position 0 is no event. */
  'none',
  /** code: position in `onuStates`; detail: position in `downCauses`. */
  'onu-state',
  /** Another serial number stands at the address since. */
  'onu-replaced',
  'onu-firmware',
  'olt-unreachable',
  'olt-reachable',
  'olt-restarted',
  /** The last ONU of a PON port that was online is not any more, and the other way round. */
  'pon-dark',
  'pon-lit',
] as const

export type HistoryEventKind = (typeof historyEventKinds)[number]
