/** The closed words of the audit trail. */

export const auditOutcomes = ['done', 'refused', 'failed'] as const

/** done: it happened; refused: it was not allowed; failed: it was tried and did not succeed. */
export type AuditOutcome = (typeof auditOutcomes)[number]

export const auditCategories = [
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
] as const

export type AuditCategory = (typeof auditCategories)[number]

export const auditSeverities = ['info', 'notice', 'warning', 'critical'] as const

export type AuditSeverity = (typeof auditSeverities)[number]

/**
 * What breaks the chain. row-changed: its hash is not that of its content; row-missing: a number is
 * left out; row-added: a row stands before the first; link-broken: it does not carry the hash of the
 * row before it; tail-cut: the head, or a checkpoint in the store, knows of another number of rows,
 * or other ones, than there are; head-forged: the head's seal does not fit; head-missing;
 * detail-changed: what is kept beside the row is not what the row says, or gone without an erasure
 * that the trail knows; checkpoint-differs: another row was signed in this place; checkpoint-forged:
 * a checkpoint that the workspace's key did not sign; older-store: a checkpoint outside the store
 * knows of later rows. Of a file alone: row-moved: it stands before an earlier one;
 * signature-wrong: the whole is not what was signed; not-an-export.
 */
export const auditBreaks = [
  'row-changed',
  'row-missing',
  'row-added',
  'row-moved',
  'link-broken',
  'tail-cut',
  'head-forged',
  'head-missing',
  'detail-changed',
  'checkpoint-differs',
  'checkpoint-forged',
  'older-store',
  'signature-wrong',
  'not-an-export',
] as const

export type AuditBreak = (typeof auditBreaks)[number]
