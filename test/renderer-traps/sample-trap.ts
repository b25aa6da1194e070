import type { UnknownTrap } from '../../src-renderer/screens/network-traps/trap-line.ts'
import type { TrapNews } from '../../src-renderer/screens/network-traps/trap-list.ts'
import type { TrapStatus } from '../../src-renderer/screens/network-traps/trap-state.ts'

export const sampleTrap = (rest: Partial<UnknownTrap> = {}): UnknownTrap => ({
  source: '10.0.0.9',
  oltId: null,
  oltName: null,
  version: '2c',
  trapOid: '1.3.6.1.6.3.1.1.5.3',
  count: 3,
  firstAt: Date.UTC(2026, 10, 22),
  lastAt: Date.UTC(2026, 10, 22, 1),
  agentAddress: null,
  varbinds: [],
  ...rest,
})

export const sampleNews = (rest: Partial<TrapNews> = {}): TrapNews => ({
  oltId: '01930000-0000-7000-8000-000000000001',
  oltName: 'KARANG-01',
  source: '10.0.0.9',
  firstAt: Date.UTC(2026, 10, 22),
  lastAt: Date.UTC(2026, 10, 22, 1),
  count: 1,
  unknown: 0,
  meanings: ['onu-offline'],
  looks: [],
  ...rest,
})

export const sampleStatus = (rest: Partial<TrapStatus> = {}): TrapStatus => ({
  settings: { enabled: true, port: 10_162, onlyKnownCommunities: false },
  listening: { address: '0.0.0.0', port: 10_162 },
  problem: null,
  engineId: '8000',
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
  startedAt: null,
  redirectLine: null,
  ...rest,
})
