import type { AuditFilter } from '../../../src-shared/contract/audit.ts'
import type {
  AuditCategory,
  AuditOutcome,
  AuditSeverity,
} from '../../../src-shared/domain/audit.ts'

/** What of the trail is shown, as the address has it: `person=…&category=key,export&from=2026-11-01`. */
export interface AuditAsked {
  readonly personId: string | null
  readonly objectKind: string | null
  readonly objectId: string | null
  readonly categories: readonly AuditCategory[]
  readonly severities: readonly AuditSeverity[]
  readonly outcomes: readonly AuditOutcome[]
  readonly command: string | null
  /** Days here, the last one included: `2026-11-23`. */
  readonly fromDay: string | null
  readonly toDay: string | null
  readonly people: boolean
}

// The page takes no values of the contract: these are held equal to it by their types and a test.
export const categories = [
  'authentication',
  'authorisation',
  'account',
  'export',
  'sensitive-read',
  'key',
  'configuration',
  'device',
  'data',
  'system',
] as const satisfies readonly AuditCategory[]

export const severities = [
  'critical',
  'warning',
  'notice',
  'info',
] as const satisfies readonly AuditSeverity[]

export const outcomes = ['done', 'refused', 'failed'] as const satisfies readonly AuditOutcome[]

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

const listed = <Word extends string>(text: string | null, words: readonly Word[]): Word[] => {
  const given = new Set((text ?? '').split(','))
  return words.filter((word) => given.has(word))
}

const textIn = (text: string | null, most: number): string | null =>
  text === null || text === '' || text.length > most ? null : text

const dayIn = (text: string | null): string | null =>
  text !== null && dayPattern.test(text) && !Number.isNaN(startOfDay(text)) ? text : null

export const readAuditQuery = (query: string): AuditAsked => {
  const given = new URLSearchParams(query)
  return {
    personId: textIn(given.get('person'), 100),
    objectKind: textIn(given.get('kind'), 60),
    objectId: textIn(given.get('object'), 100),
    categories: listed(given.get('category'), categories),
    severities: listed(given.get('severity'), severities),
    outcomes: listed(given.get('outcome'), outcomes),
    command: textIn(given.get('act'), 80),
    fromDay: dayIn(given.get('from')),
    toDay: dayIn(given.get('to')),
    people: given.get('people') === '1',
  }
}

/** In one order, so that a saved view is known again. */
export const writeAuditQuery = (asked: AuditAsked): string => {
  const query = new URLSearchParams()
  const put = (name: string, value: string | null): void => {
    if (value !== null && value !== '') query.set(name, value)
  }
  put('person', asked.personId)
  put('act', asked.command)
  put('kind', asked.objectKind)
  put('object', asked.objectId)
  put('category', asked.categories.join(','))
  put('severity', asked.severities.join(','))
  put('outcome', asked.outcomes.join(','))
  put('from', asked.fromDay)
  put('to', asked.toDay)
  put('people', asked.people ? '1' : null)
  return query.toString()
}

/** Wall ms of a day's first moment here. */
const startOfDay = (day: string): number => new Date(`${day}T00:00:00`).getTime()

const dayAfter = (day: string): number => {
  const next = new Date(`${day}T00:00:00`)
  // Not 24 hours: a day may have 23 or 25.
  next.setDate(next.getDate() + 1)
  return next.getTime()
}

export const filterOf = ({ fromDay, toDay, ...asked }: AuditAsked): AuditFilter => ({
  ...asked,
  categories: [...asked.categories],
  severities: [...asked.severities],
  outcomes: [...asked.outcomes],
  from: fromDay === null ? null : startOfDay(fromDay),
  to: toDay === null ? null : dayAfter(toDay),
})
