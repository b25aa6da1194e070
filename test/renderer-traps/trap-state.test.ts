import { describe, expect, test } from 'vitest'
import {
  parseTrapQuery,
  writeTrapQuery,
} from '../../src-renderer/screens/network-traps/trap-query.ts'
import {
  loudestSources,
  refusedReasons,
  refusedTotal,
  settingsOf,
  trapStateOf,
} from '../../src-renderer/screens/network-traps/trap-state.ts'
import { sampleStatus } from './sample-trap.ts'

describe('the settings of the receiver', () => {
  const rest = { enabled: true, onlyKnownCommunities: false }

  test('are refused without a port that UDP has', () => {
    for (const port of [0, -1, 65_536, 1.5, Number.NaN, '', 'x', '10162x', '1e3', '123456']) {
      expect(settingsOf({ ...rest, port }), String(port)).toBeNull()
    }
  })

  test('are taken with a port, typed or chosen', () => {
    expect(settingsOf({ ...rest, port: '162' })).toEqual({ ...rest, port: 162 })
    expect(settingsOf({ ...rest, port: 65_535 })).toEqual({ ...rest, port: 65_535 })
  })
})

describe('the state of the receiver', () => {
  test('is its problem before anything else', () => {
    const problem = { code: 'trap-port-unavailable', params: { port: 162 } } as const
    expect(trapStateOf(sampleStatus({ problem }))).toEqual({ kind: 'problem', problem })
  })

  test('is off, starting or listening otherwise', () => {
    const settings = { enabled: false, port: 10_162, onlyKnownCommunities: false }
    expect(trapStateOf(sampleStatus({ listening: null, settings })).kind).toBe('off')
    expect(trapStateOf(sampleStatus({ listening: null })).kind).toBe('starting')
    expect(trapStateOf(sampleStatus()).kind).toBe('listening')
  })

  test('names the reasons and the sources that count, the greatest first', () => {
    const { stats } = sampleStatus()
    const busy = {
      ...stats,
      refused: [
        { why: 'wrong-time' as const, count: 2 },
        { why: 'wrong-digest' as const, count: 0 },
        { why: 'unknown-user' as const, count: 9 },
      ],
      loudest: [
        { address: 'a', dropped: 1 },
        { address: 'b', dropped: 7 },
        { address: 'c', dropped: 0 },
      ],
    }
    expect(refusedTotal(busy)).toBe(11)
    expect(refusedReasons(busy).map(({ why }) => why)).toEqual(['unknown-user', 'wrong-time'])
    expect(loudestSources(busy).map(({ address }) => address)).toEqual(['b', 'a'])
  })
})

describe('the address of the screen', () => {
  const oltId = '01930000-0000-7000-8000-000000000001'

  test('takes no OLT that is no id, and no list that there is not', () => {
    expect(parseTrapQuery('olt=../../x&show=all')).toEqual({ show: 'looked-at', oltId: null })
  })

  test('comes back as it was written', () => {
    for (const show of ['looked-at', 'unknown'] as const) {
      for (const id of [null, oltId]) {
        expect(parseTrapQuery(writeTrapQuery({ show, oltId: id }))).toEqual({ show, oltId: id })
      }
    }
  })
})
