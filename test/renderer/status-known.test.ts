import { describe, expect, it } from 'vitest'
import { statusKnown } from '../../src-renderer/app/status-known.ts'
import { sampleCounts } from '../renderer-olts/sample-olt.ts'

const none = sampleCounts({ total: 0, online: 0 })
const unknown = sampleCounts({ total: 40, online: 0, unknown: 40 })

describe('what the top bar may say', () => {
  it('makes up no figure before the first status', () => {
    const base = { oldestStatusAt: null, oltsReachable: 0, oltsTotal: 4 }
    expect(statusKnown({ ...base, counts: undefined })).toBe('unread')
    expect(statusKnown({ ...base, counts: none })).toBe('unread')
    expect(statusKnown({ ...base, counts: none, oltsReachable: 4 })).toBe('unread')
  })

  it('does not take ONUs known from an earlier start for read ones', () => {
    const base = { oldestStatusAt: null, oltsReachable: 4, oltsTotal: 4 }
    expect(statusKnown({ ...base, counts: unknown })).toBe('unread')
  })

  it('says that all is unknown when no OLT answers any more', () => {
    const base = { oldestStatusAt: null, oltsReachable: 0, oltsTotal: 4 }
    expect(statusKnown({ ...base, counts: unknown })).toBe('lost')
  })

  it('shows figures as soon as one OLT was read, and none without OLTs', () => {
    const counts = sampleCounts({ total: 40, online: 10, unknown: 30 })
    const base = { oldestStatusAt: null, oltsReachable: 1, oltsTotal: 4 }
    expect(statusKnown({ ...base, counts })).toBe('read')
    expect(statusKnown({ ...base, counts: none, oldestStatusAt: 1 })).toBe('read')
    expect(statusKnown({ ...base, counts: none, oltsTotal: 0 })).toBe('no-olts')
  })
})
