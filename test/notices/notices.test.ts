import { describe, expect, test } from 'vitest'
import { preferences as schema } from '../../src-shared/contract/preferences.ts'
import type { AlarmsSummary } from '../../src-shared/contract/alarms.ts'
import {
  createNotices,
  type DesktopBadge,
  type DesktopNotice,
  type NoticePerson,
} from '../../src-main/notices/notices.ts'
import {
  isQuietNow,
  isWanted,
  type AlarmNotice,
  type NoticeWishes,
  type TicketNotice,
} from '../../src-main/notices/rules.ts'
import { createManualClock } from '../support/manual-clock.ts'

const olt = '01900000-0000-7000-8000-000000000100'

const noticeOf = (more: Partial<AlarmNotice> = {}): AlarmNotice => ({
  why: 'raised',
  severity: 'major',
  alarmId: '01900000-0000-7000-8000-000000000001',
  outageId: null,
  type: 'pon-down',
  resource: { kind: 'pon', oltId: olt, pon: { shelf: 0, slot: 1, port: 3 } },
  oltName: 'KARANG-01',
  name: null,
  affectedOnus: 64,
  more: 0,
  at: 0,
  ...more,
})

const wishesOf = (more: Partial<NoticeWishes> = {}): NoticeWishes => ({
  ...schema.parse({}).notifications,
  ...more,
})

const before = (
  more: {
    locked?: boolean
    handsOut?: boolean
    wishes?: Partial<NoticeWishes>
    language?: 'en' | 'id'
    nobody?: boolean
  } = {},
) => {
  const clock = createManualClock()
  const shown: DesktopNotice[] = []
  const badges: DesktopBadge[] = []
  let person: NoticePerson | null =
    more.nobody === true
      ? null
      : {
          locked: more.locked ?? false,
          accountId: 'me',
          handsOut: more.handsOut ?? false,
          preferences: {
            language: more.language ?? 'en',
            notifications: wishesOf(more.wishes),
          },
        }
  const notices = createNotices({
    clock,
    person: () => person,
    show: (notice) => shown.push(notice),
    badge: (badge) => badges.push(badge),
    minuteOfDay: () => 23 * 60,
  })
  return {
    clock,
    shown,
    badges,
    notices,
    leave: () => {
      person = null
      notices.personChanged()
    },
  }
}

describe('nothing is shown', () => {
  test('to nobody, below the wished severity, or when none is wished', () => {
    for (const options of [
      { nobody: true },
      { wishes: { from: 'critical' } },
      { wishes: { from: null } },
    ] as const) {
      const { notices, shown } = before(options)
      notices.notice(noticeOf())
      expect(shown).toEqual([])
    }
  })

  test('in quiet hours, but for what is critical, and not even that when so wished', () => {
    const quietHours = { fromMinute: 22 * 60, toMinute: 6 * 60, criticalToo: false }
    const one = before({ wishes: { quietHours } })
    one.notices.notice(noticeOf())
    one.notices.notice(noticeOf({ severity: 'critical' }))
    expect(one.shown).toHaveLength(1)
    const other = before({ wishes: { quietHours: { ...quietHours, criticalToo: true } } })
    other.notices.notice(noticeOf({ severity: 'critical' }))
    expect(other.shown).toEqual([])
  })

  test('of the network while the screen is locked: the severity alone', () => {
    const { notices, shown } = before({ locked: true })
    notices.notice(noticeOf({ severity: 'critical', name: 'Dewi Lestari' }))
    expect(JSON.stringify(shown)).not.toMatch(/KARANG|Dewi|0\/1\/3|PON/)
    expect(shown[0]).toMatchObject({ route: null, urgent: true, silent: false })
  })
})

