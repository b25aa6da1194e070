import type { AuditCategory, AuditSeverity } from '../../src-shared/domain/audit.ts'

/** What sort of act a command is (kinds.ts). */
export interface ActKind {
  readonly category: AuditCategory
  /** Where it was done; a refusal is weighed by its code (classify.ts). */
  readonly severity: AuditSeverity
  /** Where the object stands in the parameters, for what changes no record: kind and key. */
  readonly object?: readonly [kind: string, key: string]
  /** Where the person stands whom it is about. */
  readonly subject?: string
}

export const as = (
  category: AuditCategory,
  severity: AuditSeverity,
  names: readonly string[],
  more: Pick<ActKind, 'object' | 'subject'> = {},
): Readonly<Record<string, ActKind>> =>
  Object.fromEntries(names.map((name) => [name, { category, severity, ...more }]))
