import { opticClasses, type ReceiveRange } from '../../../src-shared/domain/optics.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { NetworkCycle, OltFacts } from '../../engine/network-facts.ts'
import { collectOnus, type OnuFinding } from './collect-onus.ts'
import { createDropMeter, dbmOf, directions, type Direction } from './light-drops.ts'
import type { LightMedians } from './light-medians.ts'
import {
  highLimitDbm,
  isAbove,
  isBelow,
  isImpossibleDbm,
  judgeDrop,
  lowLimitDbm,
} from './level-rules.ts'
import { stateAt } from './onu-rules.ts'
import { createRowColumns, grownBytes } from './row-columns.ts'
import { limitOf } from './rule-limits.ts'
import { isWhole, tenth, type WatchContext, type Watcher } from './watcher.ts'

/** What holds of a row and a direction, as bits; the second direction's are shifted by four. */
const bits = { low: 1, high: 2, degrading: 4, invalid: 8 } as const

/** Receive power, each time the light of an OLT was read: per optic class and per direction (E4). */
export const watchLight = (context: WatchContext, medians: LightMedians): Watcher => {
  const { facts, rules, teller } = context
  const { onus } = facts
  let held: Uint8Array = new Uint8Array(0)
  /** Readings in a row that fell, per direction. */
  let inRow: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)]
  const room = createRowColumns((capacity) => {
    held = grownBytes(held, capacity)
    inRow = [grownBytes(inRow[0], capacity), grownBytes(inRow[1], capacity)]
  })
  const measure = createDropMeter(onus, medians)

  const dbm = (row: number, direction: number): number => dbmOf(onus, row, direction)

  const rangeOf = (olt: OltFacts, direction: number): ReceiveRange => {
    const optic = opticClasses[olt.opticClass]
    return direction === 0 ? optic.onuRx : optic.oltRx
  }

  const set = (row: number, direction: number, bit: number, holds: boolean): void => {
    const mask = bit << (direction * 4)
    held[row] = holds ? held[row]! | mask : held[row]! & ~mask
  }
  const has = (row: number, direction: number, bit: number): boolean =>
    (held[row]! & (bit << (direction * 4))) !== 0

  /** Limits and impossible readings; light that was not read now stays as it was judged. */
  const judgeLevels = (
    olt: OltFacts,
    direction: number,
    isRead: (row: number) => boolean,
  ): void => {
    const low = rules.rule('rx-low')
    const high = rules.rule('rx-high')
    const range = rangeOf(olt, direction)
    const lowDbm = lowLimitDbm(range, limitOf(low, 'belowLimitDb'))
    const highDbm = highLimitDbm(range, limitOf(high, 'aboveLimitDb'))
    const lowSlack = limitOf(low, 'hysteresisDb')
    const highSlack = limitOf(high, 'hysteresisDb')
    for (const row of olt.rows) {
      if (!isRead(row)) continue
      const value = dbm(row, direction)
      const invalid = !Number.isNaN(value) && isImpossibleDbm(value)
      set(row, direction, bits.invalid, invalid)
      // An impossible reading says nothing of the light.
      if (invalid || Number.isNaN(value)) continue
      set(row, direction, bits.low, isBelow(value, lowDbm, lowSlack, has(row, direction, bits.low)))
      const wasHigh = has(row, direction, bits.high)
      set(row, direction, bits.high, isAbove(value, highDbm, highSlack, wasHigh))
    }
  }

  const judgeDrops = (olt: OltFacts, direction: number, isRead: (row: number) => boolean): void => {
    const rule = rules.rule('rx-degrading')
    const limits = {
      dropDb: limitOf(rule, 'dropDb'),
      siblingsDropDb: limitOf(rule, 'siblingsDropDb'),
      readings: limitOf(rule, 'readings'),
      hysteresisDb: limitOf(rule, 'hysteresisDb'),
    }
    const counts = inRow[direction === 0 ? 0 : 1]
    const { own, siblings } = measure(olt, direction)
    for (let place = 0; place < olt.rows.length; place++) {
      const row = olt.rows[place]!
      const drop = own[place]!
      if (!isRead(row) || Number.isNaN(drop)) continue
      const was = has(row, direction, bits.degrading)
      const fell = judgeDrop(drop, siblings[place]!, limits, was)
      counts[row] = fell ? Math.min(255, counts[row]! + 1) : 0
      set(row, direction, bits.degrading, fell && (was || counts[row]! >= limits.readings))
    }
  }

  const tellOne = (
    olt: OltFacts,
    cycle: NetworkCycle,
    type: AlarmType,
    found: (direction: number, qualifier: Direction) => Omit<OnuFinding, 'type' | 'qualifier'>,
  ): void => {
    const conditions = directions.flatMap((qualifier, direction) =>
      collectOnus(context, olt, { type, qualifier, ...found(direction, qualifier) }),
    )
    const partial = isWhole(cycle) ? null : { isUnread: () => false }
    teller.tell(type, olt.id, conditions, cycle.at, partial)
  }

  const tell = (olt: OltFacts, cycle: NetworkCycle): void => {
    const read = directions.map((_, direction) => (row: number) => dbm(row, direction))
    tellOne(olt, cycle, 'rx-low', (direction) => {
      const limit = lowLimitDbm(
        rangeOf(olt, direction),
        limitOf(rules.rule('rx-low'), 'belowLimitDb'),
      )
      return {
        holds: (row) => has(row, direction, bits.low),
        params: (row) => levelParams(read[direction]!(row), limit, 1),
        worse: (place, other) =>
          read[direction]!(olt.rows[place]!) - read[direction]!(olt.rows[other]!),
      }
    })
    tellOne(olt, cycle, 'rx-high', (direction) => {
      const rule = rules.rule('rx-high')
      const limit = highLimitDbm(rangeOf(olt, direction), limitOf(rule, 'aboveLimitDb'))
      return {
        holds: (row) => has(row, direction, bits.high),
        params: (row) => levelParams(read[direction]!(row), limit, -1),
        worse: (place, other) =>
          read[direction]!(olt.rows[other]!) - read[direction]!(olt.rows[place]!),
      }
    })
    tellOne(olt, cycle, 'reading-invalid', (direction) => ({
      holds: (row) => has(row, direction, bits.invalid),
      params: (row) => ({
        reading: direction === 0 ? 'onuRxDbm' : 'oltRxDbm',
        value: read[direction]!(row),
      }),
    }))
    directions.forEach((_, direction) => {
      judgeDrops(olt, direction, (row) => onus.opticsAt(row) === cycle.at)
    })
    tellOne(olt, cycle, 'rx-degrading', (direction) => {
      const { own, siblings } = measure(olt, direction)
      const median = medians.aligned(olt, direction)
      return {
        holds: (row) => has(row, direction, bits.degrading),
        params: (row, place) => ({
          valueDbm: tenthOrNull(read[direction]!(row)),
          medianDbm: tenthOrNull(median?.[place] ?? Number.NaN),
          dropDb: tenthOrNull(own[place]!),
          siblingsDropDb: tenthOrNull(siblings[place]!),
        }),
        worse: (place, other) => own[other]! - own[place]!,
      }
    })
  }

  return {
    seed: (olt) => {
      room.reserve(olt.rows)
      directions.forEach((_, direction) => judgeLevels(olt, direction, () => true))
    },
    cycle: (olt, cycle) => {
      if (cycle.group !== 'optics') return
      room.reserve(olt.rows)
      const isRead = (row: number): boolean =>
        onus.opticsAt(row) === cycle.at && onus.state(row) === stateAt.online
      directions.forEach((_, direction) => judgeLevels(olt, direction, isRead))
      tell(olt, cycle)
    },
    gone: (_olt, rows) => {
      for (const row of rows) {
        if (row >= held.length) continue
        held[row] = 0
        inRow[0][row] = 0
        inRow[1][row] = 0
      }
    },
  }
}

const tenthOrNull = (value: number): number | null => (Number.isNaN(value) ? null : tenth(value))

/** `side` 1: the limit is the least; -1: the most. The margin is negative beyond it. */
const levelParams = (value: number, limitDbm: number, side: 1 | -1) => ({
  valueDbm: tenthOrNull(value),
  limitDbm,
  marginDb: tenthOrNull((value - limitDbm) * side),
})
