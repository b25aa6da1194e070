import english from '../../assets/locales/en/notify.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/notify.json' with { type: 'json' }
import { placeOfAlarm } from '../../src-shared/domain/places.ts'
import type { AlarmsSummary } from '../../src-shared/contract/alarms.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { AlarmNotice, TicketNotice } from './rules.ts'

type Language = Preferences['language']

const wordsOf = { en: english, id: indonesian } as const satisfies Record<Language, unknown>

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** What and where, as it stands on the desktop. */
export const noticeText = (
  notice: AlarmNotice,
  language: Language,
): { readonly title: string; readonly body: string } => {
  const words = wordsOf[language]
  const what =
    notice.type === null ? words.verdict[notice.verdict ?? 'undetermined'] : words.type[notice.type]
  const number = new Intl.NumberFormat(language)
  const body = [
    placeOfAlarm(notice),
    notice.affectedOnus > 1
      ? fill(words.body.onus, { count: number.format(notice.affectedOnus) })
      : '',
    notice.more > 0 ? fill(words.body.more, { count: number.format(notice.more) }) : '',
  ]
  return {
    title: `${words.severity[notice.severity]} · ${notice.why === 'raised' ? '' : words.why[notice.why]}${what}`,
    body: body.filter((part) => part !== '').join(' · '),
  }
}

/** Nothing of the network while the screen is locked. */
export const lockedText = (
  { severity }: AlarmNotice,
  language: Language,
): { readonly title: string; readonly body: string } => ({
  title: `Nocturne · ${wordsOf[language].severity[severity]}`,
  body: wordsOf[language].body.locked,
})

/** A number and what is due: nothing of whom it is about, and no subject. */
export const ticketText = (
  notice: TicketNotice,
  language: Language,
): { readonly title: string; readonly body: string } => {
  const { ticket } = wordsOf[language]
  const { level, metric, number, priority } = notice
  const what =
    level === 0
      ? ticket.level.warned
      : level === 1
        ? ticket.level.missed
        : fill(ticket.level.escalated, { level })
  return {
    title: fill(ticket.title, { priority, number }),
    body: `${ticket.metric[metric]}: ${what}`,
  }
}

export const lockedTicketText = (
  language: Language,
): { readonly title: string; readonly body: string } => ({
  title: 'Nocturne',
  body: wordsOf[language].ticket.locked,
})

export const burstText = (
  count: number,
  language: Language,
): { readonly title: string; readonly body: string } => ({
  title: 'Nocturne',
  body: fill(wordsOf[language].body.burst, { count }),
})

export interface TrayWords {
  readonly tooltip: string
  readonly open: string
  readonly alarms: string
  readonly quit: string
}

export const trayWords = (
  unacknowledged: AlarmsSummary['unacknowledged'] | null,
  language: Language,
): TrayWords => {
  const { tray } = wordsOf[language]
  const { critical, major } = unacknowledged ?? { critical: 0, major: 0 }
  const state =
    unacknowledged === null
      ? ''
      : critical + major === 0
        ? tray.calm
        : fill(tray.counts, { critical, major })
  return {
    tooltip: state === '' ? 'Nocturne' : `Nocturne: ${state}`,
    open: tray.open,
    alarms: tray.alarms,
    quit: tray.quit,
  }
}
