import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { classify } from '../../src-main/audit/classify.ts'
import { actKinds, sensitiveReads } from '../../src-main/audit/kinds.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'

const root = join(import.meta.dirname, '../..')

const call = {
  name: 'network.updateOlt',
  outcome: 'done',
  code: null,
  auditInput: {},
  changes: [],
} as const

describe('the table of acts', () => {
  test('has every command of the contract, and every sensitive read', () => {
    const missing = [...Object.keys(commands), ...sensitiveReads].filter(
      (name) => !(name in actKinds),
    )
    // A new command gets a line in src-main/audit/kinds.ts.
    expect(missing).toEqual([])
  })

  test('has whatever the console writes by itself', () => {
    const sources = readdirSync(join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, 'src-main', file), 'utf8'))
    const written = sources.flatMap((source) =>
      [...source.matchAll(/\bwrite\(\s*'([a-z-]+\.[a-zA-Z]+)'/gu)].map(([, name]) => name ?? ''),
    )
    expect(written.length).toBeGreaterThan(15)
    expect(written.filter((name) => !(name in actKinds))).toEqual([])
  })

  test('has nothing else but what the console writes by itself', () => {
    const source = readdirSync(join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('audit/kinds.ts'))
      .map((file) => readFileSync(join(root, 'src-main', file), 'utf8'))
      .join('\n')
    const unknown = Object.keys(actKinds).filter(
      (name) => !(name in commands) && !(name in queries) && !source.includes(`'${name}'`),
    )
    expect(unknown).toEqual([])
  })
})

describe('an act is sorted', () => {
  test('by its name; one without a line is the system’s, and stands out', () => {
    expect(classify(call)).toMatchObject({ category: 'configuration', severity: 'notice' })
    expect(classify({ ...call, name: 'toString' })).toMatchObject({
      category: 'system',
      severity: 'notice',
    })
  })

  test('as a matter of permission where it was refused for want of one', () => {
    const refused = { ...call, outcome: 'refused', code: 'permission-denied' } as const
    expect(classify(refused)).toMatchObject({ category: 'authorisation', severity: 'warning' })
    expect(classify({ ...refused, code: 'wrong-credentials' })).toMatchObject({
      category: 'authentication',
      severity: 'warning',
    })
    expect(classify({ ...refused, name: 'alarms.note', code: 'not-found' })).toMatchObject({
      category: 'data',
      severity: 'notice',
    })
  })

  test('with the first record that changed, or else what the parameters name', () => {
    const change = { entity: 'olt', entityId: 'a', kind: 'updated', version: 2 } as const
    const auditInput = { oltId: 'b' }
    expect(classify({ ...call, auditInput, changes: [change] })).toMatchObject({
      objectKind: 'olt',
      objectId: 'a',
    })
    expect(classify({ ...call, auditInput })).toMatchObject({ objectKind: 'olt', objectId: 'b' })
    expect(classify(call)).toMatchObject({ objectKind: null, objectId: null })
    // Half of a surrogate pair would be read back as something else than was hashed: a broken chain.
    expect(classify({ ...call, auditInput: { oltId: '\u{d800}x' } }).objectId).toBe('\u{fffd}x')
  })

  test('with the person it is about', () => {
    const change = { entity: 'account', entityId: 'p', kind: 'created', version: 1 } as const
    expect(classify({ ...call, name: 'x.y', changes: [change] }).subjectId).toBe('p')
    expect(
      classify({ ...call, name: 'access.resetPassword', auditInput: { accountId: 'q' } }).subjectId,
    ).toBe('q')
    expect(classify({ ...call, auditInput: { accountId: 'q' } }).subjectId).toBeNull()
  })

  test('with a reason of a closed set alone: what somebody typed stays sealed', () => {
    const lock = (reason: string) =>
      classify({ ...call, name: 'access.lock', auditInput: { reason } }).reason
    expect(lock('idle')).toBe('idle')
    expect(lock('Budi asked for it')).toBeNull()
  })
})
