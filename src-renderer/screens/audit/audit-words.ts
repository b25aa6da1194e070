import { useTranslation } from 'react-i18next'
import type { AuditTrailRow } from '../../../src-shared/contract/audit.ts'

export interface AuditWords {
  /** What was done, in plain words; what has none is called by its own name. */
  readonly act: (command: string) => string
  readonly kind: (objectKind: string) => string
  /** Who did it. */
  readonly who: (row: AuditTrailRow) => string
  /** What it was done to; null: nothing that can be named. */
  readonly object: (row: AuditTrailRow) => string | null
  readonly about: (row: AuditTrailRow) => string | null
  readonly reason: (reason: string) => string
}

/** The first part of an id, to tell two apart. */
export const shortId = (id: string): string => (id.length > 12 ? `${id.slice(0, 8)}…` : id)

export const useAuditWords = (): AuditWords => {
  const { t, i18n } = useTranslation('audit')
  const known = (key: string): string | null =>
    i18n.exists(key) ? String(i18n.t(key as never)) : null
  const kind = (objectKind: string): string => known(`audit:kind.${objectKind}`) ?? objectKind
  return {
    act: (command) => known(`dashboard:act.${command}`) ?? known(`audit:own.${command}`) ?? command,
    kind,
    who: (row) => {
      if (row.accountName !== null) return row.accountName
      if (row.accountId !== null) return t('unknownPerson', { id: shortId(row.accountId) })
      return t(row.clientKind === 'engine' ? 'console' : 'nobody')
    },
    object: ({ objectKind, objectId, objectName }) =>
      objectKind === null || objectId === null
        ? null
        : `${kind(objectKind)} ${objectName ?? shortId(objectId)}`,
    about: ({ subjectId, subjectName, accountId }) => {
      if (subjectId === null) return null
      if (subjectId === accountId) return t('itself')
      return subjectName ?? t('unknownPerson', { id: shortId(subjectId) })
    },
    reason: (reason) => known(`audit:reason.${reason}`) ?? reason,
  }
}
