import { describe, expect, it } from 'vitest'
import { intervalMs } from '../../src-main/olt/poller/schedule.ts'
import * as contract from '../../src-shared/contract/network-model.ts'
import {
  chassisS,
  dueEveryS,
  readingGroups,
} from '../../src-renderer/screens/network-olts/reading-plan.ts'
import { sampleOlt } from './sample-olt.ts'

describe('what an age is judged by', () => {
  const olt = sampleOlt({ intervals: { statusS: 45, countersS: 400, opticsS: 7200 } })

  it('is how often the poller reads each group', () => {
    for (const group of contract.readingGroups) {
      expect(dueEveryS(olt, group) * 1000, group).toBe(intervalMs(group, olt.intervals))
    }
    expect(chassisS * 1000).toBe(intervalMs('chassis', olt.intervals))
  })

  it('knows every group of the contract', () => {
    expect([...readingGroups].toSorted()).toEqual([...contract.readingGroups].toSorted())
  })
})
