import type { ReactNode } from 'react'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import {
  classifySignal,
  marginDb as marginOf,
  type ReceiveRange,
} from '../../../src-shared/domain/optics.ts'
import { freshnessOf } from '../../components/age.ts'
import { noValue } from '../../components/format.ts'
import { signalColour } from '../../components/signal-level.ts'
import { shownState, stateIcon, type ShownState } from '../../components/state-badge.tsx'
import type { OnuCellContext } from './onu-cell-context.ts'
import '../../components/data-age.css'
import './onu-cells.css'

/**
 * Cells of the ONU table: the looks of the console's badges without their hooks, because fifty rows
 * of them are made anew while a person scrolls.
 */

const iconElements = new Map<ShownState, ReactNode>()

const iconOf = (state: ShownState): ReactNode => {
  const known = iconElements.get(state)
  if (known !== undefined) return known
  const Icon = stateIcon(state)
  const made = <Icon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
  iconElements.set(state, made)
  return made
}

export const StateCell = (row: OnuRow, context: OnuCellContext): ReactNode => {
  const shown = shownState(row.state, row.causeClass)
  const tells = row.state === 'offline' && row.cause !== 'none'
  return (
    <span className="nc-state nc-state--cell" data-state={shown}>
      {iconOf(shown)}
      {context.states[shown]}
      {tells ? <span className="nc-state__cause"> · {context.causes[row.cause]}</span> : null}
    </span>
  )
}

export const textCell = (text: string | null): ReactNode =>
  text === null || text === '' ? <span className="nc-faint">{noValue}</span> : text

type Group = 'status' | 'optics' | 'counters'

const atOf = (row: OnuRow, group: Group): number | null =>
  group === 'status' ? row.statusAt : group === 'optics' ? row.opticsAt : row.countersAt

const isStale = (row: OnuRow, group: Group, context: OnuCellContext): boolean => {
  const intervals = context.intervalsOf(row.oltId)
  const intervalS =
    group === 'status'
      ? intervals.statusS
      : group === 'optics'
        ? intervals.opticsS
        : intervals.countersS
  return freshnessOf(atOf(row, group), context.now, intervalS) === 'stale'
}

/** Says when the number was read, and that this is long ago if it is. */
export const readHover = (
  row: OnuRow,
  group: Group,
  context: OnuCellContext,
): string | undefined => {
  const at = atOf(row, group)
  if (at === null) return undefined
  const time = context.format.instant(at)
  return isStale(row, group, context) ? context.words.stale(time) : time
}

/** A bare number; one that was read long ago stands in grey italics. */
export const numberCell = (
  value: number | null,
  digits: number,
  row: OnuRow,
  group: Group,
  context: OnuCellContext,
): ReactNode => {
  if (value === null) return <span className="nc-faint">{noValue}</span>
  const text = context.format.number(value, digits)
  return isStale(row, group, context) ? <span className="nc-stale">{text}</span> : text
}

/** A receive level with its margin, as components/dbm.tsx shows it. */
export const dbmCell = (
  value: number | null,
  range: ReceiveRange | undefined,
  row: OnuRow,
  context: OnuCellContext,
): ReactNode => {
  if (value === null) return <span className="nc-faint">{noValue}</span>
  const number = context.format.number(value, 1)
  const text = isStale(row, 'optics', context) ? <span className="nc-stale">{number}</span> : number
  if (range === undefined) return text
  const margin = marginOf(value, range)
  return (
    <>
      {text}
      <span
        className="nc-level-cell"
        data-below={margin < 0 ? '' : undefined}
        style={{ borderColor: signalColour(classifySignal(value, range), margin) }}
      >
        {`${margin < 0 ? '\u2212' : '+'}${context.format.number(Math.abs(margin), 1)}`}
      </span>
    </>
  )
}

/** How long ago, in whole minutes and more: a table does not count seconds. */
export const agoText = (at: number | null, context: OnuCellContext): string => {
  if (at === null) return context.words.never
  const ms = context.now - at
  return ms < 60_000 ? context.words.lessThanMinute : context.format.age(ms)
}

export const agoCell = (at: number | null, context: OnuCellContext): ReactNode => {
  const text = agoText(at, context)
  return at === null ? <span className="nc-faint">{text}</span> : text
}

export const ageCell = (row: OnuRow, group: Group, context: OnuCellContext): ReactNode => {
  const intervals = context.intervalsOf(row.oltId)
  const at = atOf(row, group)
  const intervalS =
    group === 'status'
      ? intervals.statusS
      : group === 'optics'
        ? intervals.opticsS
        : intervals.countersS
  return (
    <span className="nc-age" data-freshness={freshnessOf(at, context.now, intervalS)}>
      {agoText(at, context)}
    </span>
  )
}
