import { indexCodecs, isIndexCodecName } from '../../src-main/olt/family/index-codecs.ts'
import {
  isOnuCodecName,
  isSerialCodecName,
  onuCodecs,
  serialCodecs,
} from '../../src-main/olt/family/onu-codecs.ts'
import type { ColumnRule, RowNumberingName } from '../../src-main/olt/family/column-schema.ts'
import type { OltFamily } from '../../src-main/olt/family/load-families.ts'
import {
  arcsOf,
  type RecordedObject,
  type RecordedValue,
  type Recording,
} from '../../src-main/replay/recording.ts'
import type { OnuAddress } from '../../src-shared/domain/onu-address.ts'
import { freshSerial, madeValue, octets } from './family-values.ts'

/**
 * A family's ONU table, true to format and made up in size: the rows of its own recording, repeated
 * under indexes that the family's numberings give; columns of which the recording has nothing hold
 * what their decoders take.
 */
export interface FamilyTable {
  readonly onus: number
  /** Everything the agent has. */
  readonly columns: readonly TableColumn[]
  /** Of these, what one reading of all ONUs walks. */
  readonly walked: readonly { readonly oid: string; readonly rows: number }[]
  /** Varbinds that a reading walks beside its fields: names of interfaces, places of ONUs. */
  readonly besideFields: number
}

export interface TableColumn {
  readonly oid: string
  /** Columns of one table share the array. */
  readonly indexes: readonly (readonly number[])[]
  readonly valueAt: (position: number) => RecordedValue
}

export const onusPerPon = 128
const ifNames = ['1.3.6.1.2.1.31.1.1.1.1', '1.3.6.1.2.1.2.2.1.2'] as const
const startsWith = (oid: readonly number[], prefix: readonly number[]): boolean =>
  prefix.length < oid.length && prefix.every((arc, at) => oid[at] === arc)
const below = (recording: Recording, oid: string): readonly RecordedObject[] => {
  const prefix = arcsOf(oid) ?? []
  return recording.objects.filter((object) => startsWith(object.oid, prefix))
}

/** Numberings that know one slot alone. */
const flat: ReadonlySet<RowNumberingName> = new Set([
  'pon-number',
  'compact-onu',
  'counted-onu',
  'ascii-serial',
  'onu-interface',
])
/** These count ONUs from 0, and have room for 128 only so. */
const fromZero: ReadonlySet<RowNumberingName> = new Set(['huawei-gpon', 'isam-onu'])

export const buildFamilyTable = (
  family: OltFamily,
  recording: Recording,
  onus: number,
): FamilyTable => {
  const addresses = addressesOf(family, onus)
  const interfaces = interfacesOf(family, recording, addresses)
  const columns = new Map<string, TableColumn>()
  const shared = new Map<string, readonly (readonly number[])[]>()

  const indexesOf = (
    column: Pick<ColumnRule, 'index' | 'head' | 'tail'>,
    template: readonly number[],
  ) => {
    const numbering = (column.index ?? family.onus.index)[0]!
    const head = template.slice(0, column.head ?? 0)
    const tail = template.slice(template.length - (column.tail?.length ?? 0))
    const end = (column.tail ?? []).map((arc, at) => (arc === 'any' ? (tail[at] ?? 0) : arc))
    const key = [numbering, ...head, '-', ...end].join(' ')
    const known =
      shared.get(key) ??
      addresses.map((address, at) => [
        ...head,
        ...rowIndex(numbering, address, at, interfaces.ponIfIndex, interfaces.onuIfIndex),
        ...end,
      ])
    shared.set(key, known)
    return known
  }
  const add = (
    rule: Pick<ColumnRule, 'oid' | 'index' | 'head' | 'tail'>,
    valueAt: TableColumn['valueAt'],
  ): void => {
    if (columns.has(rule.oid)) return
    const first = below(recording, rule.oid)[0]?.oid.slice(rule.oid.split('.').length) ?? []
    columns.set(rule.oid, { oid: rule.oid, indexes: indexesOf(rule, first), valueAt })
  }

  addPlaces(family, recording, addresses, add)
  for (const [field, alternatives = []] of Object.entries(family.onus.fields)) {
    const recorded = alternatives.find(({ oid }) => below(recording, oid).length > 0)
    const rule = recorded ?? alternatives[0]
    if (rule === undefined) continue
    const values = below(recording, rule.oid).map(({ value }) => value)
    const made = values.length > 0 ? values : [madeValue(rule.decode, field)]
    add(rule, (position) => {
      const value = made[position % made.length]!
      return field === 'serial' ? freshSerial(value, position) : value
    })
  }
  const ofOnus = [...columns.values()]
  if (interfaces.names !== null) columns.set(interfaces.names.oid, interfaces.names)
  const readsNames = family.onus.ifName !== undefined && interfaces.names !== null
  const places = Object.values(family.onus.place ?? {}).length
  return {
    onus,
    columns: [...columns.values(), ...restOf(recording, columns)],
    walked: [...ofOnus, ...(readsNames ? [interfaces.names!] : [])].map(({ oid, indexes }) => ({
      oid,
      rows: indexes.length,
    })),
    besideFields: places * onus + (readsNames ? interfaces.names!.indexes.length : 0),
  }
}

