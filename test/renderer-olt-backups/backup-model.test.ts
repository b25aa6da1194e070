import { describe, expect, it } from 'vitest'
import type { OltBackupState, OltBackupVersion } from '../../src-shared/contract/olt-backups.ts'
import {
  chosenPair,
  conditionOf,
  sortBackups,
  unknownOf,
} from '../../src-renderer/screens/olt-backups/backup-model.ts'
import { linesOf, linesWith, piecesOf } from '../../src-renderer/screens/olt-backups/text-search.ts'

const state = (name: string, part: Partial<OltBackupState> = {}): OltBackupState => ({
  oltId: '01930000-0000-7000-8000-000000000001',
  oltName: name,
  schedule: { everyHours: 24, keep: 60, atHour: 3 },
  lastAt: 1000,
  nextAt: 2000,
  overdue: false,
  unknownChangeAt: null,
  versions: 3,
  lastProblem: null,
  running: false,
  obstacle: null,
  exportsBy: [],
  ...part,
})

const version = (id: string, firstAt: number, explained = true): OltBackupVersion => ({
  id,
  oltId: '01930000-0000-7000-8000-000000000001',
  firstAt,
  lastAt: firstAt,
  sha256: 'ab',
  lines: 1,
  bytes: 1,
  by: 'schedule',
  added: 0,
  removed: 0,
  explained,
  planIds: [],
  note: '',
})

describe('how backups stand', () => {
  it('is an unknown change before anything else', () => {
    const problem = { code: 'cli-timeout' as const, params: {}, at: 1 }
    expect(
      conditionOf(state('a', { unknownChangeAt: 5, overdue: true, lastProblem: problem })),
    ).toBe('unknownChange')
    expect(conditionOf(state('a', { overdue: true, lastProblem: problem }))).toBe('overdue')
    expect(conditionOf(state('a', { lastProblem: problem }))).toBe('problem')
  })

  it('tells "none yet" from "cannot be read"', () => {
    const obstacle = { code: 'cli-no-access' as const, params: {} }
    expect(conditionOf(state('a', { lastAt: null }))).toBe('never')
    expect(conditionOf(state('a', { lastAt: null, obstacle }))).toBe('cannot')
  })

  it('is sorted with the gravest first, then by name as people count', () => {
    const sorted = sortBackups(
      [state('OLT 10'), state('OLT 2'), state('OLT 30', { overdue: true })],
      { column: 'condition', descending: false },
    )
    expect(sorted.map(({ oltName }) => oltName)).toEqual(['OLT 30', 'OLT 2', 'OLT 10'])
  })
})

describe('choosing versions', () => {
  const versions = [version('c', 30, false), version('b', 20), version('a', 10)]

  it('compares two, the earlier one first, and nothing but two', () => {
    expect(chosenPair(versions, new Set(['c']))).toBeUndefined()
    expect(chosenPair(versions, new Set(['c', 'a']))?.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(chosenPair(versions, new Set(['a', 'b', 'c']))).toBeUndefined()
  })

  it('finds what nobody explained as long as nobody accepted it', () => {
    expect(unknownOf(state('a'), versions)).toBeUndefined()
    expect(unknownOf(state('a', { unknownChangeAt: 30 }), versions)?.id).toBe('c')
  })
})

describe('searching a text', () => {
  it('counts lines as they were read: a line end at the end begins none', () => {
    expect(linesOf('a\r\n\nb\n')).toEqual(['a', '', 'b'])
    expect(linesOf('a')).toEqual(['a'])
    expect(linesOf('')).toEqual([''])
  })

  it('finds lines whatever the case, and none for nothing', () => {
    expect(linesWith(['VLAN 10', 'x', 'vlan 20'], 'Vlan')).toEqual([0, 2])
    expect(linesWith(['a'], '')).toEqual([])
  })

  it('divides a line without losing a character', () => {
    const line = 'password •••• <b>desc</b>'
    const pieces = piecesOf(line, 'DESC', '••••', [0, 8])
    expect(pieces.map(({ text }) => text).join('')).toBe(line)
    expect(pieces.map(({ kind }) => kind)).toEqual([
      'changed',
      'plain',
      'secret',
      'plain',
      'hit',
      'plain',
    ])
  })
})
