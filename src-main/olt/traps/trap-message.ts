import { cursor, openTag, readInteger } from '../snmp/ber-reader.ts'
import { berTag } from '../snmp/ber-types.ts'
import { readNumber } from '../snmp/ber-values.ts'
import { decodeOid } from '../snmp/oid.ts'
import { indexPdu, indexVarbindList, spansPerVarbind } from '../snmp/pdu.ts'
import { readSnmpValue, type SnmpValue } from '../snmp/snmp-value.ts'

export interface TrapVarbind {
  readonly oid: string
  readonly value: SnmpValue
}

/** A trap as SNMPv2 names it; those of version 1 are translated (RFC 3584 section 3.1). */
export interface Trap {
  readonly kind: 'trap' | 'inform'
  readonly trapOid: string
  /** Hundredths of a second since the device started; null when it does not say. */
  readonly uptimeTicks: number | null
  /** Version 1 only, and only the sender's word: the OLT is known by the datagram's source. */
  readonly agentAddress: string | null
  /** Without uptime and trap OID. */
  readonly varbinds: readonly TrapVarbind[]
}

/** More than any trap needs; the rest of a longer one is not kept. */
const maxVarbinds = 64
const maxOctets = 512

const sysUpTime = '1.3.6.1.2.1.1.3.0'
const snmpTrapOid = '1.3.6.1.6.3.1.1.4.1.0'
const genericTraps = '1.3.6.1.6.3.1.1.5'
const enterpriseSpecific = 6

/** Decodes the PDU of a trap or an inform; null when it is neither, or not well formed. */
export const decodeTrapPdu = (buffer: Buffer, start: number, limit: number): Trap | null => {
  cursor.position = start
  switch (buffer[start]) {
    case berTag.trapV1:
      return decodeV1(buffer, limit)
    case berTag.trapV2:
      return decodeV2(buffer, berTag.trapV2, limit)
    case berTag.informRequest:
      return decodeV2(buffer, berTag.informRequest, limit)
    default:
      return null
  }
}

const decodeV2 = (buffer: Buffer, tag: number, limit: number): Trap | null => {
  const pdu = indexPdu(buffer, tag, limit)
  if (pdu === null) return null
  const all = readVarbinds(buffer, pdu)
  const trapOid = all.find(({ oid }) => oid === snmpTrapOid)?.value
  const uptime = all.find(({ oid }) => oid === sysUpTime)?.value
  if (trapOid?.kind !== 'oid') return null
  return {
    kind: tag === berTag.informRequest ? 'inform' : 'trap',
    trapOid: trapOid.value,
    uptimeTicks: uptime?.kind === 'number' ? uptime.value : null,
    agentAddress: null,
    varbinds: all.filter(({ oid }) => oid !== snmpTrapOid && oid !== sysUpTime),
  }
}

/** RFC 1157 section 4.1.6. */
const decodeV1 = (buffer: Buffer, limit: number): Trap | null => {
  const end = openTag(buffer, berTag.trapV1, limit)
  const enterpriseEnd = end < 0 ? -1 : openTag(buffer, berTag.objectIdentifier, end)
  if (enterpriseEnd < 0) return null
  const enterprise = decodeOid(buffer, cursor.position, enterpriseEnd)
  cursor.position = enterpriseEnd
  const addressEnd = openTag(buffer, berTag.ipAddress, end)
  if (enterprise === null || addressEnd < 0) return null
  const address = buffer.subarray(cursor.position, addressEnd)
  cursor.position = addressEnd
  const generic = readInteger(buffer, end)
  const specific = readInteger(buffer, end)
  const ticksEnd = openTag(buffer, berTag.timeTicks, end)
  if (Number.isNaN(generic) || Number.isNaN(specific) || ticksEnd < 0) return null
  const ticks = readNumber(berTag.timeTicks, buffer, cursor.position, ticksEnd)
  cursor.position = ticksEnd
  const list = indexVarbindList(buffer, end)
  if (list === null) return null
  const isSpecific = generic === enterpriseSpecific
  if (!isSpecific && (generic < 0 || generic > enterpriseSpecific)) return null
  return {
    kind: 'trap',
    trapOid: isSpecific ? `${enterprise}.0.${specific >>> 0}` : `${genericTraps}.${generic + 1}`,
    uptimeTicks: Number.isNaN(ticks) ? null : ticks,
    agentAddress: address.length === 4 ? address.join('.') : null,
    varbinds: readVarbinds(buffer, list),
  }
}

const readVarbinds = (
  buffer: Buffer,
  { count, spans }: { readonly count: number; readonly spans: Int32Array },
): readonly TrapVarbind[] => {
  const varbinds: TrapVarbind[] = []
  for (let index = 0; index < Math.min(count, maxVarbinds); index++) {
    const at = index * spansPerVarbind
    const [oidStart = 0, oidEnd = 0, start = 0, end = 0] = spans.subarray(at, at + 4)
    const oid = decodeOid(buffer, oidStart, oidEnd)
    if (oid === null) continue
    const tag = buffer[oidEnd] as number
    const isLong = end - start > maxOctets && tag === berTag.octetString
    varbinds.push({
      oid,
      value: readSnmpValue(tag, buffer, start, isLong ? start + maxOctets : end),
    })
  }
  return varbinds
}
