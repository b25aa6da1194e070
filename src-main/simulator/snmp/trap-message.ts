import { tag } from './ber-tags.ts'
import { BerWriter } from './ber-writer.ts'
import { encodeOidContent, parseOid } from './oid.ts'

/** What an OLT says of its own accord. */
export interface PlantTrap {
  readonly trapOid: string
  readonly varbinds: readonly {
    readonly oid: string
    /** Text, or a number as INTEGER. */
    readonly value: string | number
  }[]
}

const sysUpTime = parseOid('1.3.6.1.2.1.1.3.0')
const snmpTrapOid = parseOid('1.3.6.1.6.3.1.1.4.1.0')
const trapV2 = 0xa7
const version2c = 1

/** An SNMPv2-Trap (RFC 3416 section 4.2.6) as a datagram of its own. */
export const writeTrap = (
  { trapOid, varbinds }: PlantTrap,
  from: {
    readonly community: string
    readonly uptimeTicks: number
    readonly requestId: number
  },
): Uint8Array => {
  const writer = new BerWriter(4096)
  const varbind = (oid: ArrayLike<number>, write: () => void): void => {
    const mark = writer.openShort(tag.sequence)
    writer.octets(encodeOidContent(oid), tag.oid)
    write()
    writer.closeShort(mark)
  }
  const message = writer.open(tag.sequence)
  writer.integer(version2c)
  writer.text(from.community)
  const pdu = writer.open(trapV2)
  writer.integer(from.requestId)
  writer.integer(0)
  writer.integer(0)
  const list = writer.open(tag.sequence)
  varbind(sysUpTime, () => writer.integer(from.uptimeTicks, tag.timeTicks))
  varbind(snmpTrapOid, () => writer.octets(encodeOidContent(parseOid(trapOid)), tag.oid))
  for (const { oid, value } of varbinds) {
    varbind(parseOid(oid), () => {
      if (typeof value === 'number') writer.integer(value)
      else writer.text(value)
    })
  }
  for (const mark of [list, pdu, message]) writer.close(mark)
  return writer.bytes.slice(0, writer.at)
}
