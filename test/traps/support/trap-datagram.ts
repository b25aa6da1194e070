import { writeOid, writeValue, type WireValue } from '../../olt/support/ber-writer.ts'

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const head =
    content.length < 128
      ? [tag, content.length]
      : [tag, 0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from(head), content])
}

const arcsOf = (oid: string): number[] => oid.split('.').map(Number)
const integer = (value: number): Buffer => writeValue({ type: 'integer', value })
const varbind = (oid: string, value: WireValue): Buffer =>
  tlv(0x30, tlv(0x06, writeOid(arcsOf(oid))), writeValue(value))

/** An SNMPv2c trap or inform, by a writer that shares nothing with the decoder. */
export const trapDatagram = (
  trapOid: string,
  varbinds: readonly (readonly [string, WireValue])[] = [],
  kind: 'trap' | 'inform' = 'trap',
): Buffer =>
  tlv(
    0x30,
    integer(1),
    tlv(0x04, Buffer.from('public')),
    tlv(
      kind === 'trap' ? 0xa7 : 0xa6,
      integer(77),
      integer(0),
      integer(0),
      tlv(
        0x30,
        varbind('1.3.6.1.2.1.1.3.0', { type: 'timeTicks', value: 4711 }),
        varbind('1.3.6.1.6.3.1.1.4.1.0', { type: 'oid', value: arcsOf(trapOid) }),
        ...varbinds.map(([oid, value]) => varbind(oid, value)),
      ),
    ),
  )

/** An SNMPv1 trap, enterprise specific. */
export const v1TrapDatagram = (enterprise: string, specific: number): Buffer =>
  tlv(
    0x30,
    integer(0),
    tlv(0x04, Buffer.from('public')),
    tlv(
      0xa4,
      tlv(0x06, writeOid(arcsOf(enterprise))),
      tlv(0x40, Buffer.from([10, 1, 2, 3])),
      integer(6),
      integer(specific),
      writeValue({ type: 'timeTicks', value: 4711 }),
      tlv(0x30, varbind(`${enterprise}.1.7`, { type: 'octets', value: Buffer.from('x') })),
    ),
  )
