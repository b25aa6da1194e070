import type { Input, Output, QueryName } from '../../../src-shared/contract/index.ts'

/** Traps of the generated plant. */
type TrapsQuery = Extract<QueryName, `traps.${string}`>
export type FakeTraps = { readonly [Name in TrapsQuery]: (input: Input<Name>) => Output<Name> }

export const createFakeTraps = (now: () => number): FakeTraps => ({
  'traps.status': () => ({
    settings: { enabled: true, port: 10_162, onlyKnownCommunities: false },
    listening: { address: '0.0.0.0', port: 10_162 },
    problem: null,
    engineId: '80000000050102030405060708090a0b0c',
    stats: {
      received: 0,
      accepted: 0,
      acknowledged: 0,
      dropped: 0,
      garbage: 0,
      fromStrangers: 0,
      unknown: 0,
      refused: [],
      loudest: [],
    },
    startedAt: now(),
    redirectLine: null,
  }),
  'traps.recent': () => ({ news: [] }),
  'traps.unknown': () => ({ traps: [] }),
})
