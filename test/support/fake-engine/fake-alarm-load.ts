import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { listOf, type FakeBook } from './fake-alarm-book.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { FakePlant } from './fake-plant.ts'

const tenMinutes = 600_000

/** Alarm load and degradation of the generated plant. */
export const createFakeAlarmLoad = (plant: FakePlant, book: FakeBook, now: () => number) => ({
  'alarms.load': ({ hours }: Input<'alarms.load'>): Output<'alarms.load'> => {
    const slots = hours * 6
    const first = Math.floor(now() / tenMinutes) * tenMinutes - (slots - 1) * tenMinutes
    const busy = plant.size > 64
    const told = Float64Array.from({ length: slots }, (_, slot) => {
      const age = slots - 1 - slot
      if (!busy) return age === 4 ? 1 : 0
      const wave = Math.max(0, Math.sin(slot * 0.41) * 2 + Math.sin(slot * 1.7))
      return Math.round(wave + (age > 30 && age < 34 ? 14 - (age - 30) * 3 : 0))
    })
    const open = [...book.alarms.values()]
    const of = (list: string) => open.filter((alarm) => listOf(alarm) === list)
    const sum = told.reduce((total, count) => total + count, 0)
    return {
      at: Float64Array.from(told, (_, slot) => first + slot * tenMinutes),
      told,
      perTenMinutes: Math.round((sum / slots) * 100) / 100,
      lastTenMinutes: told.at(-1) ?? 0,
      flood: (told.at(-1) ?? 0) > 10,
      chattering: of('open')
        .filter((alarm) => alarm.count > 1)
        .toSorted((a, b) => b.count - a.count)
        .slice(0, 10)
        .map(({ resource, type, oltName, name, count }) => ({
          resource,
          type,
          oltName,
          name,
          count,
        })),
      stale: of('open').filter((alarm) => now() - alarm.raisedAt > 86_400_000).length,
      shelved: of('shelved').length,
      suppressed: of('suppressed').length,
    }
  },
  'alarms.degradation': ({ limit }: Input<'alarms.degradation'>): Output<'alarms.degradation'> => ({
    pons: plant.olts
      .filter((olt) => olt.reachable && olt.rows > 160)
      .slice(0, Math.min(limit, 12))
      .map((olt, index) => {
        const rows = Array.from({ length: 4 }, (_, at) => olt.firstRow + 144 + at)
        const { shelf, slot, port } = unpackOnuAddress(plant.address[rows[0]!]!)
        const drop = 5.5 - index * 0.3
        return {
          oltId: olt.id,
          oltName: olt.name,
          pon: { shelf, slot, port },
          ponName: null,
          degraded: rows.length,
          averageDropDb: drop,
          worstDropDb: drop + 1,
          at: now() - 900_000,
          onus: rows.map((row, place) => ({
            address: unpackOnuAddress(plant.address[row]!),
            serial: plant.serial[row]!,
            name: plant.name[row]!,
            direction: 'onu-rx' as const,
            medianDbm: -20,
            nowDbm: Math.round((-20 - drop - place / 3) * 10) / 10,
            dropDb: Math.round((drop + place / 3) * 10) / 10,
          })),
        }
      }),
    mediansAt: now() - 3_600_000,
  }),
})
