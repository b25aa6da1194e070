import type { CauseClass, OnuState } from '../../../src-shared/domain/onu-state.ts'

/** As components/state-badge.tsx without its icons, so that plain tests can load it. */
export type ShownStateName =
  | Exclude<OnuState, 'offline'>
  | 'offline-power'
  | 'offline-optical'
  | 'offline-other'

export const shownStateOf = (state: OnuState, causeClass: CauseClass): ShownStateName => {
  if (state !== 'offline') return state
  if (causeClass === 'power') return 'offline-power'
  return causeClass === 'optical' ? 'offline-optical' : 'offline-other'
}
