import { describe, expect, it } from 'vitest'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import type { AlarmResource } from '../../src-shared/contract/alarms-model.ts'
import type { Alarm } from '../../src-main/alarms/book/alarm.ts'
import { alarmsRaisedSince } from '../../src-main/alarms/raised-since.ts'

const address = { shelf: 0, slot: 1, port: 3, onuId: 12 }
const onu: AlarmResource = { kind: 'onu', oltId: 'west', address }
const pon: AlarmResource = { kind: 'pon', oltId: 'west', pon: { shelf: 0, slot: 1, port: 3 } }

const alarm = (type: AlarmType, resource: AlarmResource, more: Partial<Alarm> = {}): Alarm =>
  ({
    type,
    resource,
    raisedAt: 100,
    changedAt: 100,
    clearedAt: null,
    suppressed: null,
    ...more,
  }) as Alarm

const count = (alarms: readonly Alarm[], since = 50, expectsDown = false): number =>
  alarmsRaisedSince(
    { ofOlt: (oltId) => (oltId === 'west' ? alarms : []) },
    [{ oltId: 'west', address }],
    since,
    expectsDown,
  )

describe('alarms that a change may have caused', () => {
  it('are not those of before, of others, of the OLT, cleared ones, or under maintenance', () => {
    expect(
      count([
        alarm('rx-low', onu, { raisedAt: 10, changedAt: 10 }),
        alarm('rx-low', { ...onu, address: { ...address, onuId: 13 } }),
        alarm('pon-down', { kind: 'pon', oltId: 'west', pon: { shelf: 0, slot: 1, port: 4 } }),
        alarm('olt-unreachable', { kind: 'olt', oltId: 'west' }),
        alarm('rx-low', onu, { clearedAt: 120 }),
        alarm('rx-low', onu, { suppressed: { reason: 'maintenance', by: 'x', since: 1 } }),
      ]),
    ).toBe(0)
  })

  it('are not that an ONU is down where the change takes it down', () => {
    const down = [alarm('onu-offline-other', onu), alarm('pon-partially-down', pon)]
    expect(count(down, 50, true)).toBe(0)
    expect(count([...down, alarm('rx-low', onu)], 50, true)).toBe(1)
  })

  it('are those of the ONU and of its PON port, raised since or raised again', () => {
    expect(
      count([
        alarm('pon-partially-down', pon),
        alarm('rx-low', onu, { raisedAt: 10, changedAt: 60 }),
        alarm('distance-jump', onu),
      ]),
    ).toBe(3)
  })
})
