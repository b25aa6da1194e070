import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuCounts } from '../../../src-shared/contract/network-model.ts'
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
