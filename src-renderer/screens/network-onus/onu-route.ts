import { isValidOnuAddress, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'

/** `/onus/<oltId>/<shelf>-<slot>-<port>-<onuId>`: the address of an ONU's page. */
export const onuRoute = (oltId: string, address: OnuAddress): string =>
  `/onus/${oltId}/${address.shelf}-${address.slot}-${address.port}-${address.onuId}`

const addressShape = /^(\d{1,2})-(\d{1,2})-(\d{1,3})-(\d{1,4})$/

/** null: no address of an ONU. */
export const parseOnuRouteAddress = (text: string): OnuAddress | null => {
  const match = addressShape.exec(text)
  if (match === null) return null
  const address = {
    shelf: Number(match[1]),
    slot: Number(match[2]),
    port: Number(match[3]),
    onuId: Number(match[4]),
  }
  return isValidOnuAddress(address) ? address : null
}