describe('a notice', () => {
  test('says what, where and how many, in the language of the person, and leads there', () => {
    const { notices, shown } = before()
    notices.notice(noticeOf({ severity: 'critical', more: 2 }))
    expect(shown[0]).toEqual({
      title: 'Critical · PON port down',
      body: 'KARANG-01 0/1/3 · ONUs: 64 · and 2 more',
      urgent: true,
      // The page is open and rings itself.
      silent: true,
      route: '/alarms/one/01900000-0000-7000-8000-000000000001',
    })
    const indonesian = before({ language: 'id' })
    indonesian.notices.notice(noticeOf())
    expect(indonesian.shown[0]?.title).toBe('Mayor · Port PON mati')
  })

  test('of an outage names its verdict', () => {
    const { notices, shown } = before()
    const outageId = '01900000-0000-7000-8000-000000000009'
    notices.notice(
      noticeOf({
        why: 'outage',
        type: null,
        alarmId: null,
        outageId,
        verdict: 'feeder',
        resource: null,
        name: 'ODC KRG-02',
      }),
    )
    expect(shown[0]).toMatchObject({
      title: 'Major · Outage: Feeder fibre',
      body: 'KARANG-01 · ODC KRG-02 · ONUs: 64',
      route: `/outages/${outageId}`,
    })
  })

  test('above five a minute is told in one, but what is critical never waits', () => {
    const { clock, notices, shown } = before()
    for (let index = 0; index < 12; index++) notices.notice(noticeOf())
    expect(shown).toHaveLength(5)
    notices.notice(noticeOf({ severity: 'critical' }))
    expect(shown).toHaveLength(6)
    clock.advance(30_000)
    expect(shown.at(-1)).toMatchObject({ body: '7 alarms within a minute', route: '/alarms' })
    clock.advance(60_000)
    notices.notice(noticeOf())
    expect(shown.at(-1)?.title).toBe('Major · PON port down')
  })
})

describe('the badge', () => {
  const summaryOf = (critical: number, major: number): AlarmsSummary => {
    const counts = { critical, major, minor: 3, warning: 0, indeterminate: 0 }
    return {
      active: counts,
      unacknowledged: counts,
      cleared: 0,
      shelved: 0,
      suppressed: 0,
      maintenance: 0,
      revision: 1,
      at: 0,
    }
  }

  test('counts critical and major alarms nobody has acknowledged, and tells only what is new', () => {
    const { notices, badges } = before()
    notices.summary(summaryOf(1, 2))
    notices.summary(summaryOf(1, 2))
    expect(badges).toHaveLength(1)
    expect(badges[0]).toMatchObject({
      count: 3,
      urgent: true,
      tooltip: 'Nocturne: 1 critical, 2 major not acknowledged',
    })
    notices.summary(summaryOf(0, 0))
    expect(badges.at(-1)).toMatchObject({ count: 0, urgent: false })
  })

  test('tells nothing once nobody is signed in', () => {
    const { notices, badges, leave } = before()
    notices.summary(summaryOf(1, 0))
    leave()
    expect(badges.at(-1)).toMatchObject({ count: 0, urgent: false, tooltip: 'Nocturne' })
  })
})

describe('quiet hours', () => {
  const quiet = (from: number, to: number) =>
    wishesOf({ quietHours: { fromMinute: from, toMinute: to, criticalToo: false } })

  test('may lie over midnight; of equal times there are none', () => {
    expect(isQuietNow(quiet(1320, 360), 0)).toBe(true)
    expect(isQuietNow(quiet(1320, 360), 360)).toBe(false)
    expect(isQuietNow(quiet(600, 660), 630)).toBe(true)
    expect(isQuietNow(quiet(600, 600), 600)).toBe(false)
    expect(isWanted('minor', wishesOf({ from: 'minor' }), 5)).toBe(true)
  })
})

describe('a ticket that is due', () => {
  const ticketOf = (more: Partial<TicketNotice> = {}): TicketNotice => ({
    ticketId: '01900000-0000-7000-8000-000000000002',
    number: 'T-000017',
    priority: 'P2',
    metric: 'first-response',
    level: 1,
    dueAt: 0,
    ownerId: null,
    at: 0,
    ...more,
  })

  test('is told to its owner, to all where it is nobody’s, and above to who hands out work', () => {
    const other = before()
    other.notices.ticket(ticketOf({ ownerId: 'somebody', level: 2 }))
    expect(other.shown).toEqual([])
    const lead = before({ handsOut: true })
    lead.notices.ticket(ticketOf({ ownerId: 'somebody', level: 1 }))
    expect(lead.shown).toEqual([])
    lead.notices.ticket(ticketOf({ ownerId: 'somebody', level: 2 }))
    expect(lead.shown).toMatchObject([
      {
        title: 'P2 · T-000017',
        body: 'First response: missed, level 2',
        urgent: false,
        // A click opens the record.
        route: '/tickets/one/01900000-0000-7000-8000-000000000002',
      },
    ])
    const mine = before()
    mine.notices.ticket(ticketOf({ ownerId: 'me', priority: 'P1' }))
    mine.notices.ticket(ticketOf())
    expect(mine.shown.map(({ urgent }) => urgent)).toEqual([true, false])
  })

  test('has no number while the screen is locked', () => {
    const { notices, shown } = before({ locked: true })
    notices.ticket(ticketOf({ priority: 'P1' }))
    expect(shown).toHaveLength(1)
    expect(JSON.stringify(shown)).not.toMatch(/T-000017|P1|tickets/)
    expect(shown).toMatchObject([{ route: null }])
  })
})
