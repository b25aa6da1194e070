import { describe, expect, it } from 'vitest'
import { careReport } from '../../src-renderer/screens/network-olts/care-report.ts'
import { sampleOlt } from '../renderer-olts/sample-olt.ts'
import { sampleCare, sampleRequests, sampleRounds } from './sample-care.ts'

const now = Date.UTC(2026, 10, 22, 21, 0)
const olt = sampleOlt({ note: 'Key under the mat', sysDescr: 'C320', host: '10.9.8.7' })

describe('the figures as text for support', () => {
  it('holds no address, user, note or device text beyond the family', () => {
    const text = careReport(
      { ...olt, snmpVersion: '3', userName: 'secret-user', authAlgorithm: 'sha256' },
      sampleCare(),
      now,
    )
    for (const word of ['10.9.8.7', 'secret-user', 'mat', 'sysDescr']) {
      expect(text).not.toContain(word)
    }
    expect(text).toContain('SNMP: v3, sha256, no encryption')
  })

  it('keeps words of a profile on one line', () => {
    const text = careReport(olt, sampleCare({ familyReason: 'slow\n\nFamily: forged' }), now)
    expect(text).toContain("Family's reason: slow Family: forged")
    expect(text.split('\n').filter((line) => line.startsWith('Family: '))).toHaveLength(1)
  })

  it('says that nothing was asked so far', () => {
    expect(careReport(olt, sampleCare({ requests: null }), now)).toContain('Questions: none so far')
  })

  it('tells figures, plan, quiet and rounds', () => {
    const text = careReport(
      olt,
      sampleCare({
        requests: sampleRequests({ sent: 214, unanswered: 9, troubles: 4, ceiling: 5 }),
        quiet: { since: now, until: null },
        rounds: sampleRounds([[now, 0, 2040, Number.NaN, 512, 0]]),
      }),
      now,
    )
    expect(text).toContain('Last minute: 214 asked, 9 unanswered, mean answer 20.0 ms')
    expect(text).toContain('ceiling 5, limit 20; troubles 4')
    expect(text).toContain('Left alone since 2026-11-22T21:00:00.000Z, until someone ends it')
    expect(text).toContain('2026-11-22T21:00:00.000Z  status  2.0 s  -  512  failed or cut short')
  })
})
