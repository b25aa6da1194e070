import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { Severity } from '../../../src-shared/domain/severity.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'
import type { Condition } from '../condition.ts'
import { sameParams } from './alarm.ts'
import { placeOf, type PlaceKind } from './place.ts'

/**
 * Conditions that hold and raise nothing yet: a parent is to be checked first, or explains them, or
 * maintenance keeps them quiet. A hundred thousand ONUs of a cut plant may stand here, so one entry
 * is a number and a reference to what many of them share, and no object of its own.
 */
export interface HeldGroup {
  readonly kind: PlaceKind
  readonly type: AlarmType
  readonly qualifier: string
  readonly places: Map<number, HeldShape>
  readonly recent: HeldShape[]
}

export interface HeldShape {
  /** Since when it holds, wall ms; null: its hold time begins when it is let go. */
  readonly at: number | null
  readonly severity: Severity | null
  readonly params: ErrorParams
  readonly affectedOnus: number
  readonly important: boolean
  /** The same without its time. */
  anew: HeldShape | null
}

/** Conditions of one walk are told with few different causes. */
const recentShapes = 8

export const createHeldGroup = ({ resource, type, qualifier }: Condition): HeldGroup => ({
  kind: resource.kind,
  type,
  qualifier,
  places: new Map(),
  recent: [],
})

const isOf = (shape: HeldShape, condition: Condition, at: number | null): boolean =>
  shape.at === at &&
  shape.severity === (condition.severity ?? null) &&
  shape.affectedOnus === condition.affectedOnus &&
  shape.important === condition.important &&
  sameParams(shape.params, condition.params)

const shapeOf = (group: HeldGroup, condition: Condition, at: number | null): HeldShape => {
  for (const shape of group.recent) if (isOf(shape, condition, at)) return shape
  const shape: HeldShape = {
    at,
    severity: condition.severity ?? null,
    params: condition.params,
    affectedOnus: condition.affectedOnus,
    important: condition.important,
    anew: null,
  }
  group.recent.push(shape)
  if (group.recent.length > recentShapes) group.recent.shift()
  return shape
}

/** Keeps the time it began where it is held already. */
export const hold = (group: HeldGroup, condition: Condition, at: number | null): void => {
  const place = placeOf(condition.resource)
  const before = group.places.get(place)
  group.places.set(place, shapeOf(group, condition, before === undefined ? at : before.at))
}

export const anewOf = (shape: HeldShape): HeldShape => {
  if (shape.at === null) return shape
  shape.anew ??= { ...shape, at: null }
  return shape.anew
}
