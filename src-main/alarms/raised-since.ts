import { packOnuAddress, ponOf } from '../../src-shared/domain/onu-address.ts'
import type { OnuPlaceOnOlt } from '../../src-shared/domain/onu-config.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import { isRaised } from './book/alarm.ts'
import { placeOf } from './book/place.ts'
import type { Register } from './book/register.ts'

/** What an ONU does that is taken off the air on purpose; more than a few make their PON say it. */
const downTypes: ReadonlySet<AlarmType> = new Set([
  'onu-offline-power',
  'onu-offline-optical',
  'onu-offline-other',
  'onu-flapping',
  'pon-down',
  'pon-partially-down',
])

/**
 * How many alarms were raised since `since` (wall ms), and still are, of these ONUs or of the PON
 * ports they stand on: what a batch looks at before it goes on. `expectsDown`: the change takes
 * ONUs off the air itself, so alarms that say just that do not count.
 */
export const alarmsRaisedSince = (
  register: Pick<Register, 'ofOlt'>,
  targets: readonly OnuPlaceOnOlt[],
  since: number,
  expectsDown: boolean,
): number => {
  const places = new Map<string, { readonly onus: Set<number>; readonly pons: Set<number> }>()
  for (const { oltId, address } of targets) {
    const place = packOnuAddress(address)
    const ofOlt = places.get(oltId) ?? { onus: new Set(), pons: new Set() }
    ofOlt.onus.add(place)
    ofOlt.pons.add(ponOf(place))
    places.set(oltId, ofOlt)
  }
  let count = 0
  for (const [oltId, { onus, pons }] of places) {
    for (const alarm of register.ofOlt(oltId)) {
      const { kind } = alarm.resource
      if (kind !== 'onu' && kind !== 'pon') continue
      if (!isRaised(alarm) || Math.max(alarm.raisedAt, alarm.changedAt) < since) continue
      if (expectsDown && downTypes.has(alarm.type)) continue
      if (alarm.suppressed?.reason === 'maintenance') continue
      if ((kind === 'onu' ? onus : pons).has(placeOf(alarm.resource))) count++
    }
  }
  return count
}
