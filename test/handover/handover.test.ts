import { describe, expect, test } from 'vitest'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { OltFacts } from '../../src-main/engine/network-facts.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { createHandover } from '../../src-main/handover/handover.ts'
import { writePdf } from '../../src-main/handover/pdf.ts'
import { makeReport, type HandoverSources } from '../../src-main/handover/report.ts'
import { printable } from '../../src-main/engine/pdf-sheet.ts'
import { wordsFor } from '../../src-main/handover/words.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { newTestStore } from '../support/store-workspace.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { accountId, alarmOf, oltId, outageOf } from './alarm-samples.ts'

const hour = 3_600_000
const signal = new AbortController().signal

const oltOf = (more: Partial<OltFacts>): OltFacts =>
  ({
    id: oltId,
    name: 'KARANG-01',
    quiet: null,
    reachability: 'reachable',
    since: 5,
    ...more,
  }) as OltFacts

const sourcesOf = (
  lists: Partial<Record<'open' | 'shelved' | 'suppressed' | 'history', readonly AlarmRow[]>> = {},
  olts: readonly OltFacts[] = [],
): HandoverSources => ({
  alarms: ({ filter, offset, limit }) => {
    const fits = (lists[filter.list] ?? []).filter(
      ({ raisedAt }) =>
        (filter.from === null || raisedAt >= filter.from) &&
        (filter.to === null || raisedAt <= filter.to),
    )
    return Promise.resolve({
      alarms: fits.slice(offset, offset + limit),
      total: fits.length,
      revision: 1,
      at: 0,
    })
  },
  summary: () => {
    const counts = { critical: 2, major: 1, minor: 0, warning: 0, indeterminate: 0 }
    return Promise.resolve({
      active: counts,
      unacknowledged: counts,
      cleared: 0,
      shelved: 0,
      suppressed: 0,
      maintenance: 0,
      revision: 1,
      at: 0,
    })
  },
  maintenance: () => Promise.resolve([]),
  outages: ({ state }) =>
    Promise.resolve({
      outages: state === 'open' ? [outageOf(1)] : [],
      total: 1,
      revision: 1,
    }),
  acts: () =>
    Promise.resolve([
      { row: 3, at: 9 * hour, by: 'Sari', command: 'alarms.note', subject: null, outcome: 'done' },
      {
        row: 2,
        at: 2 * hour,
        by: 'Sari',
        command: 'network.addOlt',
        subject: 'K',
        outcome: 'done',
      },
      {
        row: 1,
        at: 2 * hour,
        by: 'Sari',
        command: 'access.signIn',
        subject: null,
        outcome: 'refused',
      },
    ]),
  facts: { olts: () => olts },
})

const open = () => {
  const store = newTestStore()
  const clock = createManualClock()
  let id = 0
  const handover = createHandover({
    clock,
    newId: () => `01900000-0000-7000-8002-${String(++id).padStart(12, '0')}`,
    reader: store.reader,
    sources: () => sourcesOf(),
  })
  const context: CallContext = {
    clientId: 1,
    session: {
      sessionId: 's',
      accountId,
      name: 'Sari Wijaya',
      role: 'owner',
      permissions: new Set(),
    },
    reach: everything,
    traceId: 't',
    signal,
    progress: () => undefined,
  }
  const run = (name: string, apply: Parameters<typeof runCommand>[2]) =>
    runCommand(
      store,
      {
        commandId: `01900000-0000-7000-8003-${String(++id).padStart(12, '0')}`,
        name,
        actor: { accountId: null, sessionId: null, clientKind: 'engine' },
        auditInput: {},
        at: 1,
      },
      apply,
    )
  run('test.account', (tx) => {
    tx.run(
      `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
       VALUES (?, 'Sari Wijaya', 'sari', '$argon2id$x', 'owner', 1, 1)`,
      accountId,
    )
    return { result: {} }
  })
  return { handover, context, clock, run }
}

