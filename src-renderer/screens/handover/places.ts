import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'

const mostPorts = 4

/** In one line: the lowest common part of the plant, else the ports. */
export const placeOfOutage = ({ node, olts, pons }: OutageRow): string => {
  const names = olts.map(({ name }) => name).join(', ')
  if (node !== null) return `${node.path} (${names})`
  const ports = pons.slice(0, mostPorts).map(({ pon }) => formatPon(pon))
  return `${names} ${ports.join(', ')}${pons.length > mostPorts ? ' …' : ''}`.trim()
}

export const placeOfAlarm = ({ resource, oltName, name, serial }: AlarmRow): string => {
  const olt = oltName ?? ''
  switch (resource.kind) {
    case 'console':
      return '–'
    case 'olt':
      return olt
    case 'board':
      return `${olt} ${resource.shelf}/${resource.slot}`
    case 'pon':
      return `${olt} ${formatPon(resource.pon)}`
    case 'onu':
      return `${olt} ${formatOnu(resource.address)} ${name ?? serial ?? ''}`.trim()
  }
}
