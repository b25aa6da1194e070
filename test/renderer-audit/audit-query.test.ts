import { describe, expect, test } from 'vitest'
import { auditFilter } from '../../src-shared/contract/audit.ts'
import { auditCategories, auditOutcomes, auditSeverities } from '../../src-shared/domain/audit.ts'
import {
  categories,
  filterOf,
  outcomes,
  readAuditQuery,
  severities,
  writeAuditQuery,
} from '../../src-renderer/screens/audit/audit-query.ts'

describe('the address of the audit trail', () => {
  test('says what is shown, and is read back as it was written', () => {
    const query =
      'person=p-1&act=network.addOlt&kind=olt&object=olt-1&category=export%2Ckey' +
      '&severity=critical&outcome=refused&from=2026-11-01&to=2026-11-23&people=1'
    const asked = readAuditQuery(query)
    expect(asked).toMatchObject({
      personId: 'p-1',
      categories: ['export', 'key'],
      severities: ['critical'],
      outcomes: ['refused'],
      people: true,
    })
    expect(writeAuditQuery(asked)).toBe(query)
    expect(writeAuditQuery(readAuditQuery(''))).toBe('')
  })

  test('takes what it does not know for nothing', () => {
    const asked = readAuditQuery(
      `category=nonsense&severity=loud&from=yesterday&to=2026-13-77&people=yes&act=${'x'.repeat(500)}`,
    )
    expect(writeAuditQuery(asked)).toBe('')
  })

  test('makes a filter that the engine takes, with the last day in it', () => {
    const filter = filterOf(readAuditQuery('from=2026-11-22&to=2026-11-22&category=export'))
    expect(auditFilter.parse(filter)).toEqual(filter)
    expect(filter.from).toBe(new Date(2026, 10, 22).getTime())
    expect(filter.to).toBe(new Date(2026, 10, 23).getTime())
    expect(auditFilter.parse(filterOf(readAuditQuery('')))).toEqual(auditFilter.parse({}))
  })

  test('knows every word of the contract', () => {
    expect([...categories].toSorted()).toEqual([...auditCategories].toSorted())
    expect([...severities].toSorted()).toEqual([...auditSeverities].toSorted())
    expect([...outcomes].toSorted()).toEqual([...auditOutcomes].toSorted())
  })
})
