import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuCounts } from '../../../src-shared/contract/network-model.ts'
import { downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import { seededRandom } from '../seeded-random.ts'
import type { FakePlant } from './fake-plant.ts'

const minuteMs = 60_000

/** Three hours of minutes up to now, with one power cut of twenty minutes. */
export const fakeStateHistory = (
  plant: FakePlant,
  counts: OnuCounts,
  now: number,
): Output<'network.stateHistory'> => {
  const random = seededRandom(7)
  const points = Math.floor((now - plant.startedAt) / minuteMs)
  const cut = (index: number): number =>
    index > points - 95 && index < points - 70 ? Math.round(counts.total * 0.06) : 0
  const wave = (): number => Math.round(random() * 3)
  const at = Float64Array.from({ length: points }, (_, index) => now - (points - index) * minuteMs)
  const power = Float64Array.from(at, (_, index) => counts.offlinePower + cut(index) + wave())
  const optical = Float64Array.from(at, () => counts.offlineOptical + wave())
  const other = Float64Array.from(at, () => counts.offlineOther)
  const unknown = Float64Array.from(at, (_, index) => (index > points - 14 ? counts.unknown : 0))
  const disabled = Float64Array.from(at, () => counts.disabled)
  const online = Float64Array.from(at, (_, index) =>
    Math.max(
      0,
      counts.total -
        power[index]! -
        optical[index]! -
        other[index]! -
        unknown[index]! -
        disabled[index]!,
    ),
  )
  return {
    at,
    online,
    offlinePower: power,
    offlineOptical: optical,
    offlineOther: other,
    unknown,
    disabled,
  }
}

export const fakeOnuHistory = (
  plant: FakePlant,
  row: number,
  now: number,
): Output<'network.onuHistory'> => {
  const random = seededRandom(row + 1)
  const hours = 48
  const opticsAt = Float64Array.from(
    { length: hours },
    (_, index) => now - (hours - index) * 3_600_000,
  )
  const counters = 576
  const countersAt = Float64Array.from(
    { length: counters },
    (_, index) => now - (counters - index) * 300_000,
  )
  const gap = (index: number): boolean => index === 20 || index === 21
  const light = (base: number) => (_: number, index: number) =>
    gap(index) ? Number.NaN : base + (random() - 0.5) * 0.6
  const traffic = (base: number) => (at: number) =>
    Math.max(0, base * (0.6 + 0.4 * Math.sin(at / 13_750_000)) * (0.7 + random() * 0.6))
  return {
    opticsAt,
    onuRxDbm: opticsAt.map(light(plant.onuRx[row]!)),
    oltRxDbm: opticsAt.map(light(plant.oltRx[row]!)),
    countersAt,
    upKbps: countersAt.map(traffic(plant.up[row]!)),
    downKbps: countersAt.map(traffic(plant.down[row]!)),
    changesAt: Float64Array.of(now - 28 * 3_600_000, now - 26 * 3_600_000, plant.since[row]!),
    changeStates: Uint8Array.of(
      onuStates.indexOf('offline'),
      onuStates.indexOf('online'),
      plant.state[row]!,
    ),
    changeCauses: Uint8Array.of(downCauses.indexOf('dying-gasp'), 0, plant.cause[row]!),
  }
}
