import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { DeviceStepKind } from '../../../src-shared/domain/device-steps.ts'
import type { SettingsGroup } from '../provisioning-form/settings-fields.tsx'

/** What can be done to an ONU that stands configured, and why not. */

export const onuActs = [
  'describe',
  'speed',
  'profiles',
  'services',
  'ethPorts',
  'wan',
  'wifi',
  'enable',
  'disable',
  'suspend',
  'resume',
  'reboot',
  'factory-reset',
  'move',
  'replace',
  'resync',
  'delete',
] as const
export type OnuAct = (typeof onuActs)[number]

/** As they stand in a menu, a line between the groups. */
export const actGroups: readonly (readonly OnuAct[])[] = [
  ['describe', 'speed', 'profiles', 'services', 'ethPorts', 'wan', 'wifi'],
  ['suspend', 'resume', 'enable', 'disable'],
  ['reboot', 'factory-reset'],
  ['move', 'replace', 'resync', 'delete'],
]

/** Done to several at once as well. */
export const batchActs: ReadonlySet<OnuAct> = new Set<OnuAct>([
  'describe',
  'speed',
  'profiles',
  'services',
  'ethPorts',
  'enable',
  'disable',
  'suspend',
  'resume',
  'reboot',
  'factory-reset',
  'resync',
  'delete',
])

/** Any one of them will do. */
const stepsOf: Readonly<Record<OnuAct, readonly DeviceStepKind[]>> = {
  describe: ['describe'],
  speed: ['set-profiles', 'add-service'],
  profiles: ['set-profiles'],
  services: ['add-service'],
  ethPorts: ['set-eth-port'],
  wan: ['set-wan'],
  wifi: ['set-wifi'],
  enable: ['set-admin'],
  disable: ['set-admin'],
  suspend: ['set-admin'],
  resume: ['set-admin'],
  reboot: ['reboot'],
  'factory-reset': ['factory-reset'],
  move: ['add-onu'],
  replace: ['set-serial', 'add-onu'],
  resync: ['set-profiles', 'describe', 'add-service'],
  delete: ['remove-onu'],
}

const needsOnline: ReadonlySet<OnuAct> = new Set<OnuAct>(['reboot', 'factory-reset'])

export interface ActFacts {
  /** Undefined: not known yet. Null: the family has no CLI profile. */
  readonly steps: readonly DeviceStepKind[] | null | undefined
  readonly obstacle: Problem | null
  readonly online: boolean
  /** Null: not known. */
  readonly adminEnabled: boolean | null
  readonly hasRecord: boolean
}

export type ActReason = Problem | 'isOn' | 'isOff' | 'waits' | 'tooMany' | null

/** Why it cannot be done now; null: it can. */
export const reasonAgainst = (act: OnuAct, facts: ActFacts): ActReason => {
  const { steps, obstacle, online, adminEnabled, hasRecord } = facts
  if (steps === undefined) return 'waits'
  if (steps === null || !stepsOf[act].some((step) => steps.includes(step))) {
    return { code: 'cli-family-cannot', params: {} }
  }
  if (obstacle !== null) return obstacle
  if (needsOnline.has(act) && !online) return { code: 'onu-offline', params: {} }
  if ((act === 'enable' || act === 'resume') && adminEnabled === true) return 'isOn'
  if ((act === 'disable' || act === 'suspend') && adminEnabled === false) return 'isOff'
  if (act === 'resync' && !hasRecord) return { code: 'plan-no-record', params: {} }
  return null
}

/** Acts that need nothing said: the plan is the question. */
export const plainChange = (act: OnuAct): OnuChange | null => {
  switch (act) {
    case 'enable':
    case 'disable':
    case 'suspend':
    case 'resume':
    case 'reboot':
    case 'factory-reset':
    case 'delete':
    case 'resync':
      return { kind: act }
    default:
      return null
  }
}

/** Which settings an act is about; null: none. */
export const groupOf = (act: OnuAct): SettingsGroup | null => {
  switch (act) {
    case 'describe':
      return 'texts'
    case 'profiles':
    case 'services':
    case 'ethPorts':
    case 'wan':
    case 'wifi':
      return act
    default:
      return null
  }
}
