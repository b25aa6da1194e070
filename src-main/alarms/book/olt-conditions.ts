import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { Condition } from '../condition.ts'
import type { HeldGroup, HeldShape } from './held.ts'
import { createParents, parentLevel, type Parents } from './parents.ts'

/** A condition that rises, stands as an alarm, or falls. */
export interface Track {
  condition: Condition
  readonly group: string
  readonly place: number
  readonly since: number
  state: 'rising' | 'raised' | 'falling'
  /** Monotonic ms; moves on while nothing is known of the OLT. */
  deadline: number
  /** The wheel's own. */
  dueAt: number
}

/** Of one OLT, or of the console. */
export interface OltConditions {
  readonly oltId: string | null
  readonly tracks: Map<string, Map<number, Track>>
  readonly held: Map<string, HeldGroup>
  readonly silent: Map<string, Set<number>>
  readonly parents: Parents
  /** Monotonic ms since when nothing is known. */
  unknownSince: number | null
  /** What has been read since the last turn. */
  readAll: boolean
  chassisRead: boolean
  readonly readPons: Set<number>
  /** Since when something waits for its parents to be checked, monotonic. */
  waitsSince: number | null
}

export const createOltConditions = (oltId: string | null): OltConditions => ({
  oltId,
  tracks: new Map(),
  held: new Map(),
  silent: new Map(),
  parents: createParents(),
  unknownSince: null,
  readAll: false,
  chassisRead: false,
  readPons: new Set(),
  waitsSince: null,
})

/** The type comes first: no type and no kind holds a space. */
export const groupOf = ({
  resource,
  type,
  qualifier,
}: Pick<Condition, 'resource' | 'type' | 'qualifier'>): string =>
  `${type} ${resource.kind} ${qualifier}`

export const typeOfGroup = (group: string): string => group.slice(0, group.indexOf(' '))

/** Parents first: what they explain must find them there. */
export const orderOf = (type: AlarmType): number => {
  const level = parentLevel(type)
  return level === 'olt' ? 0 : level === 'pon' ? 1 : 2
}

export const conditionOf = (
  { type, qualifier }: HeldGroup,
  resource: AlarmResource,
  { severity, params, affectedOnus, important }: HeldShape,
): Condition => ({
  resource,
  type,
  qualifier,
  params,
  affectedOnus,
  important,
  ...(severity === null ? {} : { severity }),
})
