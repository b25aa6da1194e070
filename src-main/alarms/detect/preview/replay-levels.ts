import type { AlarmRule } from '../../../../src-shared/contract/alarms-model.ts'
import type { ReceiveRange } from '../../../../src-shared/domain/optics.ts'
import { ponOf } from '../../../../src-shared/domain/onu-address.ts'
import {
  highLimitDbm,
  isAbove,
  isBelow,
  isImpossibleDbm,
  judgeDrop,
  lowLimitDbm,
  medianOf,
  plausibleC,
  plausiblePercent,
} from '../level-rules.ts'
import { limitOf } from '../rule-limits.ts'
import type { SpanBook } from './spans.ts'

/** A row per series, a column per cycle (history/lane-reads.ts). */
export interface PastLevels {
  readonly addresses: Int32Array
  readonly at: Float64Array
  readonly values: Float64Array
}

export const levelTypes = ['rx-low', 'rx-high', 'reading-invalid'] as const
export type LevelType = (typeof levelTypes)[number]

/** Whether each reading would have held, one after the other; what is no value changes nothing. */
export const replayLevels = (
  type: LevelType,
  rule: AlarmRule,
  { addresses, at, values }: PastLevels,
  range: ReceiveRange,
  direction: string,
  concerns: (address: number) => boolean,
  spans: SpanBook,
): void => {
  const judge = judgeOf(type, rule, range)
  for (let row = 0; row < addresses.length; row++) {
    const address = addresses[row]!
    if (!concerns(address)) continue
    let held = false
    for (let cycle = 0; cycle < at.length; cycle++) {
      const value = values[row * at.length + cycle]!
      if (Number.isNaN(value)) continue
      held = judge(value, held)
      spans.set(address, direction, held, at[cycle]!)
    }
  }
}

const judgeOf = (
  type: LevelType,
  rule: AlarmRule,
  range: ReceiveRange,
): ((value: number, held: boolean) => boolean) => {
  if (type === 'reading-invalid') return (value) => isImpossibleDbm(value)
  const slack = limitOf(rule, 'hysteresisDb')
  if (type === 'rx-low') {
    const limit = lowLimitDbm(range, limitOf(rule, 'belowLimitDb'))
    return (value, held) => (isImpossibleDbm(value) ? held : isBelow(value, limit, slack, held))
  }
  const limit = highLimitDbm(range, limitOf(rule, 'aboveLimitDb'))
  return (value, held) => (isImpossibleDbm(value) ? held : isAbove(value, limit, slack, held))
}

const leastSiblings = 3

/** Against the medians of today (`medianOfAddress`; NaN: none): those of then are not kept. */
export const replayDrops = (
  rule: AlarmRule,
  { addresses, at, values }: PastLevels,
  medianOfAddress: (address: number) => number,
  direction: string,
  spans: SpanBook,
): void => {
  const limits = {
    dropDb: limitOf(rule, 'dropDb'),
    siblingsDropDb: limitOf(rule, 'siblingsDropDb'),
    readings: limitOf(rule, 'readings'),
    hysteresisDb: limitOf(rule, 'hysteresisDb'),
  }
  const cycles = at.length
  const usual = Float64Array.from(addresses, medianOfAddress)
  const rowsByPon = Map.groupBy(addresses.keys(), (row) => ponOf(addresses[row]!))
  const held = new Uint8Array(addresses.length)
  const inRow = new Uint8Array(addresses.length)
  const drops = new Float64Array(addresses.length)
  const scratch = new Float64Array(addresses.length)
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const rows of rowsByPon.values()) {
      let count = 0
      for (const row of rows) {
        const value = values[row * cycles + cycle]!
        const drop = isImpossibleDbm(value) ? Number.NaN : usual[row]! - value
        drops[row] = drop
        if (!Number.isNaN(drop)) scratch[count++] = drop
      }
      const siblings = count < leastSiblings ? Number.NaN : medianOf(scratch, count)
      for (const row of rows) {
        if (Number.isNaN(drops[row]!)) continue
        const was = held[row] === 1
        const fell = judgeDrop(drops[row]!, siblings, limits, was)
        inRow[row] = fell ? Math.min(255, inRow[row]! + 1) : 0
        const holds = fell && (was || inRow[row]! >= limits.readings)
        held[row] = holds ? 1 : 0
        spans.set(addresses[row]!, direction, holds, at[cycle]!)
      }
    }
  }
}

/** The hottest or busiest board of an OLT: the history keeps no more. */
export const replayOltLevel = (
  type: 'olt-over-temperature' | 'olt-cpu-high',
  rule: AlarmRule,
  { at, values }: PastLevels,
  spans: SpanBook,
): void => {
  const isHeat = type === 'olt-over-temperature'
  const limit = limitOf(rule, isHeat ? 'temperatureC' : 'cpuPercent')
  const slack = limitOf(rule, isHeat ? 'hysteresisC' : 'hysteresisPercent')
  let held = false
  for (let cycle = 0; cycle < at.length; cycle++) {
    const read = values[cycle]!
    const value = Number.isNaN(read) ? read : isHeat ? plausibleC(read) : plausiblePercent(read)
    if (Number.isNaN(value)) continue
    held = isAbove(value, limit, slack, held)
    spans.set(0, '', held, at[cycle]!)
  }
}

/** Rates of both directions at the same times, kbit/s; NaN: not known. */
export const replayTraffic = (
  rule: AlarmRule,
  {
    at,
    up,
    down,
  }: { readonly at: Float64Array; readonly up: Float64Array; readonly down: Float64Array },
  address: number,
  spans: SpanBook,
): void => {
  const belowKbps = limitOf(rule, 'belowKbps')
  let carried = false
  for (let index = 0; index < at.length; index++) {
    const flows = up[index]! > belowKbps || down[index]! > belowKbps
    carried ||= flows
    const absent = carried && up[index]! <= belowKbps && down[index]! <= belowKbps
    spans.set(address, '', absent, at[index]!)
  }
}
