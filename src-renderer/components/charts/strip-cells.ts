import { causeClasses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import { signalClasses } from '../../../src-shared/domain/optics.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { assertNever } from '../../../src-shared/errors.ts'
import { lightCellOf, type LightCell } from './light-cell.ts'

export type StripData = Output<'network.oltStrip'>

/** What one cell of a heat strip says. Offline and unknown never share the scale of light. */
export type StripCell =
  | LightCell
  | { readonly kind: 'offline-power' }
  | { readonly kind: 'offline-optical' }
  | { readonly kind: 'offline-other' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'auth-failed' }

export type StripCellKind = StripCell['kind']

export const stripCellOf = (strip: StripData, onu: number): StripCell => {
  const state = onuStates[strip.states[onu] ?? 0] ?? 'unknown'
  switch (state) {
    case 'online':
      return lightCellOf(
        signalClasses[strip.signals[onu] ?? 0] ?? 'none',
        strip.marginsDb[onu] ?? Number.NaN,
      )
    case 'offline': {
      const cause = causeClasses[strip.causes[onu] ?? 0] ?? 'unknown'
      if (cause === 'power') return { kind: 'offline-power' }
      return { kind: cause === 'optical' ? 'offline-optical' : 'offline-other' }
    }
    case 'unknown':
    case 'disabled':
    case 'starting':
    case 'auth-failed':
      return { kind: state }
    default:
      return assertNever(state)
  }
}

/**
 * The letter of a cell, so that colour is never alone. A step of light needs none; unknown and
 * unread cells are hollow or flat instead: a whole OLT of question marks would shout.
 */
export const stripLetters: Readonly<Record<StripCellKind, string>> = {
  step: '',
  'too-strong': '↑',
  invalid: '×',
  none: '',
  'offline-power': 'P',
  'offline-optical': 'F',
  'offline-other': 'O',
  unknown: '',
  disabled: 'D',
  starting: 'S',
  'auth-failed': 'A',
}

/** How many cells of each kind a run of ONUs holds. */
export const countCells = (
  strip: StripData,
  first: number,
  count: number,
): ReadonlyMap<StripCellKind, number> => {
  const counts = new Map<StripCellKind, number>()
  for (let onu = first; onu < first + count; onu++) {
    const { kind } = stripCellOf(strip, onu)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
