import type { AlarmRow } from '../contract/alarms-model.ts'
import type { OutageRow } from '../contract/outages.ts'
import { assertNever } from '../errors.ts'
import { formatOnu, formatPon } from './onu-address.ts'

/** Where something is, in one line of plain text, the same on the screen, on paper and in a notice. */

const mostPorts = 4

/** The lowest common part of the plant, else the ports. */
export const placeOfOutage = ({ node, olts, pons }: Pick<OutageRow, 'node' | 'olts' | 'pons'>) => {
  const names = olts.map(({ name }) => name).join(', ')
  if (node !== null) return `${node.path} (${names})`
  const ports = pons.slice(0, mostPorts).map(({ pon }) => formatPon(pon))
  return `${names} ${ports.join(', ')}${pons.length > mostPorts ? ' …' : ''}`.trim()
}

/** Empty: the console itself. `resource` null: what is known of it besides. */
export const placeOfAlarm = ({
  resource,
  oltName,
  name,
  serial = null,
}: {
  readonly resource: AlarmRow['resource'] | null
  readonly oltName: string | null
  readonly name: string | null
  readonly serial?: string | null
}): string => {
  const olt = oltName ?? ''
  if (resource === null) return [olt, name ?? ''].filter((part) => part !== '').join(' · ')
  switch (resource.kind) {
    case 'console':
      return ''
    case 'olt':
      return olt
    case 'board':
      return `${olt} ${resource.shelf}/${resource.slot}`.trim()
    case 'pon':
      return `${olt} ${formatPon(resource.pon)}`.trim()
    case 'onu':
      return `${olt} ${formatOnu(resource.address)} ${name ?? serial ?? ''}`.trim()
    default:
      return assertNever(resource)
  }
}
