import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { Condition, ConditionSink } from '../condition.ts'

/** Between the detectors and the book: knows what was told, so that silence costs nothing. */
export interface ConditionTeller {
  /**
   * All conditions of a type within an OLT (null: of the console) as they are now. With `partial`
   * not everything was read: what was told before and is not among them is over unless it is unread,
   * and of what an earlier start told nothing is said.
   */
  readonly tell: (
    type: AlarmType,
    oltId: string | null,
    conditions: readonly Condition[],
    at: number,
    partial?: { readonly isUnread: (resource: AlarmResource) => boolean } | null,
  ) => void
  /** As `tell`, of what is looked at every few seconds: the same conditions again are no news. */
  readonly tellNews: (
    type: AlarmType,
    oltId: string | null,
    conditions: readonly Condition[],
    at: number,
  ) => void
  /** One condition that is over although it may have been told by an earlier start. */
  readonly over: (type: AlarmType, resource: AlarmResource, qualifier: string, at: number) => void
  readonly isTold: (type: AlarmType, oltId: string | null, key: string) => boolean
  readonly unknown: (oltId: string, at: number) => void
  /** ONUs that were taken off the OLT (packed): nothing of them holds any more. */
  readonly gone: (oltId: string, addresses: Int32Array, at: number) => void
  /** The OLT is gone: nothing of it holds any more. */
  readonly end: (oltId: string, at: number) => void
}

/** Tells conditions of one type within one OLT apart. */
export const keyOf = (resource: AlarmResource, qualifier: string): string => {
  switch (resource.kind) {
    case 'console':
    case 'olt':
      return qualifier
    case 'board':
      return `${resource.shelf}/${resource.slot} ${qualifier}`
    case 'pon': {
      const { shelf, slot, port } = resource.pon
      return `${shelf}/${slot}/${port} ${qualifier}`
    }
    case 'onu': {
      const { shelf, slot, port, onuId } = resource.address
      return `${shelf}/${slot}/${port}:${onuId} ${qualifier}`
    }
  }
}

type Told = Map<string, Pick<Condition, 'resource' | 'qualifier' | 'params'>>

const nothingTold: Told = new Map()

export const createConditionTeller = (sink: ConditionSink): ConditionTeller => {
  /** By OLT (empty: the console), then by type. */
  const told = new Map<string, Map<AlarmType, Told>>()

  const of = (oltId: string | null): Map<AlarmType, Told> => {
    const known = told.get(oltId ?? '')
    if (known !== undefined) return known
    const fresh = new Map<AlarmType, Told>()
    told.set(oltId ?? '', fresh)
    return fresh
  }

  const tell: ConditionTeller['tell'] = (type, oltId, conditions, at, partial = null) => {
    const types = of(oltId)
    const before = types.get(type)
    const nothing = conditions.length === 0 && (before === undefined || before.size === 0)
    // The first whole look also ends what an earlier start of the console told.
    if (nothing && (before !== undefined || partial !== null)) return
    const now = new Map<string, Pick<Condition, 'resource' | 'qualifier' | 'params'>>()
    for (const { resource, qualifier, params } of conditions) {
      now.set(keyOf(resource, qualifier), { resource, qualifier, params })
    }
    if (partial === null) {
      sink.holdsAll(type, oltId, conditions, at)
      types.set(type, now)
      return
    }
    for (const condition of conditions) sink.holds(condition, at)
    for (const [key, one] of before ?? nothingTold) {
      if (now.has(key)) continue
      if (partial.isUnread(one.resource)) now.set(key, one)
      else sink.over({ resource: one.resource, qualifier: one.qualifier, type }, at)
    }
    if (before !== undefined || now.size > 0) types.set(type, now)
  }

  return {
    tell,
    tellNews: (type, oltId, conditions, at) => {
      const before = of(oltId).get(type)
      const isSame =
        before !== undefined &&
        before.size === conditions.length &&
        conditions.every(({ resource, qualifier, params }) => {
          const known = before.get(keyOf(resource, qualifier))
          return known !== undefined && JSON.stringify(known.params) === JSON.stringify(params)
        })
      if (!isSame) tell(type, oltId, conditions, at)
    },
    over: (type, resource, qualifier, at) => sink.over({ resource, type, qualifier }, at),
    isTold: (type, oltId, key) =>
      told
        .get(oltId ?? '')
        ?.get(type)
        ?.has(key) ?? false,
    unknown: (oltId, at) => sink.unknown(oltId, at),
    gone: (oltId, addresses, at) => {
      const gone = new Set(addresses)
      for (const [type, conditions] of told.get(oltId) ?? []) {
        for (const [key, { resource, qualifier }] of conditions) {
          if (resource.kind !== 'onu' || !gone.has(packOnuAddress(resource.address))) continue
          conditions.delete(key)
          sink.over({ resource, type, qualifier }, at)
        }
      }
    },
    end: (oltId, at) => {
      for (const [type, conditions] of told.get(oltId) ?? []) {
        if (conditions.size > 0) sink.holdsAll(type, oltId, [], at)
      }
      told.delete(oltId)
    },
  }
}
