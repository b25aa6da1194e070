import { opticClasses } from '../../src-shared/domain/optics.ts'
import { packOnuAddress, ponOf } from '../../src-shared/domain/onu-address.ts'
import type { OnuLight } from '../fieldwork/ports.ts'
import type { PlantLookup } from './capability-ports.ts'
import type { NetworkFacts } from './network-facts.ts'

/** A connector pair at the OLT, at each splitter's two sides and at the ONU. */
const connectorsOf = (splitters: number): number => 2 + 2 * Math.max(1, splitters)

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * An ONU's light and the way that it comes: the port's launch power where the OLT tells it, the distance
 * that was ranged, and the splitters of the outside plant between them.
 */
export const createFieldworkLight =
  (deps: {
    readonly facts: NetworkFacts
    readonly plant: Pick<PlantLookup, 'nodeOf' | 'ancestors' | 'node'>
    /** Ports of a splitter that feed something; null: not said. */
    readonly capacityOf: (nodeId: string) => number | null
    /** Live rows. */
    readonly withSerial: (serial: string) => readonly number[]
  }) =>
  (oltId: string, serial: string): OnuLight | null => {
    const { facts, plant } = deps
    const olt = facts.olt(oltId)
    if (olt === undefined) return null
    const row = deps.withSerial(serial).find((one) => facts.oltOfRow(one)?.id === oltId)
    if (row === undefined) return null
    const address = facts.onus.address(row)
    const pon = ponOf(address)
    const port = olt.ponPorts.find(
      ({ shelf, slot, port: no }) => packOnuAddress({ shelf, slot, port: no, onuId: 0 }) === pon,
    )
    const node = plant.nodeOf(oltId, address)
    const splits =
      node === null
        ? []
        : plant
            .ancestors(node)
            .filter((id) => plant.node(id)?.kind === 'splitter')
            .flatMap((id) => deps.capacityOf(id) ?? [])
    const rxDbm = facts.onus.onuRxDbm(row)
    return {
      oltName: olt.name,
      now: Number.isFinite(rxDbm) ? { rxDbm, at: facts.onus.opticsAt(row) } : null,
      range: opticClasses[olt.opticClass].onuRx,
      path: {
        launchDbm: port === undefined ? null : (port.txDbm ?? null),
        fibreM: finite(facts.onus.distanceM(row)),
        splits,
        connectors: connectorsOf(splits.length),
      },
    }
  }
