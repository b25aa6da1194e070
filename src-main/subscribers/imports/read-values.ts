import type { SubscriberStatus } from '../../../src-shared/domain/subscriber-status.ts'
import { countries } from '../../../src-shared/domain/countries.ts'

/** Words of a file for values of a closed set, in English and Indonesian. Null: not one of them. */

const statuses: Readonly<Record<SubscriberStatus, readonly string[]>> = {
  lead: ['lead', 'prospect', 'new', 'calon', 'prospek', 'baru'],
  active: ['active', 'aktif', 'on', 'online', 'berlangganan'],
  suspended: ['suspended', 'suspend', 'isolir', 'terisolir', 'ditangguhkan', 'blocked', 'blokir'],
  ended: ['ended', 'closed', 'inactive', 'cancelled', 'berhenti', 'nonaktif', 'tidak aktif', 'off'],
}

const kinds = {
  person: ['person', 'individual', 'private', 'perorangan', 'pribadi', 'personal', 'orang'],
  company: ['company', 'business', 'corporate', 'perusahaan', 'badan usaha', 'bisnis', 'kantor'],
} as const

const find = <Word extends string>(
  table: Readonly<Record<Word, readonly string[]>>,
  text: string,
): Word | null => {
  const plain = text.trim().toLowerCase()
  const found = Object.entries<readonly string[]>(table).find(([, words]) => words.includes(plain))
  return (found?.[0] as Word | undefined) ?? null
}

export const statusOf = (text: string): SubscriberStatus | null => find(statuses, text)

export const kindOf = (text: string): 'person' | 'company' | null => find(kinds, text)

/** `-6,9147` as well: a comma where others have a point. Null: no number in its range. */
export const degreesOf = (text: string, most: 90 | 180): number | null => {
  const plain = text.replace(/°/gu, '').trim().replace(',', '.')
  if (!/^[+-]?\d{1,3}(?:\.\d+)?$/u.test(plain)) return null
  const degrees = Number(plain)
  return Math.abs(degrees) <= most ? degrees : null
}

const named: Readonly<Record<string, string>> = { indonesia: 'ID', malaysia: 'MY', singapore: 'SG' }

export const countryOf = (text: string): string | null => {
  const code = named[text.trim().toLowerCase()] ?? text.trim().toUpperCase()
  return countries.has(code) ? code : null
}
