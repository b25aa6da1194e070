import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import type { HistoryEventKind } from '../../../src-shared/domain/history-events.ts'
import { causeAt, stateAt, type FakePlant } from './fake-plant.ts'

/** What was at each moment of a generated past: pure functions of time, nothing is stored. */

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export interface FakeSubject {
  readonly kind: 'onu' | 'pon' | 'olt'
  readonly olt: number
  /** Of a PON or OLT: the OLT's first. */
  readonly row: number
  readonly packed: number
}

export interface FakePastEvent {
  readonly at: number
  readonly kind: HistoryEventKind
  readonly code: number
  readonly detail: number
}

export interface FakePast {
  /** As the chart has it; NaN: a gap. */
  readonly value: (metric: HistoryMetric, at: number) => number
  /** As the device gives it: counters in bytes. */
  readonly sample: (metric: HistoryMetric, at: number) => number
  readonly read: (at: number) => boolean
  readonly stateAt: (at: number) => number
  readonly events: (from: number, to: number) => FakePastEvent[]
  readonly resets: (from: number, to: number) => number[]
}

/** Always the same number in [0, 1) for the same two. */
const chance = (seed: number, index: number): number => {
  let mixed = Math.imul(seed ^ Math.imul(index | 0, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
}

/** Smooth noise in [-1, 1] with features of `scale` ms. */
const noise = (seed: number, at: number, scale: number): number => {
  const place = Math.floor(at / scale)
  const share = at / scale - place
  const ease = share * share * (3 - 2 * share)
  return (chance(seed, place) * (1 - ease) + chance(seed, place + 1) * ease) * 2 - 1
}

interface Episode {
  readonly from: number
  readonly to: number
  readonly state: number
  readonly cause: number
}

const causes = ['dying-gasp', 'dying-gasp', 'los', 'losi', 'dying-gasp', 'lofi'] as const

export const createFakePast = (
  plant: FakePlant,
  { kind, olt, row, packed }: FakeSubject,
  oldest: number,
): FakePast => {
  const seed = Math.imul(row + 1, 7919) ^ Math.imul(packed + 3, 104_729) ^ kind.length
  const site = (olt + 1) * 7907
  const started = plant.startedAt
  const dayOf = (at: number): number => Math.floor(at / dayMs)

  /** Some nights the console was closed; one weekend too. */
  const read = (at: number): boolean => {
    const day = dayOf(at)
    const hour = (at - day * dayMs) / hourMs
    if (at < oldest) return false
    if (day % 173 === 60 || day % 173 === 61) return false
    return !(chance(5, day) < 0.12 && hour > 17.2 && hour < 19.9 + chance(6, day) * 3)
  }
  /** The OLT did not answer for a while. */
  const away = (at: number): Episode | null => {
    const day = dayOf(at)
    if (chance(site, day) > 0.03) return null
    const from = day * dayMs + Math.floor(chance(site + 1, day) * 20 * 60) * minuteMs
    const to = from + (6 + Math.floor(chance(site + 2, day) * 50)) * minuteMs
    return { from, to, state: stateAt('unknown'), cause: 0 }
  }
  const restart = (day: number): number | null =>
    chance(site + 9, day) < 0.012
      ? day * dayMs + 3 * hourMs + Math.floor(chance(site + 10, day) * 60) * minuteMs
      : null
  const cut = (day: number): Episode | null => {
    const shared = chance(site + 20, day) < 0.008
    if (!shared && chance(seed, day) > 0.05) return null
    const own = shared ? site + 21 : seed
    const from = day * dayMs + Math.floor(chance(own + 1, day) * 22 * 60) * minuteMs
    const length = 3 + Math.floor(chance(own + 2, day) ** 3 * 300)
    const cause = shared ? 'dying-gasp' : causes[Math.floor(chance(own + 3, day) * causes.length)]!
    return { from, to: from + length * minuteMs, state: stateAt('offline'), cause: causeAt(cause) }
  }
  /** What it is now began when the plant says. */
  const present: Episode | null =
    kind === 'onu' && plant.state[row] !== stateAt('online')
      ? {
          from: plant.since[row]!,
          to: Number.POSITIVE_INFINITY,
          state: plant.state[row]!,
          cause: plant.cause[row]!,
        }
      : null

  const episodeAt = (at: number): Episode | null => {
    if (present !== null && at >= present.from) return present
    const inside = (episode: Episode | null): boolean =>
      episode !== null && at >= episode.from && at < episode.to
    const lost = away(at)
    if (inside(lost)) return lost
    const day = dayOf(at)
    for (const one of [cut(day), cut(day - 1)]) if (inside(one)) return one
    return null
  }
  const state = (at: number): number => episodeAt(at)?.state ?? stateAt('online')
  const online = (at: number): boolean => state(at) === stateAt('online')

  /** The splitter in front of it got worse by steps; the present is the plant's own value. */
  const light = (at: number, base: number): number => {
    const age = (started - at) / dayMs
    const better = age > 21 ? 1.9 : age > 3 ? 0.5 * chance(seed, 3) : 0
    return base + better * (0.4 + chance(seed, 77)) + noise(seed, at, 9 * hourMs) * 0.22
  }
  const evening = (at: number): number =>
    0.25 + 0.75 * Math.max(0, Math.sin(((at / dayMs) % 1) * 2 * Math.PI - 0.4)) ** 2
  const rate = (at: number, base: number, salt: number): number =>
    Math.max(
      0,
      (base + 40) *
        evening(at) *
        (1 + 0.9 * noise(seed + salt, at, 9 * minuteMs)) *
        (0.7 + 0.3 * noise(seed + salt, at, 3 * dayMs)),
    )
  const share = (at: number): number => {
    const day = dayOf(at)
    const dark = [cut(day), cut(day - 1)].some(
      (one) => one !== null && at >= one.from && at < one.to,
    )
    return dark ? 0.35 : 0.97 + 0.02 * noise(seed + 4, at, 6 * hourMs)
  }
  const uptime = (at: number): number => {
    for (let day = dayOf(at); day > dayOf(at) - 400; day--) {
      const begun = restart(day)
      if (begun !== null && begun <= at) return (at - begun) / 1000
    }
    return 400 * 86_400
  }
  const seat = kind === 'pon' ? 48 : plant.olts[olt]!.rows
  const warmth = (at: number): number =>
    2.5 * Math.sin((at / dayMs) * 2 * Math.PI) + noise(seed, at, 3 * hourMs)

  const raw = (metric: HistoryMetric, at: number): number => {
    switch (metric) {
      case 'state':
        return state(at) === stateAt('unknown') ? Number.NaN : online(at) ? 1 : 0
      case 'onuRxDbm':
        return light(at, plant.onuRx[row]!)
      case 'oltRxDbm':
        return light(at + 5 * minuteMs, plant.oltRx[row]!)
      case 'onuTxDbm':
        return 2.2 + noise(seed + 1, at, 5 * hourMs) * 0.12
      case 'temperatureC':
        return 44 + (row % 9) + warmth(at)
      case 'voltageV':
        return 3.29 + noise(seed + 2, at, 2 * hourMs) * 0.02
      case 'biasMa':
        return 11.4 + warmth(at) * 0.25 + ((at - oldest) / (365 * dayMs)) * 0.6
      case 'upBytes':
        return rate(at, plant.up[row]!, 5)
      case 'downBytes':
        return rate(at, plant.down[row]!, 6)
      case 'ponOnlineOnus':
      case 'oltOnlineOnus':
        return Math.round(seat * share(at))
      case 'ponAverageRxDbm':
        return light(at, -21.4)
      case 'ponTxDbm':
        return 3.1 + noise(seed + 3, at, 8 * hourMs) * 0.15
      case 'oltAnswerMs':
        return (
          14 + 60 * Math.max(0, noise(seed, at, 40 * minuteMs)) ** 6 + 3 * chance(seed, at / 6e4)
        )
      case 'oltUptimeS':
        return uptime(at)
      case 'oltCpuPercent':
        return 18 + 8 * evening(at) + 4 * noise(seed, at, hourMs)
      case 'oltTemperatureC':
        return 39 + warmth(at)
      default:
        return metric satisfies never
    }
  }

  const days = (from: number, to: number): number[] =>
    Array.from({ length: dayOf(to) - dayOf(from) + 3 }, (_, index) => dayOf(from) - 1 + index)

  const events = (from: number, to: number): FakePastEvent[] => {
    const found: FakePastEvent[] = []
    const add = (at: number, kindOf: HistoryEventKind, code = 0, detail = 0): void => {
      if (at >= from && at <= to && read(at)) found.push({ at, kind: kindOf, code, detail })
    }
    for (const day of days(from, to)) {
      const lost = away(day * dayMs)
      const begun = restart(day)
      if (kind === 'olt') {
        if (lost !== null) {
          add(lost.from, 'olt-unreachable')
          add(lost.to, 'olt-reachable')
        }
        if (begun !== null) add(begun, 'olt-restarted')
        continue
      }
      const dark = cut(day)
      if (kind === 'pon') {
        if (dark !== null && chance(seed, day) < 0.02) {
          add(dark.from, 'pon-dark')
          add(dark.to, 'pon-lit')
        }
        continue
      }
      for (const episode of [dark, lost]) {
        if (episode === null || (present !== null && episode.from >= present.from)) continue
        if (episodeAt(episode.from) !== null) {
          add(episode.from, 'onu-state', episode.state, episode.cause)
        }
        if (episodeAt(episode.to) === null) add(episode.to, 'onu-state', stateAt('online'))
      }
      if (chance(seed + 60, day) < 0.004) add(day * dayMs + 4 * hourMs, 'onu-firmware')
    }
    if (kind === 'onu') {
      if (present !== null) add(present.from, 'onu-state', present.state, present.cause)
      add(started - 210 * dayMs, 'onu-replaced')
    }
    return found.toSorted((one, other) => one.at - other.at)
  }

  return {
    read,
    value: (metric, at) => {
      if (!read(at) || away(at)?.from === at) return Number.NaN
      const lost = away(at)
      if (lost !== null && at >= lost.from && at < lost.to) return Number.NaN
      if (kind === 'onu' && metric !== 'state' && !online(at)) return Number.NaN
      return raw(metric, at)
    },
    sample: (metric, at) => {
      if (metric === 'state') return state(at)
      const counter = metric === 'upBytes' || metric === 'downBytes'
      if (kind === 'onu' && !online(at)) return Number.NaN
      return counter ? Math.round(((at - oldest) / 8) * (plant.up[row]! + 100)) : raw(metric, at)
    },
    stateAt: state,
    events,
    resets: (from, to) =>
      days(from, to).flatMap((day) => {
        const one = cut(day)
        return one !== null && one.to >= from && one.to <= to ? [one.to] : []
      }),
  }
}
