import type { OltFamily } from '../olt/family/load-families.ts'
import { wipeCredentials } from '../olt/poller/snmp-credentials.ts'
import type { SnmpCredentials } from '../olt/snmp/session.ts'
import { testOlt, type OltTestResult } from '../olt/test-olt.ts'

/** `probe`: what is this host? Asks over SNMP, saves nothing, needs no workspace. */
export const probe = (options: {
  readonly host: string
  readonly port: number
  /** Wiped when the answer is there. */
  readonly access: SnmpCredentials
  readonly families: readonly OltFamily[]
  readonly onStep: (step: string) => void
}): Promise<OltTestResult> =>
  testOlt({
    host: options.host,
    port: options.port,
    ...options.access,
    timeoutMs: 3000,
    retries: 2,
    families: options.families,
    onProgress: ({ step, onus }) => options.onStep(onus > 0 ? `${step}: ${onus} ONUs` : step),
  }).finally(() => wipeCredentials(options.access))

export const probeLines = (result: OltTestResult): string[] => {
  switch (result.kind) {
    case 'recognised':
      return [
        `${result.title} (${result.model})`,
        result.reason,
        `name ${result.system.sysName ?? '–'}, ${result.onus} ONUs (${result.online} online), ${result.unconfigured} unconfigured`,
        ...result.pons.map((pon) => `  ${pon.address.padEnd(10)} ${pon.online}/${pon.onus}`),
      ]
    case 'unknown-family':
      return [
        'an OLT of a family that is not known here',
        `sysObjectID ${result.system.sysObjectId ?? '–'}`,
        `sysDescr    ${result.system.sysDescr ?? '–'}`,
        `${result.interfaces.length} interfaces`,
      ]
    case 'not-an-olt':
      return ['answers SNMP, but is no OLT', `sysDescr ${result.system.sysDescr ?? '–'}`]
    case 'failed':
      return [`${result.code} ${JSON.stringify(result.params)} (at: ${result.step})`]
  }
}
