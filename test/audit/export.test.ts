import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { verifyExport } from '../../src-main/audit/verify-export.ts'
import { rejectionOf } from '../support/error-code.ts'
import { openAuditBench } from '../support/audit-bench.ts'

const filled = (rows = 8) => {
  const bench = openAuditBench()
  for (let number = 1; number <= rows; number += 1) {
    bench.act(number % 2 === 0 ? 'network.addOlt' : 'access.resetPassword', {
      number,
      accountId: `person-${number}`,
    })
  }
  return bench
}

/** What `change` makes of the lines of an export of eight rows: head, rows 1 to 8, foot. */
const tampered = async (
  change: (lines: string[]) => string[],
  filter: Parameters<ReturnType<typeof openAuditBench>['export']>[1] = {},
) => {
  const { path } = await filled().export('signed', filter)
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  writeFileSync(path, `${change(lines).join('\n')}\n`)
  return verifyExport(path)
}

const edited = (line: string | undefined, change: (value: Record<string, unknown>) => void) => {
  const value = JSON.parse(line ?? '') as Record<string, unknown>
  change(value)
  return JSON.stringify(value)
}

describe('a signed export', () => {
  test('proves itself, with the key that the console shows', async () => {
    const bench = filled()
    const made = await bench.export('signed')
    const { fingerprint } = await bench.queries['audit.overview']({}, bench.context)
    expect(await verifyExport(made.path)).toEqual({
      ok: true,
      rows: 8,
      brokenAt: null,
      reason: null,
      fingerprint,
      exportedAt: bench.clock.now(),
      whole: true,
    })
    expect(made).toMatchObject({ rows: 8, fingerprint })
    expect(statSync(made.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(made.path, 'utf8')).toContain('person-3')
  })

  test('of a part proves itself too, and says that it is one', async () => {
    const made = await filled().export('signed', { categories: ['account'] })
    expect(await verifyExport(made.path)).toMatchObject({ ok: true, rows: 4, whole: false })
  })

  test('of an empty part proves itself', async () => {
    const made = await filled().export('signed', { command: 'x.y' })
    expect(await verifyExport(made.path)).toMatchObject({ ok: true, rows: 0 })
  })

  test('tells an erased detail as erased, and stays whole', async () => {
    const bench = filled()
    bench.act('privacy.erase', {}, { apply: (tx) => tx.eraseSubject('person-3') })
    const made = await bench.export('signed')
    expect(readFileSync(made.path, 'utf8')).not.toContain('"text":"{\\"accountId\\":\\"person-3')
    expect(await verifyExport(made.path)).toMatchObject({ ok: true, rows: 9 })
  })
})

describe('an altered export is found', () => {
  test('by an edit of a row', async () => {
    const proof = await tampered((lines) =>
      lines.with(
        4,
        edited(lines[4], (row) => (row['accountId'] = 'somebody')),
      ),
    )
    expect(proof).toMatchObject({ ok: false, rows: 3, brokenAt: 4, reason: 'row-changed' })
  })

  test('by an edit of a detail', async () => {
    const proof = await tampered((lines) =>
      lines.with(
        4,
        edited(lines[4], (row) => (row['detail'] = { salt: '00', text: '{"number":5}' })),
      ),
    )
    expect(proof).toMatchObject({ ok: false, brokenAt: 4, reason: 'detail-changed' })
  })

  test('by a row taken out', async () => {
    const proof = await tampered((lines) => lines.toSpliced(4, 1))
    expect(proof).toMatchObject({ ok: false, brokenAt: 4, reason: 'row-missing' })
  })

  test('by a row put in', async () => {
    const proof = await tampered((lines) => lines.toSpliced(4, 0, lines[3] ?? ''))
    expect(proof).toMatchObject({ ok: false, brokenAt: 3, reason: 'row-moved' })
    const after = await tampered((lines) => [...lines, lines[8] ?? ''])
    expect(after).toMatchObject({ ok: false, brokenAt: 9, reason: 'row-added' })
  })

  test('by two rows that changed places', async () => {
    const proof = await tampered((lines) => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''))
    expect(proof).toMatchObject({ ok: false, brokenAt: 4, reason: 'row-missing' })
  })

  test('by its end cut off, with the foot or without', async () => {
    const without = await tampered((lines) => lines.slice(0, 7))
    expect(without).toMatchObject({ ok: false, rows: 6, brokenAt: 7, reason: 'tail-cut' })
    const withFoot = await tampered((lines) => [...lines.slice(0, 7), lines[9] ?? ''])
    expect(withFoot).toMatchObject({ ok: false, rows: 6, brokenAt: 7, reason: 'tail-cut' })
  })

  test('by its foot written for the rows that are left', async () => {
    const proof = await tampered((lines) => [
      ...lines.slice(0, 7),
      edited(lines[9], (foot) => (foot['rows'] = 6)),
    ])
    expect(proof).toMatchObject({ ok: false, brokenAt: null, reason: 'signature-wrong' })
  })

  test('by a row taken out of a part', async () => {
    const proof = await tampered(
      (lines) => [...lines.toSpliced(2, 1).slice(0, -1), lines.at(-1) ?? ''],
      { categories: ['account'] },
    )
    expect(proof).toMatchObject({ ok: false, brokenAt: 8, reason: 'tail-cut' })
  })

  test('by its head: the filter changed', async () => {
    const proof = await tampered((lines) =>
      lines.with(
        0,
        edited(lines[0], (head) => (head['exportedAt'] = 5)),
      ),
    )
    expect(proof).toMatchObject({ ok: false, reason: 'signature-wrong' })
  })

  test('by another key, whose fingerprint is another', async () => {
    const other = await filled().export('signed')
    const head = readFileSync(other.path, 'utf8').split('\n')[0] ?? ''
    const proof = await tampered((lines) => lines.with(0, head))
    expect(proof.ok).toBe(false)
    expect(proof.fingerprint).toBe(other.fingerprint)
  })

  test('and what is no export is said to be none', async () => {
    expect(await tampered(() => ['{"a":1}'])).toMatchObject({ reason: 'not-an-export' })
    expect(await tampered(() => ['not json', ''])).toMatchObject({ reason: 'not-an-export' })
  })
})

