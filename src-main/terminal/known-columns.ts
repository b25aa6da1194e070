import { kindOf, type ColumnRule } from '../olt/family/column-schema.ts'
import type { OltFamily } from '../olt/family/load-families.ts'

/** Which texts of a device tell of a subscriber or a place, and which only of the device. */
export interface KnownColumns {
  readonly isPrivate: (oid: readonly number[]) => boolean
  readonly isHarmless: (oid: readonly number[]) => boolean
}

/** Serial numbers, names, descriptions: of ONUs, of PON ports, of boards. */
const privateFields = new Set(['serial', 'name', 'description'])

/** sysContact, sysName, sysLocation; ifPhysAddress, ifAlias; serial, alias, asset, URIs and UUID. */
const privateStandard = [
  '1.4',
  '1.5',
  '1.6',
  '2.2.1.6',
  '31.1.1.1.18',
  ...[11, 14, 15, 18, 19].map((column) => `47.1.1.1.1.${column}`),
].map((tail) => `1.3.6.1.2.1.${tail}`)

/** sysDescr, sysORDescr; what ENTITY-MIB says of the make. */
const harmlessStandard = [
  '1.1',
  '1.9',
  ...[2, 7, 8, 9, 10, 12, 13].map((column) => `47.1.1.1.1.${column}`),
].map((tail) => `1.3.6.1.2.1.${tail}`)

const prefixes = (oids: Iterable<string>): ((oid: readonly number[]) => boolean) => {
  const known = new Set(oids)
  const lengths = [...new Set([...known].map((oid) => oid.split('.').length))]
  return (oid) =>
    lengths.some((length) => length <= oid.length && known.has(oid.slice(0, length).join('.')))
}

/**
 * From all families' profiles: the meaning of a vendor's column does not hang on which OLT it is.
 * @param keep subtrees whose texts the user has said are harmless
 */
export const knownColumns = (
  families: readonly OltFamily[],
  keep: readonly string[],
): KnownColumns => {
  const hidden = new Set(privateStandard)
  const harmless = new Set([...harmlessStandard, ...keep])
  const take = (fields: Readonly<Record<string, readonly ColumnRule[] | undefined>>): void => {
    for (const [field, columns] of Object.entries(fields)) {
      for (const rule of columns ?? []) {
        const isText = ['text', 'text-function'].includes(kindOf(rule.decode))
        if (isText && privateFields.has(field)) hidden.add(rule.oid)
        else harmless.add(rule.oid)
      }
    }
  }
  for (const { boards, ponPorts, onus, unconfigured, recognise } of families) {
    // A board's name is its type; its serial number is its own.
    const { name, ...boardFields } = boards?.fields ?? {}
    for (const rule of name ?? []) harmless.add(rule.oid)
    take(boardFields)
    take(ponPorts.fields)
    take(onus.fields)
    take(unconfigured?.fields ?? {})
    if (onus.place?.text !== undefined) harmless.add(onus.place.text.oid)
    for (const { probe } of recognise) {
      if (typeof probe === 'object') harmless.add(probe.oid)
    }
  }
  for (const oid of keep) hidden.delete(oid)
  for (const oid of hidden) harmless.delete(oid)
  return { isPrivate: prefixes(hidden), isHarmless: prefixes(harmless) }
}
