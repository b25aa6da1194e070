import { isValidOnuAddress, packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { cleanDeviceText } from './family/device-text.ts'
import { isSerialCodecName, serialCodecs } from './family/onu-codecs.ts'
import type { OltFamily } from './family/load-families.ts'
import type { PlaceRule } from './family/schema.ts'
import { readNumber } from './snmp/ber-values.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { walk } from './snmp/walker.ts'
import { createTape, fanOut, shareColumns, type HeardColumn } from './shared-column.ts'

export interface OnuPlace {
  /** Packed PON address, or -1: the OLT does not say. */
  readonly pon: number
  /** Packed ONU address, or -1 where the OLT gives its ONUs no number. */
  readonly packed: number
}

/** Where ONUs sit by what columns say of them, by the key of their rows (number or serial). */
export interface OnuPlaces {
  readonly byKey: ReadonlyMap<string, OnuPlace>
  readonly certainty: 'proven' | 'unproven'
}

const numberParts = ['shelf', 'slot', 'port', 'onuId'] as const
type Part = (typeof numberParts)[number]
type Draft = Partial<Record<Part, number>>

export interface PlacesRead {
  /** Null when the family has no such columns. */
  readonly places: OnuPlaces | null
  /** Of their columns those that a field of ONUs is decoded from too. */
  readonly heard: readonly HeardColumn[]
}

/** Errors: those of `walk`. */
export const readOnuPlaces = async (
  session: SnmpSession,
  pace: WalkPace,
  { onus }: OltFamily,
  signal: AbortSignal | undefined,
): Promise<PlacesRead> => {
  const rule = onus.place
  if (rule === undefined) return { places: null, heard: [] }
  const parts = partsOf(rule)
  const pattern = rule.text === undefined ? null : new RegExp(rule.text.pattern, 'u')
  const keyOf = keyReader(onus.index)
  const drafts = new Map<string, Draft>()
  const columns = shareColumns(
    parts.map(({ part, oid }) => ({
      oid,
      within: undefined,
      take: (arcs, arcCount, tag, buffer, start, end) => {
        const key = keyOf(arcs, arcCount)
        if (key === null) return
        const draft = drafts.get(key.text) ?? (key.slot === null ? {} : { slot: key.slot })
        drafts.set(key.text, draft)
        if (part === 'text') {
          Object.assign(draft, readPattern(pattern, cleanDeviceText(buffer, start, end)))
        } else {
          const value = readNumber(tag, buffer, start, end)
          const isSilence = Number.isNaN(value) || rule[part]?.noValue?.includes(value) === true
          if (!isSilence) draft[part] = value
        }
      },
    })),
  )
  const wanted = new Set(
    Object.values(onus.fields).flatMap((rules) => (rules ?? []).map(({ oid }) => oid)),
  )
  const tapes = columns.map(({ oid }) => (wanted.has(oid) ? createTape() : null))
  const sinks = columns.map((column, at) => fanOut(column, tapes[at]?.take ?? null))
  const { failed } = await walk({
    session,
    pace,
    signal,
    columns: columns.map(({ oid }) => ({ oid: encodeOid(parseOid(oid)) })),
    onVarbind: (position, arcs, arcCount, tag, buffer, start, end) =>
      sinks[position]?.(arcs, arcCount, tag, buffer, start, end),
  })
  const byKey = new Map<string, OnuPlace>()
  for (const [key, draft] of drafts) {
    const place = placeOf(draft)
    if (place !== null) byKey.set(key, place)
  }
  const isProven = parts.every(({ certainty }) => certainty === 'proven')
  return {
    places: { byKey, certainty: isProven ? 'proven' : 'unproven' },
    heard: columns.flatMap(({ oid, within }, at): HeardColumn[] => {
      const tape = tapes[at] ?? null
      return tape === null ? [] : [{ oid, within, failed: failed.includes(at), tape }]
    }),
  }
}

const partsOf = (rule: PlaceRule) =>
  ([...numberParts, 'text'] as const).flatMap((part) => {
    const column = rule[part]
    return column === undefined ? [] : [{ part, oid: column.oid, certainty: column.certainty }]
  })

const keyReader = (
  numberings: OltFamily['onus']['index'],
): ((
  arcs: Float64Array,
  arcCount: number,
) => { readonly text: string; readonly slot: number | null } | null) => {
  const codecs = numberings.flatMap((name) => (isSerialCodecName(name) ? [serialCodecs[name]] : []))
  return (arcs, arcCount) => {
    for (const codec of codecs) {
      const key = codec.decodeSerial(arcs, arcCount)
      if (key !== null) return { text: key.serial, slot: key.slot }
    }
    return codecs.length > 0 ? null : { text: arcs.subarray(0, arcCount).join('.'), slot: null }
  }
}

/** The groups shelf, slot, port and onu of a text that spells the address. */
const readPattern = (pattern: RegExp | null, text: string): Draft => {
  const groups = pattern?.exec(text)?.groups
  if (groups === undefined) return {}
  const draft: Draft = {}
  for (const part of numberParts) {
    const digits = groups[part === 'onuId' ? 'onu' : part]
    if (digits !== undefined) draft[part] = Number(digits)
  }
  return draft
}

const placeOf = (draft: Draft): OnuPlace | null => {
  const { shelf = 0, slot = 0, port, onuId } = draft
  if (port === undefined) return null
  const pon = { shelf, slot, port, onuId: 0 }
  if (!isValidOnuAddress(pon)) return null
  const whole = { ...pon, onuId: onuId ?? -1 }
  return {
    pon: packOnuAddress(pon),
    packed: isValidOnuAddress(whole) ? packOnuAddress(whole) : -1,
  }
}
