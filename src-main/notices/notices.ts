import type { AlarmsSummary } from '../../src-shared/contract/alarms.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { Clock } from '../engine/clock.ts'
import {
  isForPerson,
  isQuietNow,
  isWanted,
  routeOf,
  severityOfTicket,
  type AlarmNotice,
  type TicketNotice,
} from './rules.ts'
import {
  burstText,
  lockedText,
  lockedTicketText,
  noticeText,
  ticketText,
  trayWords,
  type TrayWords,
} from './words.ts'

/** What the shell shows outside the window: plain texts, so that it understands nothing of alarms. */
export interface DesktopNotice {
  readonly title: string
  readonly body: string
  readonly urgent: boolean
  /** The page itself makes the sound while it can be seen; a locked one cannot. */
  readonly silent: boolean
  /** Where a click leads; null: to the window as it stands. */
  readonly route: string | null
}

export interface DesktopBadge extends TrayWords {
  /** Critical and major alarms that nobody has acknowledged. */
  readonly count: number
  readonly urgent: boolean
}

export interface NoticePerson {
  readonly locked: boolean
  readonly accountId: string
  /** Gives tickets to others: hears of those of others too. */
  readonly handsOut: boolean
  readonly preferences: Pick<Preferences, 'language' | 'notifications'>
}

/** So many notices a minute are read one by one; what comes above is told in one. */
const mostPerMinute = 5
const minuteMs = 60_000

export const createNotices = (deps: {
  readonly clock: Clock
  /** Who sits before the console and may read alarms; null: nobody. */
  readonly person: () => NoticePerson | null
  readonly show: (notice: DesktopNotice) => void
  readonly badge: (badge: DesktopBadge) => void
  /** Minutes after midnight, local; for tests. */
  readonly minuteOfDay?: (at: number) => number
}) => {
  const { clock } = deps
  const minuteOfDay = deps.minuteOfDay ?? localMinute
  let shown: number[] = []
  let held = 0
  let stopHeld = (): void => undefined
  let summary: AlarmsSummary | null = null
  let told = ''

  const tellBadge = (): void => {
    const person = deps.person()
    const unacknowledged = person === null ? null : (summary?.unacknowledged ?? null)
    const count = (unacknowledged?.critical ?? 0) + (unacknowledged?.major ?? 0)
    const badge: DesktopBadge = {
      ...trayWords(unacknowledged, person?.preferences.language ?? 'en'),
      count,
      urgent: (unacknowledged?.critical ?? 0) > 0,
    }
    const key = JSON.stringify(badge)
    if (key === told) return
    told = key
    deps.badge(badge)
  }

  const tellHeld = (): void => {
    const person = deps.person()
    const count = held
    held = 0
    if (person === null || count === 0) return
    shown.push(clock.monotonic())
    const text = burstText(count, person.preferences.language)
    deps.show({ ...text, urgent: false, silent: true, route: person.locked ? null : '/alarms' })
  }

  /** What one person is told of: as he wishes, and no more in a minute than can be read. */
  const tell = (
    person: NoticePerson,
    one: {
      readonly severity: AlarmNotice['severity']
      readonly urgent: boolean
      readonly more: number
      readonly text: { readonly title: string; readonly body: string }
      readonly route: string | null
    },
  ): void => {
    const { notifications } = person.preferences
    const { urgent, more } = one
    const minute = minuteOfDay(clock.now())
    if (!isWanted(one.severity, notifications, minute)) return
    const now = clock.monotonic()
    shown = shown.filter((at) => now - at < minuteMs)
    if (shown.length >= mostPerMinute && !urgent) {
      held += 1 + more
      if (held === 1 + more) stopHeld = clock.after(minuteMs / 2, tellHeld)
      return
    }
    shown.push(now)
    const mayRing =
      notifications.sound &&
      (notifications.mutedUntil ?? 0) <= clock.now() &&
      !isQuietNow(notifications, minute)
    deps.show({
      ...one.text,
      urgent,
      silent: !(person.locked && urgent && mayRing),
      route: person.locked ? null : one.route,
    })
  }

  return {
    notice: (notice: AlarmNotice): void => {
      const person = deps.person()
      if (person === null) return
      const { language } = person.preferences
      tell(person, {
        severity: notice.severity,
        urgent: notice.severity === 'critical' && notice.why !== 'outage-ended',
        more: notice.more,
        // SECURITY: while the screen is locked a notice names nothing of the network.
        text: person.locked ? lockedText(notice, language) : noticeText(notice, language),
        route: routeOf(notice),
      })
    },
    /** A level of a promise was reached. */
    ticket: (notice: TicketNotice): void => {
      const person = deps.person()
      if (person === null || !isForPerson(notice, person)) return
      const { language } = person.preferences
      const severity = severityOfTicket(notice)
      tell(person, {
        severity,
        urgent: severity === 'critical',
        more: 0,
        // SECURITY: while the screen is locked it names no ticket.
        text: person.locked ? lockedTicketText(language) : ticketText(notice, language),
        route: `/tickets/one/${notice.ticketId}`,
      })
    },
    summary: (next: AlarmsSummary): void => {
      summary = next
      tellBadge()
    },
    /** Somebody came, went, locked or changed the language. */
    personChanged: tellBadge,
    stop: (): void => stopHeld(),
  }
}

export type Notices = ReturnType<typeof createNotices>

const localMinute = (at: number): number => {
  const date = new Date(at)
  return date.getHours() * 60 + date.getMinutes()
}
