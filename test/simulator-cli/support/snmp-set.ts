import type { Plant } from '../../../src-main/simulator/plant.ts'
import { decodeReply, encodeRequest } from '../../support/snmp-datagrams.ts'

export type SetValue =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }

/** The octets of a value as latin1: an INTEGER of one octet is one character. */
export const snmpGet = (plant: Plant, olt: string, oid: string): string => {
  const reply = plant.answer(olt, encodeRequest({ kind: 'get', oids: [oid] }))
  if (reply === undefined) throw new Error('no answer')
  return Buffer.from(decodeReply(reply).bindings[0]?.value ?? []).toString('latin1')
}

const wrap = (tag: number, content: Buffer): Buffer =>
  content.length < 0x80
    ? Buffer.concat([Buffer.from([tag, content.length]), content])
    : Buffer.concat([Buffer.from([tag, 0x81, content.length]), content])

/** Where the content of an element begins and ends. */
const inside = (octets: Buffer, at: number): readonly [number, number] => {
  const first = octets[at + 1] as number
  const long = first > 127 ? first & 127 : 0
  const length = long === 0 ? first : octets.readUIntBE(at + 2, long)
  return [at + 2 + long, at + 2 + long + length]
}

/** Sends one SET and gives its error-status. The request is a GET's with another PDU and value. */
export const snmpSet = (
  plant: Plant,
  olt: string,
  community: string,
  oid: string,
  value: SetValue,
): number => {
  const get = Buffer.from(encodeRequest({ kind: 'set', oids: [oid], community }))
  const [versionAt] = inside(get, 0)
  const [, versionEnd] = inside(get, versionAt)
  const [, communityEnd] = inside(get, versionEnd)
  const [pduAt] = inside(get, communityEnd)
  let at = pduAt
  for (let n = 0; n < 3; n++) at = inside(get, at)[1]
  const [bindingAt] = inside(get, at)
  const [nameAt] = inside(get, bindingAt)
  const [, nameEnd] = inside(get, nameAt)
  const octets =
    value.type === 'integer'
      ? wrap(2, Buffer.from([value.value]))
      : wrap(4, Buffer.from(value.value, 'latin1'))
  const list = wrap(0x30, wrap(0x30, Buffer.concat([get.subarray(nameAt, nameEnd), octets])))
  const pdu = wrap(0xa3, Buffer.concat([get.subarray(pduAt, at), list]))
  const request = wrap(0x30, Buffer.concat([get.subarray(versionAt, communityEnd), pdu]))
  const reply = plant.answer(olt, request)
  if (reply === undefined) throw new Error('no answer')
  return decodeReply(reply).errorStatus
}
