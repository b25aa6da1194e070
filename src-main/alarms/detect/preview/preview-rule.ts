import type { AlarmResource, AlarmRule } from '../../../../src-shared/contract/alarms-model.ts'
import { ruleKinds, type AlarmType } from '../../../../src-shared/domain/alarm-rules.ts'
import { unpackOnuAddress } from '../../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../../src-shared/errors.ts'
import type { QueryHandlers } from '../../../engine/handlers.ts'
import type { NetworkFacts, OltFacts } from '../../../engine/network-facts.ts'
import type { RuleBook } from '../../rule-book.ts'
import type { LightMediansKeeper } from '../light-medians.ts'
import { checkRule } from '../rule-limits.ts'
import { onuResource, ponResource } from '../watcher.ts'
import { isPreviewable, replayOlt, type ReadPast } from './replay-olt.ts'
import { raisesOf, type SpanBook } from './spans.ts'

const dayMs = 86_400_000
const loudestOf = 10

interface Loud {
  readonly olt: OltFacts
  readonly place: number
  readonly count: number
}

/**
 * What a rule would have raised within the last days: the same pure rules that the detectors use,
 * over what the history keeps; OLT after OLT, so that it can be followed and cancelled. Left out:
 * what a parent or a maintenance window would have kept quiet.
 */
export const createPreview = (deps: {
  readonly now: () => number
  readonly facts: NetworkFacts
  readonly rules: RuleBook
  readonly medians: LightMediansKeeper
  /** Rejects with 'history-unavailable'. */
  readonly read: ReadPast
}): QueryHandlers<'alarms.previewRule'> => ({
  'alarms.previewRule': async ({ taskId, type, rule, days }, { signal, progress }) => {
    checkRule(type, rule)
    if (!isPreviewable(type)) throw new NocturneError('rule-not-previewable', { type })
    const { facts, rules, medians, read } = deps
    const to = deps.now()
    const from = to - days * dayMs
    const olts = facts.olts()
    const perDay = daysBetween(from, to)
    const both = [rule, rules.rule(type)] as const
    const counts = [0, 0]
    const loud: Loud[] = []
    let told = olts.length === 0
    for (const [done, olt] of olts.entries()) {
      if (signal.aborted) throw new NocturneError('cancelled')
      progress(taskId, 'replay', done, olts.length)
      const context = { facts, rules, medians, read, signal, from, to }
      const replayed = await replayOlt(context, olt, type, both).catch((error: unknown) => {
        throw signal.aborted ? new NocturneError('cancelled') : error
      })
      if (replayed === null) continue
      told = true
      both.forEach((one, index) => {
        const isImportant = (place: number): boolean => rules.isImportant(olt.id, place)
        for (const { place, raises } of raisesIn(replayed[index]!, type, one, to, isImportant)) {
          counts[index]! += raises.length
          if (index > 0 || raises.length === 0) continue
          for (const at of raises) noteDay(perDay, at)
          noteLoud(loud, { olt, place, count: raises.length })
        }
      })
    }
    progress(taskId, 'replay', olts.length, olts.length)
    return {
      count: told ? counts[0]! : null,
      now: told ? counts[1]! : null,
      perDay,
      loudest: loud.map((one) => shown(facts, type, one)),
      from,
      to,
    }
  },
})

/** By place; of ONUs only those that the rule concerns. */
const raisesIn = (
  spans: SpanBook,
  type: AlarmType,
  rule: AlarmRule,
  end: number,
  isImportant: (place: number) => boolean,
): { readonly place: number; readonly raises: readonly number[] }[] => {
  const { raiseAfterS, clearAfterS, importantOnly } = rule
  const found = spans.all().flatMap(({ place, spans: some }) => {
    if (importantOnly && ruleKinds[type].level === 'onu' && !isImportant(place)) return []
    return [{ place, raises: raisesOf(some, raiseAfterS * 1000, clearAfterS * 1000, end) }]
  })
  return found
}

const daysBetween = (from: number, to: number): { day: number; count: number }[] => {
  const days: { day: number; count: number }[] = []
  const day = new Date(from)
  day.setHours(0, 0, 0, 0)
  // By the calendar: a day may have 23 or 25 hours.
  for (; day.getTime() <= to; day.setDate(day.getDate() + 1)) {
    days.push({ day: day.getTime(), count: 0 })
  }
  return days
}

const noteDay = (days: { day: number; count: number }[], at: number): void => {
  const one = days.findLast(({ day }) => day <= at)
  if (one !== undefined) one.count++
}

const noteLoud = (loud: Loud[], one: Loud): void => {
  const place = loud.findIndex(({ count }) => count < one.count)
  if (place < 0 && loud.length >= loudestOf) return
  loud.splice(place < 0 ? loud.length : place, 0, one)
  loud.length = Math.min(loud.length, loudestOf)
}

const shown = (
  facts: NetworkFacts,
  type: AlarmType,
  { olt, place, count }: Loud,
): {
  resource: AlarmResource
  oltName: string | null
  name: string | null
  count: number
} => {
  switch (ruleKinds[type].level) {
    case 'onu': {
      const row = facts.rowOf(olt.id, place)
      const name = row < 0 ? null : (facts.onus.name(row) ?? facts.onus.serial(row))
      return { resource: onuResource(olt.id, place), oltName: olt.name, name, count }
    }
    case 'pon': {
      const { shelf, slot, port } = unpackOnuAddress(place)
      const named = olt.ponPorts.find(
        (one) => one.shelf === shelf && one.slot === slot && one.port === port,
      )
      return {
        resource: ponResource(olt.id, place),
        oltName: olt.name,
        name: named?.name ?? null,
        count,
      }
    }
    case 'board':
    case 'olt':
    case 'console':
      return {
        resource: { kind: 'olt', oltId: olt.id },
        oltName: olt.name,
        name: null,
        count,
      }
  }
}