describe('a hand-over refuses', () => {
  test('a period that is empty, too long, or has not begun', async () => {
    const { handover, context, clock } = open()
    const now = clock.now()
    for (const [from, to] of [
      [now, now],
      [now - 8 * 24 * hour, now],
      [now + hour, now + 2 * hour],
    ] as const) {
      await expect(async () =>
        handover.queries['handover.report']({ from, to }, context),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  test('a time zone that nobody knows, and a note of nobody', async () => {
    const { handover, context, clock } = open()
    const period = { from: clock.now() - hour, to: clock.now() }
    await expect(async () =>
      handover.queries['handover.pdf'](
        { ...period, text: '', takenBy: '', language: 'en', timeZone: 'Moon/Crater' },
        context,
      ),
    ).rejects.toMatchObject({ code: 'invalid-input', params: { field: 'timeZone' } })
    await expect(async () =>
      handover.commands['handover.write'](
        { ...period, text: 'x', takenBy: '' },
        { ...context, session: null },
      ),
    ).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})

describe('the report', () => {
  test('counts what was raised in the period once, wherever it stands now', async () => {
    const shelved = alarmOf(2, {
      raisedAt: 2 * hour,
      shelved: { by: { accountId, name: 'Sari' }, at: 1, until: 9, reason: 'works' },
    })
    const report = await makeReport(
      sourcesOf({
        open: [alarmOf(1, { raisedAt: 2 * hour }), alarmOf(9, { raisedAt: 0 })],
        shelved: [shelved],
        history: [
          shelved,
          alarmOf(3, {
            raisedAt: 3 * hour,
            clearedAt: 4 * hour,
            severity: 'minor',
            type: 'rx-low',
          }),
        ],
      }),
      { from: hour, to: 8 * hour },
      8 * hour,
      signal,
    )
    expect(report.raised).toEqual([
      { type: 'pon-down', severity: 'critical', count: 2 },
      { type: 'rx-low', severity: 'minor', count: 1 },
    ])
    expect(report.clearedCount).toBe(1)
    expect(report.openAlarmsTotal).toBe(2)
  })

  test('tells acts of the period that were done, owners, and OLTs without data', async () => {
    const report = await makeReport(
      sourcesOf({ open: [alarmOf(1, { assignee: { accountId, name: 'Sari Wijaya' } })] }, [
        oltOf({}),
        oltOf({ name: 'LOST', reachability: 'unreachable' }),
        oltOf({ name: 'QUIET', quiet: { since: 1, until: null } }),
      ]),
      { from: hour, to: 8 * hour },
      8 * hour,
      signal,
    )
    expect(report.acts.map(({ command }) => command)).toEqual(['network.addOlt'])
    expect(report.lostOlts.map(({ name }) => name)).toEqual(['LOST'])
    expect(report.quietOlts.map(({ name }) => name)).toEqual(['QUIET'])
    expect(report.owners).toEqual([
      { person: { accountId, name: 'Sari Wijaya' }, alarms: 1, outages: 1 },
    ])
  })
})

test('a note is kept with its writer, the latest first', async () => {
  const { handover, context, clock, run } = open()
  const period = { from: clock.now() - hour, to: clock.now() }
  for (const text of ['first', 'second']) {
    const plan = await handover.commands['handover.write'](
      { ...period, text, takenBy: 'Budi' },
      context,
    )
    run('handover.write', (tx) => ({ result: plan.apply(tx) }))
    clock.advance(1_000)
  }
  const { notes } = await handover.queries['handover.notes']({}, context)
  expect(notes.map(({ text, by, takenBy }) => [text, by.name, takenBy])).toEqual([
    ['second', 'Sari Wijaya', 'Budi'],
    ['first', 'Sari Wijaya', 'Budi'],
  ])
})

/** Text of an uncompressed page: strings stand in hex, with kerning between them. */
const textOf = (pdf: Uint8Array): string =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\[((?:<[0-9a-f]*>|[-\d. ])+)\] TJ/g),
  ]
    .map(([, parts = '']) =>
      [...parts.matchAll(/<([0-9a-f]*)>/g)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    )
    .join('\n')

describe('the PDF', () => {
  const reportOf = (open: readonly AlarmRow[] = []) =>
    makeReport(sourcesOf({ open }), { from: hour, to: 8 * hour }, 8 * hour, signal)

  test('says all of it in both languages, in the time zone asked for', async () => {
    const report = await reportOf([alarmOf(1)])
    for (const [language, words] of [
      [
        'en',
        [
          'Shift hand-over',
          'Distribution fibre (high confidence)',
          'KARANG-01 0/1/3',
          'PON port down',
        ],
      ],
      ['id', ['Serah terima sif', 'Serat distribusi (keyakinan tinggi)', 'Port PON mati']],
    ] as const) {
      const pdf = await writePdf({
        report,
        text: 'Call the feeder crew',
        takenBy: 'Budi',
        by: 'Sari',
        words: wordsFor(language, 'Asia/Jakarta'),
        compress: false,
      })
      const text = textOf(pdf)
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
      for (const word of [...words, 'Call the feeder crew', 'Budi', 'Asia/Jakarta']) {
        expect(text, language).toContain(word)
      }
      // 1970-01-01 01:00 UTC is 08:00 in Jakarta.
      expect(text).toMatch(/1970,? (pukul )?0?8[:.]00/)
    }
  })

  test('goes on over pages, each with its number', async () => {
    const report = await reportOf(Array.from({ length: 180 }, (_, index) => alarmOf(index)))
    const pdf = await writePdf({
      report,
      text: '',
      takenBy: '',
      by: '',
      words: wordsFor('en', 'UTC'),
      compress: false,
    })
    const text = textOf(pdf)
    const pages = Number(/Page 1 of (\d+)/.exec(text)?.[1])
    expect(pages).toBeGreaterThan(3)
    expect(text).toContain(`Page ${pages} of ${pages}`)
    expect([...text.matchAll(/^PON port down$/gm)].length).toBeGreaterThanOrEqual(180)
  })

  test('writes what its fonts lack without accents or as a question mark, and no control signs', () => {
    expect(printable('Zürich – 3 €')).toBe('Zürich – 3 €')
    expect(printable('Łódź Nguyễn')).toBe('Lódz Nguyen')
    expect(printable('光\u0007')).toBe('??')
  })
})