describe('an export', () => {
  test('as CSV holds no cell that a spreadsheet would compute', async () => {
    const bench = openAuditBench()
    bench.act(
      'network.addOlt',
      {},
      {
        by: { accountId: '=cmd()', sessionId: null, clientKind: '@SUM(1)', device: '+1+1' },
      },
    )
    const text = readFileSync((await bench.export('csv')).path, 'utf8')
    const cells = text.split('\r\n').flatMap((line) => line.split(','))
    expect(cells.filter((cell) => /^"?[=+@-]/u.test(cell))).toEqual([])
    expect(cells).toContain("'=cmd()")
    expect(text.split('\r\n')).toHaveLength(3)
  })

  test('tells how far it is, and leaves nothing when it is called off', async () => {
    const bench = filled()
    await bench.export('signed')
    expect(bench.progress).toEqual([
      [0, 8],
      [8, 8],
    ])
    const before = readdirSync(bench.exportsFolder)
    bench.clock.advance(5)
    bench.onProgress(() => bench.abort.abort())
    expect((await rejectionOf(bench.export('signed'))).code).toBe('cancelled')
    expect(readdirSync(bench.exportsFolder)).toEqual(before)
  })

  test('never overwrites one that is there', async () => {
    const bench = filled(1)
    const made = await bench.export('csv')
    const text = readFileSync(made.path, 'utf8')
    expect((await rejectionOf(bench.export('csv'))).code).toBe('conflict')
    expect(readFileSync(made.path, 'utf8')).toBe(text)
  })
})
