import type { AlarmResource, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Condition, ConditionSink } from '../condition.ts'
import type { RuleBook } from '../rule-book.ts'
import {
  cleared,
  isFlapping,
  isHeard,
  isRaised,
  raisedAgain,
  updated,
  type Alarm,
  type Told,
} from './alarm.ts'
import { createConditions, type Conditions } from './conditions.ts'
import type { Notices } from './notices.ts'
import { identityOf } from './place.ts'
import type { NamesOf, Register } from './register.ts'
import { createSweep } from './sweep.ts'
import { createTelling } from './telling.ts'
import type { TimelineEntry } from './timeline.ts'

/**
 * The book: conditions become rows, rows are told of, and what nobody is to hear of is kept quiet with
 * its reason. Network state only: what people say comes by commands (acts.ts) and is never undone
 * here, but for words that were given until something happens.
 */
export interface Book {
  readonly sink: ConditionSink
  readonly conditions: Pick<Conditions, 'read' | 'gone' | 'held'>
  /** Once a second. */
  turn(): void
  /** A window has begun, changed or ended: what it covers goes quiet. */
  maintenanceBegan(): void
  /** What lies in it and is not covered otherwise speaks for itself again. */
  maintenanceOver(isWithin: (resource: AlarmResource) => boolean): void
  /** What lies in it stays quiet until it is over once. */
  silence(isWithin: (resource: AlarmResource) => boolean): void
  ruleChanged(type: AlarmType): void
}

/** What maintenance says of a resource now. */
export type Covering = {
  readonly behaviour: 'skip' | 'mute' | 'mark'
  readonly title: string
} | null

