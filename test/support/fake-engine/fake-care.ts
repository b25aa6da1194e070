import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { readingGroups, type OltRow } from '../../../src-shared/contract/network-model.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { seededRandom } from '../seeded-random.ts'
import { createFakeLiveView, type Emit } from './fake-live-view.ts'
import type { FakeOlt, FakePlant } from './fake-plant.ts'

/** How the OLTs of the generated plant are treated, and how they bear it. */
type CareQuery = 'network.oltCare' | 'network.openLiveView' | 'network.closeLiveView'
export type FakeCare = { readonly [Name in CareQuery]: (input: Input<Name>) => Output<Name> }

type Care = Output<'network.oltCare'>

export interface FakeCareOptions {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: Emit
}

/** The second OLT answers slowly, and somebody watches an ONU of it. */
const slowIndex = 1
const watcher = 'Dewi Lestari'

const familyReason =
  'Each ONU is asked for its light: C320s time out under many questions, and a card was seen to fail.'

export const quietOf = (olt: FakeOlt, now: number): OltRow['quiet'] => {
  const quiet = olt.quiet ?? null
  return quiet === null || (quiet.until !== null && quiet.until <= now) ? null : quiet
}

export const opticsPolledOf = (olt: FakeOlt): boolean => {
  const polling = olt.opticsPolling ?? 'family'
  return polling === 'family' ? olt.family !== 'zte-c3xx' : polling === 'on'
}

export const setFakeQuiet = (
  plant: FakePlant,
  now: number,
  { oltId, quiet, minutes }: Input<'network.setQuiet'>,
): Output<'network.setQuiet'> => {
  const olt = plant.olts.find((each) => each.id === oltId && !each.removed)
  if (olt === undefined) throw new NocturneError('not-found')
  olt.quiet = quiet ? { since: now, until: minutes === null ? null : now + minutes * 60_000 } : null
  olt.version += 1
  return { version: olt.version }
}

export const createFakeCare = ({ plant, now, emit }: FakeCareOptions): FakeCare => {
  const isSlow = (olt: FakeOlt): boolean => plant.olts.indexOf(olt) === slowIndex
  const oltOf = (oltId: string): FakeOlt | undefined =>
    plant.olts.find((olt) => olt.id === oltId && !olt.removed)
  const live = createFakeLiveView({
    plant,
    now,
    emit,
    takenBy: (oltId) => {
      const olt = oltOf(oltId)
      return olt !== undefined && isSlow(olt) ? watcher : null
    },
  })

  const liveViewOf = (olt: FakeOlt): Care['liveView'] => {
    const mine = live.openOn(olt.id)
    if (mine !== null) return { address: mine.address, until: mine.until }
    if (!isSlow(olt) || olt.rows === 0) return null
    const address = unpackOnuAddress(plant.address[olt.firstRow]!)
    return { address, until: now() + 60_000 - (now() % 60_000) }
  }

  return {
    'network.oltCare': ({ oltId }) => {
      const olt = oltOf(oltId)
      if (olt === undefined) throw new NocturneError('not-found')
      const slow = isSlow(olt)
      const asked = { statusS: 60, countersS: 300, opticsS: 3600 }
      const asksNow = olt.reachable && quietOf(olt, now()) === null
      const busy = now() % 60_000 < 8000
      const usual = slow ? 38 : 14
      const answer = slow ? 171 : usual + Math.sin(now() / 40_000) * 2
      return {
        // What was never read has nothing to show: an OLT that was only just added.
        requests: olt.rows === 0 ? null : requestsOf(olt, { slow, asksNow, busy, answer }),
        plan: {
          asked,
          kept: slow ? { statusS: 240, countersS: 1200, opticsS: 14_400 } : asked,
          factor: slow ? 4 : 1,
          usualAnswerMs: olt.rows === 0 ? null : usual,
          answerMs: olt.rows === 0 ? null : answer,
        },
        perPon: olt.family === 'zte-c3xx',
        opticsPolled: opticsPolledOf(olt),
        familyReason: olt.family === 'zte-c3xx' ? familyReason : null,
        quiet: quietOf(olt, now()),
        rounds: roundsOf(olt, slow, now()),
        looksWaiting: slow ? 3 : 0,
        looksAsked: slow ? 1240 : 17,
        looksMade: slow ? 212 : 12,
        liveView: liveViewOf(olt),
      }
    },
    'network.openLiveView': live.open,
    'network.closeLiveView': live.close,
  }

  function requestsOf(
    olt: FakeOlt,
    state: {
      readonly slow: boolean
      readonly asksNow: boolean
      readonly busy: boolean
      readonly answer: number
    },
  ): Care['requests'] {
    const { slow, asksNow, busy, answer } = state
    const sent = asksNow ? (slow ? 214 : 60 + Math.round((now() % 60_000) / 900)) : 0
    const unanswered = olt.reachable ? (slow ? 9 : 0) : 0
    const budgetMs = 48_000
    const usedMs = Math.min(budgetMs, Math.round(sent * answer))
    return {
      inFlight: asksNow && busy ? 1 : 0,
      maxInFlight: 1,
      waiting: slow ? 2 : 0,
      sockets: 1,
      budgetMs,
      usedMs,
      leftMs: budgetMs - usedMs,
      sent,
      unanswered,
      answerMs: sent === 0 ? null : answer,
      maxRepetitions: slow ? 5 : 20,
      ceiling: slow ? 5 : 20,
      limit: 20,
      troubles: slow ? 4 : olt.reachable ? 0 : 2,
    }
  }
}

const everyS = { status: 60, counters: 300, optics: 3600, identity: 900 } as const

/** Two hours of rounds; the slow one slows down in the middle of them, and some are cut short. */
const roundsOf = (olt: FakeOlt, slow: boolean, now: number): Care['rounds'] => {
  const random = seededRandom(olt.firstRow + 3)
  const rounds: { at: number; group: number; took: number; answer: number; whole: number }[] = []
  const last = Math.floor((quietOf(olt, now)?.since ?? now) / 60_000)
  for (let minute = last - 119; minute <= last && olt.rows > 0; minute += 1) {
    const late = slow && minute > last - 50
    for (const [group, name] of readingGroups.entries()) {
      const due = (everyS[name] / 60) * (late ? 4 : 1)
      if (minute % due !== 0) continue
      const answer = (slow ? 38 : 14) * (late ? 4.5 : 1) * (0.85 + random() * 0.3)
      const questions = Math.ceil(olt.rows / 20) * (name === 'optics' ? 6 : 3) + 8
      const whole = olt.reachable ? random() > (late ? 0.25 : 0.01) : minute < last - 14
      rounds.push({
        at: minute * 60_000 + group * 900,
        group,
        took: questions * answer * (whole ? 1 : 0.6),
        answer: whole || olt.reachable ? answer : Number.NaN,
        whole: whole ? 1 : 0,
      })
    }
  }
  return {
    at: Float64Array.from(rounds, (round) => round.at),
    groups: Uint8Array.from(rounds, (round) => round.group),
    tookMs: Float64Array.from(rounds, (round) => round.took),
    answerMs: Float64Array.from(rounds, (round) => round.answer),
    onus: Float64Array.from(rounds, (round) => (round.whole === 1 ? olt.rows : olt.rows * 0.6)),
    whole: Uint8Array.from(rounds, (round) => round.whole),
  }
}
