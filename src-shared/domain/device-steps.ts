import type { OnuAddress } from './onu-address.ts'
import type { OnuEthPort, OnuService, OnuWan, OnuWifi } from './onu-config.ts'

/**
 * The closed set of what the console can do to an ONU on its OLT: one step is one act that a family
 * knows how to say (assets/olt-families/<family>/cli.yaml, `steps`), as CLI lines or SNMP sets.
 * Bigger wishes (authorise, move, replace, resync) are sequences of these.
 */
export type DeviceStep =
  | {
      readonly kind: 'add-onu'
      readonly address: OnuAddress
      readonly serial: string
      readonly onuType: string | null
      readonly lineProfile: string | null
      readonly serviceProfile: string | null
      readonly name: string | null
      readonly description: string | null
    }
  | { readonly kind: 'remove-onu'; readonly address: OnuAddress }
  | {
      readonly kind: 'describe'
      readonly address: OnuAddress
      /** Null: stays as it is. */
      readonly name: string | null
      readonly description: string | null
    }
  | {
      readonly kind: 'set-profiles'
      readonly address: OnuAddress
      /** Null: stays as it is. */
      readonly lineProfile: string | null
      readonly serviceProfile: string | null
    }
  | { readonly kind: 'add-service'; readonly address: OnuAddress; readonly service: OnuService }
  | { readonly kind: 'remove-service'; readonly address: OnuAddress; readonly service: OnuService }
  | { readonly kind: 'set-eth-port'; readonly address: OnuAddress; readonly ethPort: OnuEthPort }
  | { readonly kind: 'set-admin'; readonly address: OnuAddress; readonly enabled: boolean }
  | { readonly kind: 'set-serial'; readonly address: OnuAddress; readonly serial: string }
  | { readonly kind: 'set-wan'; readonly address: OnuAddress; readonly wan: OnuWan }
  | { readonly kind: 'set-wifi'; readonly address: OnuAddress; readonly wifi: OnuWifi }
  | { readonly kind: 'reboot'; readonly address: OnuAddress }
  | { readonly kind: 'factory-reset'; readonly address: OnuAddress }
  /** Writes the running configuration of the OLT to its start-up memory. */
  | { readonly kind: 'save' }

export const deviceStepKinds = [
  'add-onu',
  'remove-onu',
  'describe',
  'set-profiles',
  'add-service',
  'remove-service',
  'set-eth-port',
  'set-admin',
  'set-serial',
  'set-wan',
  'set-wifi',
  'reboot',
  'factory-reset',
  'save',
] as const satisfies readonly DeviceStep['kind'][]

export type DeviceStepKind = (typeof deviceStepKinds)[number]

/**
 * `read`: nobody notices. `disruptive`: somebody loses service for a while or until it is taken
 * back. `destructive`: what is lost cannot be brought back by the inverse alone.
 */
export const risks = ['read', 'disruptive', 'destructive'] as const
export type Risk = (typeof risks)[number]

export const worstRisk = (list: Iterable<Risk>): Risk => {
  let worst: Risk = 'read'
  for (const one of list) if (risks.indexOf(one) > risks.indexOf(worst)) worst = one
  return worst
}

/** By what a step does to the subscriber; a family may make it worse, never milder. */
export const riskOfStep = (step: DeviceStep): Risk => {
  switch (step.kind) {
    case 'add-onu':
    case 'describe':
    case 'save':
    case 'add-service':
      return 'read'
    case 'set-admin':
      return step.enabled ? 'read' : 'disruptive'
    case 'set-profiles':
    case 'remove-service':
    case 'set-eth-port':
    case 'set-serial':
    case 'set-wan':
    case 'set-wifi':
    case 'reboot':
      return 'disruptive'
    case 'remove-onu':
    case 'factory-reset':
      return 'destructive'
  }
}

/** More ONUs than this are confirmed by their number. */
const countToType = 10

/**
 * How a plan is confirmed outside the page (facts/security.md row 31): what nobody notices on one
 * ONU not at all; what is lost for good by the OLT's name, or by the number of ONUs where there are
 * many of either.
 */
export const confirmationOf = (
  risk: Risk,
  onus: number,
  olts: number,
): 'none' | 'confirm' | 'type-name' | 'type-count' => {
  if (onus > countToType) return 'type-count'
  if (risk === 'destructive') return olts > 1 ? 'type-count' : 'type-name'
  return risk === 'read' && onus <= 1 ? 'none' : 'confirm'
}
