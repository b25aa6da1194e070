import Paper from 'pdfkit'
import type { HandoverReport } from '../../src-shared/contract/handover.ts'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { placeOfAlarm, placeOfOutage } from '../../src-shared/domain/places.ts'
import { createSheet, type Sheet } from '../engine/pdf-sheet.ts'
import type { HandoverWords } from './words.ts'

/** The report on paper: A4, black on white, so that it can be read when everything is down. */
export const writePdf = async (options: {
  readonly report: HandoverReport
  readonly text: string
  readonly takenBy: string
  readonly by: string
  readonly words: HandoverWords
  /** False for tests, which read the text. */
  readonly compress?: boolean
}): Promise<Uint8Array> => {
  const { report, words } = options
  const document = new Paper({
    size: 'A4',
    margin: 40,
    bufferPages: true,
    compress: options.compress ?? true,
    info: { Title: words.title, CreationDate: new Date(report.to), ModDate: new Date(report.to) },
  })
  const done = collect(document)
  const sheet = createSheet(document)

  sheet.title(
    words.title,
    `${words.instant(report.from)} – ${words.instant(report.to)} (${words.timeZone})`,
  )
  sheet.facts([
    [words.by, options.by === '' ? '–' : options.by],
    [words.takenBy, options.takenBy === '' ? '' : options.takenBy],
  ])
  sheet.facts([
    [words.counts.outages, words.number(report.openOutages.length)],
    [words.counts.alarms, words.number(report.openAlarmsTotal)],
    [words.counts.unacknowledged, words.number(sum(Object.values(report.unacknowledged)))],
    [words.counts.shelved, words.number(report.shelved.length)],
    [words.counts.cleared, words.number(report.clearedCount)],
  ])
  if (options.text !== '') {
    sheet.heading(words.note.heading)
    sheet.paragraph(options.text)
  }
  outages(sheet, words, 'openOutages', report.openOutages)
  alarms(sheet, words, report)
  shelved(sheet, words, report.shelved)
  others(sheet, words, report)
  outages(sheet, words, 'endedOutages', report.endedOutages)
  acts(sheet, words, report)
  sheet.pageNumbers((page, pages) => fill(words.page, { page, pages }))
  document.end()
  return done
}

type Document = InstanceType<typeof Paper>

const collect = (document: Document): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    document.on('data', (part: Uint8Array) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.on('error', reject)
  })

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

const outages = (
  sheet: Sheet,
  words: HandoverWords,
  section: 'openOutages' | 'endedOutages',
  rows: readonly OutageRow[],
): void => {
  sheet.heading(words.section[section])
  sheet.table(
    [
      { head: words.head.where, share: 4 },
      { head: words.head.verdict, share: 4 },
      { head: words.head.onus, share: 1.2, right: true },
      { head: section === 'openOutages' ? words.head.since : words.head.until, share: 2.4 },
      { head: words.head.owner, share: 2 },
    ],
    rows.map((row) => [
      placeOfOutage(row),
      verdictOf(row, words),
      `${words.number(row.down)}/${words.number(row.affectedOnus)}`,
      words.instant(section === 'openOutages' ? row.beganAt : row.endedAt),
      row.owner?.name ?? '–',
    ]),
    words.none[section],
  )
}

const verdictOf = ({ verdict, confidence, corrected }: OutageRow, words: HandoverWords): string =>
  corrected === null
    ? `${words.names.verdict[verdict]} (${words.confidence[confidence]})`
    : `${words.names.verdict[corrected.verdict]} (${words.corrected})`

const alarms = (sheet: Sheet, words: HandoverWords, report: HandoverReport): void => {
  sheet.heading(words.section.openAlarms)
  sheet.table(
    [
      { head: words.head.severity, share: 1.8 },
      { head: words.head.what, share: 3.6 },
      { head: words.head.where, share: 4 },
      { head: words.head.since, share: 2.4 },
      { head: words.head.owner, share: 2 },
    ],
    report.openAlarms.map((alarm) => [
      words.names.severity[alarm.severity],
      words.names.type[alarm.type],
      placeOfAlarm(alarm) || '–',
      words.instant(alarm.raisedAt),
      alarm.assignee?.name ?? '–',
    ]),
    words.none.openAlarms,
  )
  const left = report.openAlarmsTotal - report.openAlarms.length
  if (left > 0) sheet.paragraph(fill(words.more, { count: words.number(left) }))
}

const shelved = (sheet: Sheet, words: HandoverWords, rows: readonly AlarmRow[]): void => {
  sheet.heading(words.section.shelved)
  sheet.table(
    [
      { head: words.head.what, share: 3 },
      { head: words.head.where, share: 3.4 },
      { head: words.head.reason, share: 4 },
      { head: words.head.until, share: 2.4 },
    ],
    rows.map((alarm) => [
      words.names.type[alarm.type],
      placeOfAlarm(alarm) || '–',
      alarm.shelved?.reason ?? '',
      words.instant(alarm.shelved?.until ?? null),
    ]),
    words.none.shelved,
  )
}

const others = (sheet: Sheet, words: HandoverWords, report: HandoverReport): void => {
  sheet.heading(words.section.maintenance)
  sheet.table(
    [
      { head: words.head.what, share: 5 },
      { head: words.head.state, share: 2 },
      { head: words.head.since, share: 2.6 },
      { head: words.head.until, share: 2.6 },
    ],
    report.maintenance.map(({ title, state, startsAt, endsAt }) => [
      title,
      words.windowState[state === 'active' ? 'active' : 'planned'],
      words.instant(startsAt),
      words.instant(endsAt),
    ]),
    words.none.maintenance,
  )
  sheet.heading(words.section.olts)
  sheet.table(
    [
      { head: words.head.where, share: 4 },
      { head: words.head.state, share: 4 },
      { head: words.head.when, share: 3 },
    ],
    [
      ...report.lostOlts.map(({ name, since }) => [name, words.lost, words.instant(since)]),
      ...report.quietOlts.map(({ name, until }) => [
        name,
        words.quiet,
        until === null ? words.forever : words.instant(until),
      ]),
    ],
    words.none.olts,
  )
  sheet.heading(words.section.owners)
  sheet.table(
    [
      { head: words.head.who, share: 5 },
      { head: words.head.outages, share: 2, right: true },
      { head: words.head.alarms, share: 2, right: true },
    ],
    report.owners.map(({ person, alarms: has, outages: sees }) => [
      person.name,
      words.number(sees),
      words.number(has),
    ]),
    words.none.owners,
  )
  sheet.heading(words.section.raised)
  sheet.table(
    [
      { head: words.head.severity, share: 2 },
      { head: words.head.what, share: 6 },
      { head: words.head.count, share: 2, right: true },
    ],
    report.raised.map(({ type, severity, count }) => [
      words.names.severity[severity],
      words.names.type[type],
      words.number(count),
    ]),
    words.none.raised,
  )
}

const acts = (sheet: Sheet, words: HandoverWords, report: HandoverReport): void => {
  sheet.heading(words.section.acts)
  sheet.table(
    [
      { head: words.head.when, share: 2.4 },
      { head: words.head.who, share: 2.4 },
      { head: words.head.what, share: 3.4 },
      { head: words.head.where, share: 4 },
    ],
    report.acts.map(({ at, by, command, subject }) => [
      words.instant(at),
      by ?? words.console,
      command,
      subject ?? '',
    ]),
    words.none.acts,
  )
}
