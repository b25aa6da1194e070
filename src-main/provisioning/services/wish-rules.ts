import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'

/**
 * What becomes of a wish of billing beside what stands. Pure. Billing darkens what a person wants
 * bright: who does not pay is off. It never brightens what a person made dark: that had another
 * reason than money, and a person lifts it.
 */
export const besideWhatStands = (
  before: {
    readonly desired: ServiceState['desired']
    readonly source: ServiceState['source']
  } | null,
  wanted: ServiceState['desired'],
  /** As the network sees the ONU; `null`: it does not say. */
  seen: 'active' | 'suspended' | null,
): 'write' | 'same' | 'kept' => {
  // Nothing to switch, and nothing that would have to be lifted.
  if (before === null) return wanted === 'active' && seen === 'active' ? 'same' : 'write'
  if (before.desired === wanted) return 'same'
  if (before.source === 'billing') return 'write'
  return darkness[wanted] < darkness[before.desired] ? 'kept' : 'write'
}

const darkness = { active: 0, suspended: 1, removed: 2 } as const