const addressesOf = ({ onus: { index } }: OltFamily, onus: number): readonly OnuAddress[] => {
  const isFlat = index.some((name) => flat.has(name))
  const shelf = index.some((name) => name.startsWith('zte')) ? 1 : 0
  const first = index.some((name) => fromZero.has(name)) ? 0 : 1
  return Array.from({ length: onus }, (_, at) => {
    const pon = Math.floor(at / onusPerPon)
    const onuId = first + (at % onusPerPon)
    return isFlat
      ? { shelf, slot: 0, port: 1 + pon, onuId }
      : { shelf, slot: 1 + (pon >>> 3), port: 1 + (pon & 7), onuId }
  })
}

const rowIndex = (
  numbering: RowNumberingName,
  address: OnuAddress,
  at: number,
  ponIfIndex: (pon: number) => number,
  onuIfIndex: (at: number) => number,
): readonly number[] => {
  if (numbering === 'onu-interface') return [onuIfIndex(at)]
  if (numbering === 'interface') return [ponIfIndex(Math.floor(at / onusPerPon)), address.onuId]
  if (isIndexCodecName(numbering)) return [indexCodecs[numbering].encodePon(address), address.onuId]
  if (isOnuCodecName(numbering)) return [onuCodecs[numbering].encodeOnu(address)]
  const hex = (0x0a_00_00_00 + at).toString(16).toUpperCase().padStart(8, '0')
  const letters = numbering === 'ascii-serial' ? 'UBNT' : 'ELTX'
  return isSerialCodecName(numbering)
    ? serialCodecs[numbering].encodeSerial({ serial: letters + hex, slot: address.slot })
    : []
}

