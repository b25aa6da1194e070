import type { OltRow } from '../../../src-shared/contract/network-model.ts'

/** What is wrong with an OLT, worst first: decides its place in a list and the word beside it. */
export const oltTroubles = [
  'unreachable',
  'problem',
  'unrecognised',
  'optical-offline',
  'light-critical',
  'never',
  'light-warning',
  'none',
] as const

export type OltTrouble = (typeof oltTroubles)[number]

export const oltTroubleOf = (olt: OltRow): OltTrouble => {
  if (olt.reachability === 'unreachable') return 'unreachable'
  if (olt.reachability === 'never') return olt.problem === null ? 'never' : 'problem'
  if (olt.reachability === 'unrecognised') return 'unrecognised'
  if (olt.problem !== null) return 'problem'
  if (olt.counts.offlineOptical > 0) return 'optical-offline'
  if (olt.counts.signalCritical > 0) return 'light-critical'
  if (olt.counts.signalWarning > 0) return 'light-warning'
  return 'none'
}

export const oltOffline = (olt: OltRow): number =>
  olt.counts.offlineOptical + olt.counts.offlineOther + olt.counts.offlinePower

/**
 * How bad, coarsely: only doubling of a count moves an OLT, so that the list keeps still while
 * single ONUs come and go.
 */
const weightOf = (olt: OltRow): number => {
  const trouble = oltTroubleOf(olt)
  const count =
    trouble === 'optical-offline'
      ? olt.counts.offlineOptical
      : trouble === 'light-critical'
        ? olt.counts.signalCritical
        : trouble === 'light-warning'
          ? olt.counts.signalWarning
          : 0
  return oltTroubles.indexOf(trouble) * 32 - Math.floor(Math.log2(count + 1))
}

export const oltSortColumns = [
  'trouble',
  'name',
  'host',
  'family',
  'reachability',
  'since',
  'status',
  'online',
  'offline',
  'light',
  'onus',
  'optics',
] as const

export type OltSortColumn = (typeof oltSortColumns)[number]

export interface OltSort {
  readonly column: OltSortColumn
  readonly descending: boolean
}

export const isOltSortColumn = (column: string): column is OltSortColumn =>
  oltSortColumns.some((known) => known === column)

const keyOf = (olt: OltRow, column: OltSortColumn): string | number | null => {
  switch (column) {
    case 'trouble':
      return weightOf(olt)
    case 'name':
      return olt.name
    case 'host':
      return olt.host
    case 'family':
      return olt.familyLabel
    case 'reachability':
      return ['unreachable', 'unrecognised', 'never', 'reachable'].indexOf(olt.reachability)
    case 'since':
      return olt.since
    case 'status':
      return olt.ages.status
    case 'online':
      return olt.ages.status === null ? null : olt.counts.online
    case 'offline':
      return olt.ages.status === null ? null : oltOffline(olt)
    case 'light':
      return olt.ages.optics === null
        ? null
        : olt.counts.signalCritical * 10_000 + olt.counts.signalWarning
    case 'onus':
      return olt.ages.status === null ? null : olt.counts.total
    case 'optics':
      return olt.ages.optics
  }
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A new order; what has no value stands last in either direction; equals stand by name. */
export const sortOlts = (olts: readonly OltRow[], sort: OltSort): readonly OltRow[] =>
  olts.toSorted((left, right) => {
    const a = keyOf(left, sort.column)
    const b = keyOf(right, sort.column)
    const even = byName.compare(left.name, right.name) || left.id.localeCompare(right.id)
    if (a === b) return even
    if (a === null) return 1
    if (b === null) return -1
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : byName.compare(String(a), String(b))
    return order === 0 ? even : sort.descending ? -order : order
  })
