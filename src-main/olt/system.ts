import { NocturneError } from '../../src-shared/errors.ts'
import { cleanDeviceText } from './family/device-text.ts'
import type { SnmpSession } from './snmp/session.ts'
import type { SnmpValue } from './snmp/snmp-value.ts'

/** The system group (SNMPv2-MIB): what every agent says of itself. */
export interface OltSystem {
  readonly sysName: string | null
  readonly sysDescr: string | null
  /** "1.3.6.1.4.1.2011.2.123", without the leading dot that some agents add. */
  readonly sysObjectId: string | null
  readonly upTimeS: number | null
}

const oids = ['1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.2.0', '1.3.6.1.2.1.1.3.0']

/** Errors: those of `SnmpSession.get`; `olt-answer-garbage` when the agent says nothing of itself. */
export const readSystem = async (
  session: SnmpSession,
  signal?: AbortSignal,
): Promise<OltSystem> => {
  const [name, descr, objectId, upTime] = await session.get(oids, signal)
  const system: OltSystem = {
    sysName: textOf(name),
    sysDescr: textOf(descr),
    sysObjectId: objectId?.kind === 'oid' ? objectId.value.replace(/^\./u, '') : null,
    upTimeS: upTime?.kind === 'number' ? Math.floor(upTime.value / 100) : null,
  }
  if (system.sysDescr === null && system.sysObjectId === null) {
    throw new NocturneError('olt-answer-garbage', { host: session.host, port: session.port })
  }
  return system
}

const textOf = (value: SnmpValue | undefined): string | null => {
  if (value?.kind !== 'octets') return null
  const text = cleanDeviceText(value.value, 0, value.value.length)
  return text === '' ? null : text
}
