import { describe, expect, test } from 'vitest'
import enAudit from '../../assets/locales/en/audit.json' with { type: 'json' }
import enDashboard from '../../assets/locales/en/dashboard.json' with { type: 'json' }
import idAudit from '../../assets/locales/id/audit.json' with { type: 'json' }
import idDashboard from '../../assets/locales/id/dashboard.json' with { type: 'json' }
import { actKinds } from '../../src-main/audit/kinds.ts'
import { auditBreaks, auditCategories, auditOutcomes } from '../../src-shared/domain/audit.ts'

const at = (words: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], words)

describe.each([
  ['en', enAudit, enDashboard],
  ['id', idAudit, idDashboard],
])('in %s', (_language, audit, dashboard) => {
  test('every act that the trail may tell has plain words', () => {
    const without = Object.keys(actKinds).filter(
      (name) =>
        typeof at(dashboard.act, name) !== 'string' && typeof at(audit.own, name) !== 'string',
    )
    expect(without).toEqual([])
  })

  test('every kind of object, category, outcome and break has a word', () => {
    const kinds = Object.values(actKinds).flatMap(({ object }) =>
      object === undefined ? [] : object[0],
    )
    expect(kinds.filter((kind) => at(audit.kind, kind) === undefined)).toEqual([])
    expect(auditCategories.filter((one) => at(audit.category, one) === undefined)).toEqual([])
    expect(auditOutcomes.filter((one) => at(audit.outcome, one) === undefined)).toEqual([])
    expect(auditBreaks.filter((one) => at(audit.broken, one) === undefined)).toEqual([])
  })
})
