import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { lookKey, type TrapLook } from './trap-rules.ts'

/** More ONUs of one PON than this: the PON is looked at instead. */
const onusPerPon = 4
/** More places than this: the whole OLT is looked at, once. */
const placesPerOlt = 8

/**
 * A thousand ONUs that went dark at once send a thousand traps: they must not become a thousand
 * questions (issue 3: "a mass event never multiplies the load"). At most nine looks come out, and
 * every place that went in is seen by one of them.
 */
export const mergeLooks = (looks: readonly TrapLook[]): readonly TrapLook[] => {
  const byKey = new Map(looks.map((look) => [lookKey(look), look]))
  const unconfigured: readonly TrapLook[] = byKey.has('unconfigured')
    ? [{ kind: 'unconfigured' }]
    : []
  if (byKey.has('olt')) return [{ kind: 'olt' }, ...unconfigured]

  const pons = new Map<string, TrapLook[]>()
  for (const look of byKey.values()) {
    if (look.kind !== 'pon' && look.kind !== 'onu') continue
    const key = formatPon(look.pon)
    const whole: TrapLook = { kind: 'pon', pon: look.pon }
    const before = pons.get(key) ?? []
    const isWhole = look.kind === 'pon' || before[0]?.kind === 'pon' || before.length >= onusPerPon
    pons.set(key, isWhole ? [whole] : [...before, look])
  }
  const places = [...pons.values()].flat()
  return places.length > placesPerOlt
    ? [{ kind: 'olt' }, ...unconfigured]
    : [...places, ...unconfigured]
}