/** The PON ports, and the ONUs where they have interfaces of their own, as the recording names them. */
const interfacesOf = (
  family: OltFamily,
  recording: Recording,
  addresses: readonly OnuAddress[],
) => {
  const { ponPorts, onus } = family
  const nameOid = ifNames.find((oid) => below(recording, oid).length > 0)
  const recorded = (nameOid === undefined ? [] : below(recording, nameOid)).map((object) => ({
    ifIndex: object.oid.at(-1)!,
    name: object.value.type === 'octets' ? Buffer.from(object.value.value).toString('latin1') : '',
  }))
  const matching = (pattern: string | undefined) =>
    recorded.find(({ name }) => pattern !== undefined && new RegExp(pattern, 'u').test(name))
  const pon = matching(ponPorts.ifName)
  const onu = matching(onus.ifName)
  const first = pon?.ifIndex ?? 1
  const [numbering] = onus.index
  const ponIfIndex = (at: number): number => {
    const address = addresses[at * onusPerPon]!
    if (ponPorts.ifIndex !== undefined) return indexCodecs[ponPorts.ifIndex].encodePon(address)
    const codec = numbering !== undefined && isOnuCodecName(numbering) ? onuCodecs[numbering] : null
    const ofOnu = codec !== null && 'ponIfIndexOf' in codec ? codec.ponIfIndexOf : undefined
    if (codec !== null && ofOnu !== undefined) return ofOnu(codec.encodeOnu(address))
    return first + at * (first > 0xffff ? 256 : 1)
  }
  const onuBase = Math.max(0, ...recorded.map(({ ifIndex }) => ifIndex)) + 1000
  const onuIfIndex = (at: number): number => onuBase + at
  const pons = Math.ceil(addresses.length / onusPerPon)
  const rows: { index: readonly number[]; name: string }[] = []
  if (pon !== undefined) {
    for (let at = 0; at < pons; at++) {
      const name = renamed(pon.name, ponPorts.ifName!, addresses[at * onusPerPon]!, false)
      rows.push({ index: [ponIfIndex(at)], name })
    }
  }
  if (onu !== undefined) {
    for (const [at, address] of addresses.entries()) {
      const name = renamed(onu.name, onus.ifName!, address, true)
      rows.push({ index: [onuIfIndex(at)], name })
    }
  }
  const names: TableColumn | null =
    nameOid === undefined || rows.length === 0
      ? null
      : {
          oid: nameOid,
          indexes: rows.map(({ index }) => index),
          valueAt: (position) => octets(rows[position]!.name),
        }
  return { ponIfIndex, onuIfIndex, names }
}

/** `GPON0/1:3` for another address: the pattern's groups are shelf, slot, port and ONU, or fewer. */
const renamed = (text: string, pattern: string, address: OnuAddress, ofOnu: boolean): string => {
  const { shelf, slot, port, onuId } = address
  const numbers = ofOnu ? [shelf, slot, port, onuId] : [shelf, slot, port]
  const spans = (new RegExp(pattern, 'du').exec(text)?.indices ?? [])
    .slice(1)
    .filter((span) => span !== undefined)
  let out = text
  for (const [start, end] of spans.toReversed()) {
    out = out.slice(0, start) + String(numbers.pop() ?? 0) + out.slice(end)
  }
  return out
}

const addPlaces = (
  { onus }: OltFamily,
  recording: Recording,
  addresses: readonly OnuAddress[],
  add: (rule: { readonly oid: string }, valueAt: TableColumn['valueAt']) => void,
): void => {
  const { place } = onus
  if (place === undefined) return
  for (const part of ['shelf', 'slot', 'port', 'onuId'] as const) {
    const rule = place[part]
    if (rule === undefined) continue
    add({ oid: rule.oid }, (at) => ({ type: 'integer', value: addresses[at]![part] }))
  }
  const { text } = place
  if (text === undefined) return
  const pattern = new RegExp(text.pattern, 'u')
  const template = below(recording, text.oid)
    .map(({ value }) =>
      value.type === 'octets' ? Buffer.from(value.value).toString('latin1') : '',
    )
    .find((each) => pattern.test(each))
  if (template === undefined) return
  add({ oid: text.oid }, (at) => octets(renamed(template, text.pattern, addresses[at]!, true)))
}

/** What the recording holds beside these columns, a column for each parent. */
const restOf = (
  recording: Recording,
  columns: ReadonlyMap<string, TableColumn>,
): readonly TableColumn[] => {
  const prefixes = [...columns.keys()].map((oid) => arcsOf(oid) ?? [])
  const byParent = new Map<string, RecordedObject[]>()
  for (const object of recording.objects) {
    if (prefixes.some((prefix) => startsWith(object.oid, prefix))) continue
    const parent = object.oid.slice(0, -1).join('.')
    byParent.set(parent, [...(byParent.get(parent) ?? []), object])
  }
  return [...byParent].map(([oid, objects]) => ({
    oid,
    indexes: objects.map((object) => object.oid.slice(-1)),
    valueAt: (position) => objects[position]!.value,
  }))
}
