import type { AuditClassifier } from '../store/audit-append.ts'
import type { AuditCategory, AuditSeverity } from '../../src-shared/domain/audit.ts'
import { actKindOf } from './kinds.ts'

/** Refusals that are about who may, whatever the command was. */
const byCode: Readonly<Record<string, readonly [AuditCategory, AuditSeverity]>> = {
  'permission-denied': ['authorisation', 'warning'],
  'step-up-needed': ['authorisation', 'notice'],
  'session-locked': ['authorisation', 'notice'],
  'not-signed-in': ['authorisation', 'notice'],
  'session-ended': ['authorisation', 'notice'],
  'role-beyond-own': ['authorisation', 'warning'],
  'own-account': ['authorisation', 'notice'],
  'last-owner': ['authorisation', 'notice'],
  'wrong-credentials': ['authentication', 'warning'],
  'wrong-code': ['authentication', 'warning'],
  'sign-in-throttled': ['authentication', 'warning'],
  'approval-needed': ['authorisation', 'notice'],
  'approval-own': ['authorisation', 'warning'],
  'approval-own-hand': ['authorisation', 'warning'],
  'approval-rule-owner': ['authorisation', 'warning'],
  'confirmation-refused': ['authorisation', 'notice'],
}

/** Records about a person: he is the subject of what changes them. */
const ofPeople: ReadonlySet<string> = new Set(['account', 'employee', 'subscriber'])

/**
 * SECURITY: only closed words stand in the clear; what somebody typed as a reason stays in the
 * sealed detail.
 */
const closedReasons: ReadonlySet<string> = new Set(['os-lock', 'suspend', 'idle', 'silent', 'user'])

const idIn = (input: unknown, key: string | undefined): string | null => {
  if (key === undefined || typeof input !== 'object' || input === null) return null
  const value = (input as Readonly<Record<string, unknown>>)[key]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  // The store keeps no half of a surrogate pair: the row that is read back must be the one that was hashed.
  return typeof value === 'string' && value !== '' ? value.slice(0, 100).toWellFormed() : null
}

/** The object: the first record that changed, or else what the parameters name. */
export const classify: AuditClassifier = ({ name, outcome, code, auditInput, changes }) => {
  const kind = actKindOf(name)
  const [category, severity] =
    outcome === 'done'
      ? [kind.category, kind.severity]
      : weighed(kind.category, kind.severity, code)
  const named = idIn(auditInput, kind.object?.[1])
  const change = changes[0]
  const object =
    change !== undefined
      ? { kind: change.entity, id: change.entityId }
      : named !== null && kind.object !== undefined
        ? { kind: kind.object[0], id: named }
        : null
  const subject =
    idIn(auditInput, kind.subject) ??
    (object !== null && ofPeople.has(object.kind) ? object.id : null)
  const reason = idIn(auditInput, 'reason')
  return {
    category,
    severity,
    reason: reason !== null && closedReasons.has(reason) ? reason : null,
    objectKind: object?.kind ?? null,
    objectId: object?.id ?? null,
    subjectId: subject,
  }
}

const weighed = (
  category: AuditCategory,
  severity: AuditSeverity,
  code: string | null,
): readonly [AuditCategory, AuditSeverity] =>
  byCode[code ?? ''] ?? [category, severity === 'info' ? 'notice' : severity]
