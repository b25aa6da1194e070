import type { ErrorCode } from '../../../src-shared/errors.ts'

/** What to look at after a test that failed, the likeliest first. */
export const probeChecks = [
  'reach',
  'community',
  'acl',
  'enabled',
  'port',
  'firewall',
  'name',
  'view',
  'load',
  'firmware',
  'loss',
  'address',
] as const

export type ProbeCheck = (typeof probeChecks)[number]

const silence: readonly ProbeCheck[] = ['reach', 'port', 'firewall', 'community', 'acl', 'enabled']

export const checksFor = (code: ErrorCode): readonly ProbeCheck[] => {
  switch (code) {
    case 'olt-no-answer':
    case 'timeout':
      return silence
    case 'olt-no-snmp-answer-community':
      return ['community', 'acl', 'enabled', 'reach', 'port', 'firewall']
    case 'olt-host-unresolvable':
      return ['name']
    case 'olt-port-closed':
      return ['port', 'enabled', 'address']
    case 'olt-walk-looped':
      return ['firmware', 'address']
    case 'olt-walk-too-long':
      return ['load', 'loss', 'firmware']
    case 'olt-answer-garbage':
      return ['address', 'port', 'firmware']
    case 'olt-silent-mid-walk':
      return ['load', 'loss', 'firewall', 'view']
    case 'olt-too-big':
      return ['address', 'firmware']
    case 'olt-not-an-olt':
      return ['address']
    default:
      return []
  }
}