export const createBook = (deps: {
  readonly clock: Clock
  readonly newId: () => string
  readonly rules: RuleBook
  readonly settings: () => AlarmSettings
  readonly register: Register
  readonly notices: Notices
  readonly namesOf: NamesOf
  readonly outageOf: (resource: AlarmResource) => string | null
  readonly covering: (resource: AlarmResource) => Covering
}): Book => {
  const { clock, register } = deps
  const telling = createTelling(deps)
  /** The entry that counts the raises of a flapping alarm within ten minutes. */
  const repeats = new Map<string, TimelineEntry>()
  let repeatsOf = 0
  const began = new Set<string>()
  /** Rows that a person wants quiet until they are over once. */
  const silent = new Set<string>()

  const toldOf = ({ severity, type, ...condition }: Condition): Told => {
    const covering = deps.covering(condition.resource)
    return {
      severity: severity ?? deps.rules.rule(type).severity,
      params:
        covering?.behaviour === 'mark'
          ? { ...condition.params, maintenance: covering.title }
          : condition.params,
      affectedOnus: condition.affectedOnus,
      important: condition.important,
    }
  }

  const countRepeat = (alarm: Alarm, at: number): void => {
    const before = repeats.get(alarm.id)
    if (
      before !== undefined &&
      Math.floor(before.at / tenMinutesMs) === Math.floor(at / tenMinutesMs)
    ) {
      repeats.set(alarm.id, register.again(before))
      return
    }
    repeats.set(
      alarm.id,
      register.note({ alarmId: alarm.id, at, kind: 'repeated', severity: alarm.severity }),
    )
  }

  const startedFlapping = (alarm: Alarm, at: number): Alarm =>
    alarm.suppressed === null && isFlapping(alarm)
      ? telling.suppressed(alarm, 'flapping', '', at)
      : alarm

  const quietened = (alarm: Alarm, at: number): Alarm => {
    if (alarm.suppressed !== null) return alarm
    const covering = deps.covering(alarm.resource)
    if (covering !== null && covering.behaviour !== 'mark') {
      return telling.suppressed(alarm, 'maintenance', covering.title, at)
    }
    const parent = conditions.parentOf(alarm.resource, alarm.type)
    return parent === null
      ? alarm
      : telling.suppressed(alarm, 'parent', telling.parentName(alarm.resource, parent), at)
  }

  const raiseNew = (condition: Condition, identity: string, since: number): void => {
    const at = clock.now()
    const told = toldOf(condition)
    const bare: Alarm = {
      id: deps.newId(),
      version: 0,
      identity,
      resource: condition.resource,
      type: condition.type,
      qualifier: condition.qualifier,
      ...told,
      trend: 'same',
      raisedAt: Math.min(since, at),
      changedAt: at,
      clearedAt: null,
      count: 1,
      suppressed: null,
      changes: [at],
      acknowledged: null,
      shelved: null,
      assignee: null,
      ticket: null,
      notes: 0,
      noteWords: '',
      alertAt: 0,
      escalation: 0,
      outageId: deps.outageOf(condition.resource),
      closedAt: null,
      oltName: null,
      serial: null,
      name: null,
    }
    const alarm = quietened(bare, at)
    register.note({
      alarmId: alarm.id,
      at,
      kind: 'raised',
      severity: alarm.severity,
      params: alarm.params,
      told: telling.isTold(alarm),
    })
    register.put(telling.alerted(alarm, 'raised', at))
  }

  const raiseAgain = (before: Alarm, condition: Condition): void => {
    const at = clock.now()
    const again = raisedAgain(before, toldOf(condition), at)
    const alarm = quietened(startedFlapping(again, at), at)
    if (alarm.suppressed?.reason === 'flapping') {
      countRepeat(alarm, at)
      register.put(alarm)
      return
    }
    register.note({
      alarmId: alarm.id,
      at,
      kind: 'repeated',
      severity: alarm.severity,
      params: alarm.params,
      told: telling.isTold(alarm),
    })
    // What was said of it before it came back was said of another time (facts/noc.md E1).
    const unsaid = isHeard(alarm) ? { ...alarm, acknowledged: null } : alarm
    register.put(telling.alerted(unsaid, 'returned', at))
  }

  const conditions = createConditions({
    clock,
    rules: deps.rules,
    isSkipped: (resource) => deps.covering(resource)?.behaviour === 'skip',
    outcome: {
      raised: (condition, since) => {
        const identity = identityOf(condition.resource, condition.type, condition.qualifier)
        const before = register.ofIdentity(identity)
        if (before === undefined) raiseNew(condition, identity, since)
        else if (isRaised(before)) change(before, condition)
        else raiseAgain(before, condition)
      },
      toldAgain: (condition) => {
        const { resource, type, qualifier } = condition
        const before = register.ofIdentity(identityOf(resource, type, qualifier))
        if (before !== undefined && isRaised(before)) change(before, condition)
      },
      cleared: ({ resource, type, qualifier }) => {
        const before = register.ofIdentity(identityOf(resource, type, qualifier))
        if (before === undefined || !isRaised(before)) return
        const at = clock.now()
        let alarm = startedFlapping(cleared(before, at), at)
        if (alarm.suppressed?.reason !== 'flapping') {
          register.note({ alarmId: alarm.id, at, kind: 'cleared' })
        }
        // "Quiet until it clears once" has been kept.
        const wasSilent = silent.delete(alarm.id)
        if (
          alarm.suppressed?.reason === 'maintenance' &&
          (wasSilent || deps.covering(resource) === null)
        ) {
          alarm = { ...alarm, suppressed: null }
        }
        register.put(alarm)
      },
      parentBegan: (oltId) => void began.add(oltId),
      wasRead: (oltId) => {
        for (const alarm of register.ofOlt(oltId)) {
          if (alarm.suppressed?.reason !== 'parent') continue
          if (conditions.parentOf(alarm.resource, alarm.type) === null) telling.release(alarm)
        }
      },
    },
  })

  const change = (before: Alarm, condition: Condition): void => {
    const at = clock.now()
    const { alarm, worse, matters } = updated(before, toldOf(condition), at)
    if (alarm === before) return
    if (alarm.severity !== before.severity) {
      register.note({
        alarmId: alarm.id,
        at,
        kind: 'severity',
        severity: alarm.severity,
        params: alarm.params,
        told: worse && telling.isTold(alarm),
      })
    }
    register.put(worse ? telling.alerted(alarm, 'worse', at) : alarm, matters)
  }

  const coverChildren = (): void => {
    for (const oltId of began) {
      for (const alarm of register.ofOlt(oltId)) {
        if (!isRaised(alarm) || alarm.suppressed !== null) continue
        const parent = conditions.parentOf(alarm.resource, alarm.type)
        if (parent === null) continue
        const by = telling.parentName(alarm.resource, parent)
        register.put(telling.suppressed(alarm, 'parent', by, clock.now()))
      }
    }
    began.clear()
  }

  const sweep = createSweep({ ...deps, telling })

  for (const alarm of register.all()) {
    if (!isRaised(alarm)) continue
    conditions.restore({
      resource: alarm.resource,
      type: alarm.type,
      qualifier: alarm.qualifier,
      severity: alarm.severity,
      params: alarm.params,
      affectedOnus: alarm.affectedOnus,
      important: alarm.important,
    })
  }
  began.clear()

  return {
    sink: conditions,
    conditions,
    turn: () => {
      conditions.turn()
      coverChildren()
      sweep.turn()
      // Ten minutes on, an entry counts no more.
      const bucket = Math.floor(clock.now() / tenMinutesMs)
      if (bucket !== repeatsOf) repeats.clear()
      repeatsOf = bucket
      deps.notices.turn()
    },
    maintenanceBegan: () => {
      for (const alarm of register.all()) {
        if (!isRaised(alarm) || !isHeard(alarm)) continue
        const covering = deps.covering(alarm.resource)
        if (covering === null || covering.behaviour === 'mark') continue
        register.put(telling.suppressed(alarm, 'maintenance', covering.title, clock.now()))
      }
    },
    maintenanceOver: (isWithin) => {
      for (const alarm of register.all()) {
        if (alarm.suppressed?.reason !== 'maintenance' || silent.has(alarm.id)) continue
        if (!isWithin(alarm.resource)) continue
        const covering = deps.covering(alarm.resource)
        if (covering === null || covering.behaviour === 'mark') telling.release(alarm)
      }
      conditions.maintenanceChanged()
    },
    silence: (isWithin) => {
      conditions.silence(isWithin)
      for (const alarm of register.all()) {
        if (alarm.suppressed?.reason !== 'maintenance' || !isRaised(alarm)) continue
        if (isWithin(alarm.resource)) silent.add(alarm.id)
      }
    },
    ruleChanged: conditions.ruleChanged,
  }
}

const tenMinutesMs = 600_000
