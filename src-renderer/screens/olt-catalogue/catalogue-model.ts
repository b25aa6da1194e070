import type { Output } from '../../../src-shared/contract/index.ts'

export type CatalogueLists = Output<'provisioning.catalogue'>['lists']
export type CatalogueEntry = NonNullable<CatalogueLists['vlans']>[number]

export const catalogueKinds = [
  'line-profiles',
  'service-profiles',
  'vlans',
  'traffic-tables',
  'onu-types',
] as const satisfies readonly (keyof CatalogueLists)[]
export type CatalogueKind = (typeof catalogueKinds)[number]

export const catalogueColumns = [
  'id',
  'name',
  'downKbps',
  'upKbps',
  'ethPorts',
  'voicePorts',
  'wifi',
  'inUse',
] as const satisfies readonly (keyof CatalogueEntry)[]
export type CatalogueColumn = (typeof catalogueColumns)[number]

export const isNumberColumn = (column: CatalogueColumn): boolean =>
  column !== 'id' && column !== 'name' && column !== 'wifi'

/** Those that any entry has something for: an OLT that tells no speeds shows no column of dashes. */
export const columnsWith = (entries: readonly CatalogueEntry[]): readonly CatalogueColumn[] =>
  catalogueColumns.filter(
    (column) =>
      column === 'id' || column === 'name' || entries.some((entry) => entry[column] !== null),
  )

export interface CatalogueSort {
  readonly column: CatalogueColumn
  readonly descending: boolean
}

const compare = (a: CatalogueEntry[CatalogueColumn], b: CatalogueEntry[CatalogueColumn]): number =>
  typeof a === 'string' || typeof b === 'string'
    ? String(a).localeCompare(String(b), undefined, { numeric: true })
    : Number(a) - Number(b)

/** What an OLT does not tell stands last, whichever way it is sorted. */
export const sortEntries = (
  entries: readonly CatalogueEntry[],
  { column, descending }: CatalogueSort,
): readonly CatalogueEntry[] =>
  entries.toSorted((x, y) => {
    const [a, b] = [x[column], y[column]]
    if (a === null || b === null) return a === b ? compare(x.id, y.id) : a === null ? 1 : -1
    return (descending ? -compare(a, b) : compare(a, b)) || compare(x.id, y.id)
  })

export const fitsEntry = (entry: CatalogueEntry, text: string): boolean => {
  const wanted = text.trim().toLowerCase()
  return [entry.id, entry.name].some((each) => each.toLowerCase().includes(wanted))
}
