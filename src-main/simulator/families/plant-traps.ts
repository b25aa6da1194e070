import type { OltModel, PonPort } from '../population/olt-model.ts'
import type { PlantTrap } from '../snmp/trap-message.ts'
import { serialText } from './cell-writers.ts'
import { gponIfIndex } from './huawei-index.ts'
import { address, customerCode, modelOf } from './onu-cells.ts'
import { newTreeIndex } from './zte-index.ts'

/** What has happened at an OLT since it was last looked at. */
export type PlantNews =
  | { readonly kind: 'onu'; readonly onu: number; readonly up: boolean }
  | { readonly kind: 'pon'; readonly pon: PonPort; readonly up: boolean }
  | { readonly kind: 'found' }

/** The traps a family sends for it, as far as facts/olt.md knows them; often none. */
export const trapsOf = (olt: OltModel, news: PlantNews): readonly PlantTrap[] => {
  switch (olt.scenario.family) {
    case 'huawei-smartax':
      return huaweiTraps(news)
    case 'zte-c300':
    case 'zte-c600':
      return zteTraps(olt, news)
    case 'cdata-gpon':
      return bareTrap(news, '1.3.6.1.4.1.34592.1.3.6.0.7')
    case 'bdcom-epon':
      return bareTrap(news, '1.3.6.1.4.1.3320.101.17.4.1')
    // its one trap for everything is known by its objects, not by its own name
    case 'vsol-v1600g':
      return []
  }
}

/** facts/olt.md 4 and 5: one source, which does not say what comes along. */
const bareTrap = (news: PlantNews, trapOid: string): readonly PlantTrap[] =>
  news.kind === 'onu' ? [{ trapOid, varbinds: [] }] : []

const zteOnus = '1.3.6.1.4.1.3902.1082.500.10.2.3.3.1'
const zteEvents = '1.3.6.1.4.1.3902.1082.500.10.3.1'

/** facts/olt.md 2.4: offline .9, online .10, with type, name, description and serial number. */
const zteTraps = (olt: OltModel, news: PlantNews): readonly PlantTrap[] => {
  if (news.kind !== 'onu') return []
  const { onus, pons, quirks } = olt
  const { onu, up } = news
  const pon = pons[onus.pon[onu] as number] as PonPort
  const row = `${newTreeIndex(pon.slot, pon.port)}.${onus.onuId[onu] as number}`
  const serial = serialText(onus.serialVendor[onu] as number, onus.serialNumber[onu] as number)
  return [
    {
      trapOid: `${zteEvents}.${up ? 10 : 9}`,
      varbinds: [
        { oid: `${zteOnus}.2.${row}`, value: customerCode(olt, onu) },
        { oid: `${zteOnus}.1.${row}`, value: `ZTE-${modelOf(olt, onu).equipment}` },
        { oid: `${zteOnus}.3.${row}`, value: address(olt, onu) },
        { oid: `${zteOnus}.18.${row}`, value: quirks.serialTextPrefix + serial },
      ],
    },
  ]
}

const huaweiEvents = '1.3.6.1.4.1.2011.6.128.1.1.12.3.0'
const ifEntry = '1.3.6.1.2.1.2.2.1'
const linkDown = '1.3.6.1.6.3.1.1.5.3'
const linkUp = '1.3.6.1.6.3.1.1.5.4'

/**
 * facts/olt.md 1.5: which trap says that an ONT went is not known, so the nearest that is known goes
 * out, bare; a PON port says it by the notification of IF-MIB (RFC 2863).
 */
const huaweiTraps = (news: PlantNews): readonly PlantTrap[] => {
  switch (news.kind) {
    case 'onu':
      return [{ trapOid: `${huaweiEvents}.51`, varbinds: [] }]
    case 'found':
      return [{ trapOid: `${huaweiEvents}.2`, varbinds: [] }]
    case 'pon': {
      const index = gponIfIndex(news.pon)
      return [
        {
          trapOid: news.up ? linkUp : linkDown,
          varbinds: [
            // An InterfaceIndex is signed on the wire (RFC 2863), and this one has 32 bits.
            { oid: `${ifEntry}.1.${index}`, value: index | 0 },
            { oid: `${ifEntry}.7.${index}`, value: 1 },
            { oid: `${ifEntry}.8.${index}`, value: news.up ? 1 : 2 },
          ],
        },
      ]
    }
  }
}
