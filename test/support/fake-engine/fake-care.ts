import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { FakePlant } from './fake-plant.ts'

/** How the OLTs of the generated plant are treated. */
type CareQuery = 'network.oltCare' | 'network.openLiveView' | 'network.closeLiveView'
export type FakeCare = { readonly [Name in CareQuery]: (input: Input<Name>) => Output<Name> }

export const createFakeCare = (_plant: FakePlant, now: () => number): FakeCare => ({
  'network.oltCare': () => ({
    requests: null,
    plan: {
      asked: { statusS: 60, countersS: 300, opticsS: 3600 },
      kept: { statusS: 60, countersS: 300, opticsS: 3600 },
      factor: 1,
      usualAnswerMs: null,
      answerMs: null,
    },
    perPon: false,
    opticsPolled: true,
    familyReason: null,
    quiet: null,
    rounds: {
      at: new Float64Array(0),
      groups: new Uint8Array(0),
      tookMs: new Float64Array(0),
      answerMs: new Float64Array(0),
      onus: new Float64Array(0),
      whole: new Uint8Array(0),
    },
    looksWaiting: 0,
    looksAsked: 0,
    looksMade: 0,
    liveView: null,
  }),
  'network.openLiveView': () => ({ until: now() + 60_000, everyMs: 2000 }),
  'network.closeLiveView': () => ({}),
})
