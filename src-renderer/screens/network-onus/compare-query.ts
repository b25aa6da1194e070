import { isValidOnuAddress, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { withParam } from '../../components/time-chart/range-query.ts'

/** The ONU that is laid over this one, as `with=<OLT>/<address>` of the page's query. */

export interface OnuRef {
  readonly oltId: string
  readonly address: OnuAddress
}

const shape =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,4})$/

/** null: none, or nothing that could be an ONU. */
export const parseCompared = (search: string): OnuRef | null => {
  const match = shape.exec(new URLSearchParams(search).get('with') ?? '')
  if (match === null) return null
  const [shelf, slot, port, onuId] = match.slice(2).map(Number)
  const address = { shelf: shelf!, slot: slot!, port: port!, onuId: onuId! }
  return isValidOnuAddress(address) ? { oltId: match[1]!, address } : null
}

export const withCompared = (search: string, onu: OnuRef | null): string =>
  withParam(
    search,
    'with',
    onu === null
      ? null
      : `${onu.oltId}/${onu.address.shelf}-${onu.address.slot}-${onu.address.port}-${onu.address.onuId}`,
  )

export const sameOnu = (one: OnuRef, other: OnuRef): boolean =>
  one.oltId === other.oltId &&
  one.address.shelf === other.address.shelf &&
  one.address.slot === other.address.slot &&
  one.address.port === other.address.port &&
  one.address.onuId === other.address.onuId
