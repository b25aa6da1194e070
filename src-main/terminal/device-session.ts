import { wipeCredentials } from '../olt/poller/snmp-credentials.ts'
import { openSnmpSession, type SnmpCredentials, type SnmpSession } from '../olt/snmp/session.ts'

export interface DeviceAddress {
  readonly host: string
  readonly port: number
  /** Wiped when the work is done. */
  readonly access: SnmpCredentials
}

export type OpenDevice = (device: DeviceAddress) => Promise<SnmpSession>

const openDevice: OpenDevice = ({ host, port, access }) =>
  openSnmpSession({ host, port, ...access, timeoutMs: 3000, retries: 2 })

/** One session with a device for as long as `work` lasts. Errors: those of opening it and of `work`. */
export const withDevice = async <Result>(
  device: DeviceAddress,
  work: (session: SnmpSession) => Promise<Result>,
  open: OpenDevice = openDevice,
): Promise<Result> => {
  try {
    const session = await open(device)
    try {
      return await work(session)
    } finally {
      session.close()
    }
  } finally {
    wipeCredentials(device.access)
  }
}
