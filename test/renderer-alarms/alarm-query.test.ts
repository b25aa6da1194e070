import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  alarmFilter,
  alarmLists,
  alarmSortColumns,
} from '../../src-shared/contract/alarms-model.ts'
import { alarmTypes } from '../../src-shared/domain/alarm-rules.ts'
import { severities } from '../../src-shared/domain/severity.ts'
import {
  alarmListNames,
  alarmsOf,
  emptyAlarmFilter,
  isAlarmFiltered,
  isAlarmSortColumn,
  parseAlarmQuery,
  readAlarmResource,
  usualAlarmSort,
  writeAlarmQuery,
  writeAlarmResource,
} from '../../src-renderer/screens/alarms/alarm-query.ts'
import { sampleOlt } from './sample-alarm.ts'

describe('the address of the alarm list', () => {
  it('leaves out what is malformed and opens all the same', () => {
    const { filter, sort } = parseAlarmQuery(
      'list=secret&severity=lethal,minor&type=nonsense&olt=abc&ack=maybe&from=tomorrow&at=onu.x.y&sort=-password&outage=1',
    )
    expect(filter).toEqual({ ...emptyAlarmFilter, severities: ['minor'] })
    expect(sort).toBeNull()
  })

  it('reads no resource that cannot be on an OLT', () => {
    expect(readAlarmResource(`onu.${sampleOlt}.99-0-0-1`)).toBeNull()
    expect(readAlarmResource(`pon.${sampleOlt}.1-2`)).toBeNull()
    expect(readAlarmResource(`cabinet.${sampleOlt}`)).toBeNull()
    expect(readAlarmResource('olt.not-a-uuid')).toBeNull()
    expect(readAlarmResource(null)).toBeNull()
  })

  it('knows the lists, the sort columns and the defaults of the contract', () => {
    expect(alarmListNames).toEqual([...alarmLists])
    expect(alarmSortColumns.every(isAlarmSortColumn)).toBe(true)
    expect(emptyAlarmFilter).toEqual(alarmFilter.parse({}))
    expect(isAlarmSortColumn('toString')).toBe(false)
  })

  it('says the same again after it was written and read', () => {
    const onu = fc.record({
      shelf: fc.nat(31),
      slot: fc.nat(63),
      port: fc.nat(255),
      onuId: fc.nat(1023),
    })
    const oltId = fc.uuid({ version: 7 })
    const resource = fc.oneof(
      fc.constant({ kind: 'console' } as const),
      oltId.map((id) => ({ kind: 'olt' as const, oltId: id })),
      fc.tuple(oltId, fc.nat(31), fc.nat(63)).map(([id, shelf, slot]) => ({
        kind: 'board' as const,
        oltId: id,
        shelf,
        slot,
      })),
      fc.tuple(oltId, onu).map(([id, { shelf, slot, port }]) => ({
        kind: 'pon' as const,
        oltId: id,
        pon: { shelf, slot, port },
      })),
      fc.tuple(oltId, onu).map(([id, address]) => ({ kind: 'onu' as const, oltId: id, address })),
    )
    const flag = fc.constantFrom(true, false, null)
    const moment = fc.option(fc.integer({ min: 1e9, max: 4e12 }), { nil: null })
    fc.assert(
      fc.property(
        fc.record({
          list: fc.constantFrom(...alarmLists),
          severities: fc.subarray([...severities]),
          types: fc.subarray([...alarmTypes]),
          oltIds: fc.uniqueArray(oltId, { maxLength: 4 }),
          acknowledged: flag,
          cleared: flag,
          assignedToMe: fc.boolean(),
          outageId: fc.option(fc.uuid({ version: 7 }), { nil: null }),
          resource: fc.option(resource, { nil: null }),
          from: moment,
          to: moment,
          search: fc.string({ maxLength: 60 }),
        }),
        fc.option(
          fc.record({ column: fc.constantFrom(...alarmSortColumns), descending: fc.boolean() }),
          { nil: null },
        ),
        (filter, sort) => {
          const text = writeAlarmQuery({ filter, sort })
          expect(parseAlarmQuery(text)).toEqual({ filter, sort })
        },
      ),
      { seed: 4, numRuns: 200 },
    )
  })

  it('is empty for the open list as it is, and then nothing is filtered', () => {
    expect(writeAlarmQuery({ filter: emptyAlarmFilter, sort: null })).toBe('')
    expect(isAlarmFiltered({ ...emptyAlarmFilter, list: 'history' })).toBe(false)
    expect(isAlarmFiltered({ ...emptyAlarmFilter, cleared: true })).toBe(true)
  })

  it('leads from a thing to its alarms', () => {
    expect(alarmsOf({ kind: 'olt', oltId: sampleOlt })).toBe(`/alarms?at=olt.${sampleOlt}`)
    const pon = { kind: 'pon', oltId: sampleOlt, pon: { shelf: 1, slot: 2, port: 3 } } as const
    expect(readAlarmResource(writeAlarmResource(pon))).toEqual(pon)
  })

  it('shows the worst first, and of the past the latest', () => {
    expect(usualAlarmSort('open')).toEqual({ column: 'severity', descending: false })
    expect(usualAlarmSort('history')).toEqual({ column: 'raisedAt', descending: true })
  })
})
