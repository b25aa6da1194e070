import type { OltRow, OnuCounts } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { onusWith } from '../network-olts/onu-links.ts'

/** The dashboard's counters: each is a filter of the ONU table that counts the same ONUs. */
export const counterNames = [
  'online',
  'offlineOptical',
  'offlinePower',
  'offlineOther',
  'unknown',
  'disabled',
  'lowSignal',
  'unconfigured',
] as const

export type CounterName = (typeof counterNames)[number]

/** `calm`: nothing to do; `look`: worth a look; `act`: somebody must do something. */
export type CounterTone = 'calm' | 'look' | 'act'

export interface Counter {
  readonly name: CounterName
  readonly value: number
  readonly tone: CounterTone
  /** Share of all ONUs, 0..1; null where the figure is not a part of them. */
  readonly share: number | null
  readonly href: string
}

const hrefs: Readonly<Record<CounterName, string>> = {
  online: onusWith({ states: ['online'] }),
  offlineOptical: onusWith({ states: ['offline-optical'] }),
  offlinePower: onusWith({ states: ['offline-power'] }),
  offlineOther: onusWith({ states: ['offline-other', 'starting', 'auth-failed'] }),
  unknown: onusWith({ states: ['unknown'] }),
  disabled: onusWith({ states: ['disabled'] }),
  lowSignal: onusWith(
    { states: ['online'], signals: ['warning', 'critical'] },
    { column: 'marginDb', descending: false },
  ),
  unconfigured: paths.unconfigured(),
}

const tones: Readonly<Record<CounterName, CounterTone>> = {
  online: 'calm',
  offlineOptical: 'act',
  offlinePower: 'look',
  offlineOther: 'look',
  unknown: 'look',
  disabled: 'calm',
  lowSignal: 'look',
  unconfigured: 'look',
}

const valueOf = (name: CounterName, counts: OnuCounts): number => {
  switch (name) {
    case 'offlineOther':
      return counts.offlineOther + counts.starting + counts.authFailed
    case 'lowSignal':
      return counts.signalWarning + counts.signalCritical
    default:
      return counts[name]
  }
}

export const countersOf = (counts: OnuCounts): readonly Counter[] =>
  counterNames.map((name) => {
    const value = valueOf(name, counts)
    const below = name === 'lowSignal' && counts.signalCritical > 0
    return {
      name,
      value,
      tone: value === 0 ? 'calm' : below ? 'act' : tones[name],
      share:
        name === 'unconfigured' || counts.total === 0
          ? null
          : value / (name === 'lowSignal' ? Math.max(1, counts.online) : counts.total),
      href: hrefs[name],
    }
  })

/** Whether a figure would be made up: no OLT's status was read yet, at most its list of ONUs. */
export const nothingReadYet = (counts: OnuCounts, olts: readonly OltRow[] | undefined): boolean =>
  counts.unknown === counts.total &&
  (olts === undefined || olts.every((olt) => olt.ages.status === null))

/**
 * How far the data is behind. `all`: no OLT was read in time, the screen shows the past;
 * `some`: that many OLTs are behind their plan although they are not known to be unreachable.
 */
export type Staleness =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'some'; readonly count: number }
  | { readonly kind: 'all'; readonly since: number | null }

/** Three missed turns, and never less than a minute and a half: a slow walk is not a stopped one. */
const graceMs = (olt: OltRow): number => Math.max(90_000, olt.intervals.statusS * 3000)

/** An OLT that has just begun to answer is being read for the first time, not behind. */
const firstAnswerAt = (olt: OltRow): number | null =>
  olt.reachability === 'reachable' ? olt.since : null

export const stalenessOf = (olts: readonly OltRow[], now: number): Staleness => {
  const asked = olts.filter((olt) => olt.ages.status !== null || olt.reachability !== 'never')
  if (asked.length === 0) return { kind: 'fresh' }
  const behind = asked.filter(
    (olt) => now - (olt.ages.status ?? firstAnswerAt(olt) ?? -Infinity) > graceMs(olt),
  )
  if (behind.length === asked.length) {
    const newest = Math.max(...asked.map((olt) => olt.ages.status ?? 0))
    return asked.some((olt) => olt.reachability !== 'unrecognised')
      ? { kind: 'all', since: newest === 0 ? null : newest }
      : { kind: 'fresh' }
  }
  // One that is left alone is not behind: nobody planned to read it.
  const late = behind.filter((olt) => olt.reachability === 'reachable' && olt.quiet === null).length
  return late === 0 ? { kind: 'fresh' } : { kind: 'some', count: late }
}
