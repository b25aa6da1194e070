import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { PlantIndex } from '../plant-index.ts'
import type { ImportRow, Problems } from './import-rows.ts'
import type { OltNames } from './olt-names.ts'
import { readOnuAddress, readOnuOnPon, serialKey } from './read-values.ts'

export interface FoundOnu {
  readonly oltId: string
  readonly address: number
}

/**
 * ONUs as files name them: by OLT and address, else by serial. With both the address counts, and a
 * serial that is another's is told: nobody knows which of the two the file means.
 */
export const createOnuFinder = (deps: {
  readonly index: PlantIndex
  readonly network: NetworkFacts
  readonly olts: OltNames
  readonly problems: Problems
}) => {
  const { index, network, olts, problems } = deps
  let bySerial: Map<string, FoundOnu | 'ambiguous'> | null = null

  const serials = (): Map<string, FoundOnu | 'ambiguous'> => {
    if (bySerial !== null) return bySerial
    bySerial = new Map()
    for (const olt of network.olts()) {
      for (const [at, row] of olt.rows.entries()) {
        const serial = network.onus.serial(row)
        if (serial === null || serial === '') continue
        const key = serialKey(serial)
        const found = { oltId: olt.id, address: olt.addresses[at]! }
        bySerial.set(key, bySerial.has(key) ? 'ambiguous' : found)
      }
    }
    return bySerial
  }

  const byAddress = (row: ImportRow): FoundOnu | 'refused' | null => {
    const oltText = row.text('olt')
    const addressText = row.text('address')
    const ponText = row.text('pon')
    const idText = row.text('onuId')
    const isSaid = addressText !== '' || (ponText !== '' && idText !== '')
    if (oltText === '' || !isSaid) return null
    const olt = olts.find(oltText)
    if (olt === null) {
      problems.at(row, 'olt', 'olt-unknown', oltText)
      return 'refused'
    }
    const address = addressText === '' ? readOnuOnPon(ponText, idText) : readOnuAddress(addressText)
    if (address === null) {
      problems.at(
        row,
        addressText === '' ? 'pon' : 'address',
        'address',
        addressText === '' ? `${ponText} ${idText}` : addressText,
      )
      return 'refused'
    }
    if (network.rowOf(olt.id, address) < 0 && index.place(olt.id, address) === null) {
      problems.at(
        row,
        'address',
        'onu-unknown',
        `${olt.name} ${formatOnu(unpackOnuAddress(address))}`,
      )
      return 'refused'
    }
    return { oltId: olt.id, address }
  }

  return {
    /** Null: there is none, which has been told. */
    find: (row: ImportRow): FoundOnu | null => {
      const serialText = row.text('serial')
      const found = byAddress(row)
      if (found === 'refused') return null
      if (found !== null) {
        const there = network.rowOf(found.oltId, found.address)
        const serial = there < 0 ? null : network.onus.serial(there)
        if (serialText === '' || serial === null || serialKey(serial) === serialKey(serialText)) {
          return found
        }
        problems.at(row, 'serial', 'serial-differs', `${serialText} ≠ ${serial}`)
        return null
      }
      if (serialText === '') {
        problems.at(row, null, 'onu-missing', '')
        return null
      }
      const onu = serials().get(serialKey(serialText))
      if (onu === undefined || onu === 'ambiguous') {
        problems.at(
          row,
          'serial',
          onu === undefined ? 'serial-unknown' : 'serial-ambiguous',
          serialText,
        )
        return null
      }
      return onu
    },
  }
}
