import type { AuditTrailRow } from '../../src-shared/contract/audit.ts'
import { hexOf, type ChainRow } from './chain-rows.ts'
import type { DetailState } from './details.ts'

/** The trail for a spreadsheet: RFC 4180, UTC times, one row a line. */

const isNumeric = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)?$/u.test(text)

/** SECURITY: what a spreadsheet would take for a formula gets a leading apostrophe. */
const harmless = (text: string): string =>
  /^\s*[=+\-@\t\r]/u.test(text) && !isNumeric(text) ? `'${text}` : text

export const csvCell = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = harmless(value)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const columns = [
  'row',
  'time (UTC)',
  'who',
  'account',
  'session',
  'from',
  'device',
  'act',
  'outcome',
  'code',
  'reason',
  'category',
  'severity',
  'object kind',
  'object',
  'object name',
  'about',
  'about name',
  'detail',
  'hash',
] as const

export const csvHead: string = columns.map(csvCell).join(',')

export const csvLine = (shown: AuditTrailRow, row: ChainRow, detail: DetailState): string =>
  [
    shown.seq,
    new Date(shown.at).toISOString(),
    shown.accountName,
    shown.accountId,
    shown.sessionId,
    shown.clientKind,
    shown.device,
    shown.command,
    shown.outcome,
    row.code,
    shown.reason,
    shown.category,
    shown.severity,
    shown.objectKind,
    shown.objectId,
    shown.objectName,
    shown.subjectId,
    shown.subjectName,
    detail.state === 'kept' ? detail.detail.text : detail.state,
    hexOf(row.hash),
  ]
    .map(csvCell)
    .join(',')
