import type { Output } from '../../src-shared/contract/index.ts'
import type { SubscriberService } from '../../src-shared/contract/subscribers-model.ts'
import { unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { reachesOlt, type Reach } from '../engine/reach.ts'
import type { SubscribersDependencies } from './ports.ts'
import type { ServiceData } from './tables.ts'

type ServiceOnu = NonNullable<SubscriberService['onu']>

/**
 * Where the ONU of a service is now: the service names OLT and serial number, the network tells the
 * address. Cheap: no walk over the ONUs.
 */
export interface ServiceOnus {
  /** Rows of the live state on this OLT with this serial number. */
  readonly rowsOn: (oltId: string, serial: string) => readonly number[]
  readonly onuOf: (service: ServiceData, reach: Reach) => ServiceOnu | null
  readonly serviceOf: (service: ServiceData, reach: Reach) => SubscriberService
  /** `serial` of the ONU at this place now; null: none is there. */
  readonly serialAt: (oltId: string, address: number) => string | null
}

export type OnuBehind = Output<'subscribers.behindOnu'>

export const createServiceOnus = ({
  facts,
  withSerial,
  wantedOf,
}: Pick<SubscribersDependencies, 'facts' | 'withSerial' | 'wantedOf'>): ServiceOnus => {
  const rowsOn: ServiceOnus['rowsOn'] = (oltId, serial) =>
    withSerial(serial).filter((row) => facts.oltOfRow(row)?.id === oltId)

  const onuOf: ServiceOnus['onuOf'] = ({ oltId, serial }, reach) => {
    if (oltId === null || serial === null) return null
    const [row] = rowsOn(oltId, serial)
    const address = row === undefined ? null : facts.onus.address(row)
    const elsewhere = withSerial(serial).flatMap((other): ServiceOnu['elsewhere'] => {
      const olt = facts.oltOfRow(other)
      // SECURITY: of an OLT that is not reached nothing is told.
      if (other === row || olt === undefined || !reachesOlt(reach, olt.id)) return []
      const place = unpackOnuAddress(facts.onus.address(other))
      return [{ oltId: olt.id, oltName: olt.name, address: place }]
    })
    return {
      oltId,
      oltName: facts.olt(oltId)?.name ?? null,
      serial,
      onu: row === undefined ? null : facts.onuRow(row),
      elsewhere,
      wanted: address === null ? null : wantedOf(oltId, address),
      reached: reachesOlt(reach, oltId),
    }
  }

  return {
    rowsOn,
    onuOf,
    serviceOf: (service, reach) => {
      const { oltId: _, serial: __, ...plain } = service
      return { ...plain, onu: onuOf(service, reach) }
    },
    serialAt: (oltId, address) => {
      const row = facts.rowOf(oltId, address)
      return row < 0 ? null : facts.onus.serial(row)
    },
  }
}
