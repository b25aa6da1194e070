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
  'v3-enabled',
  'v3-user',
  'v3-auth',
  'v3-priv',
  'v3-level',
  'v3-clock',
  'algorithm',
] as const

export type ProbeCheck = (typeof probeChecks)[number]

const silence: readonly ProbeCheck[] = ['reach', 'port', 'firewall', 'community', 'acl', 'enabled']

export const checksFor = (code: ErrorCode): readonly ProbeCheck[] => {
  switch (code) {
    case 'olt-no-answer':
    case 'timeout':
      return silence
    case 'olt-no-route':
      return ['reach', 'address']
    case 'olt-no-snmp-answer-community':
      return ['community', 'acl', 'enabled', 'reach', 'port', 'firewall']
    case 'olt-no-snmp-answer-v3':
      return ['v3-enabled', 'acl', 'reach', 'port', 'firewall']
    case 'olt-v3-unknown-user':
      return ['v3-user', 'address']
    case 'olt-v3-wrong-auth':
      return ['v3-auth', 'v3-user']
    case 'olt-v3-wrong-priv':
      return ['v3-priv']
    case 'olt-v3-level-refused':
      return ['v3-level', 'v3-user']
    case 'olt-v3-clock':
      return ['v3-clock', 'address']
    case 'olt-v3-algorithm-missing':
      return ['algorithm']
    case 'olt-access-denied':
      return ['view', 'v3-level']
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
