import {
  configPartText,
  sameService,
  type OnuConfig,
  type OnuConfigPart,
  type OnuPlaceOnOlt,
  type OnuService,
} from '../../../src-shared/domain/onu-config.ts'
import type { DeviceStep, DeviceStepKind } from '../../../src-shared/domain/device-steps.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'

/**
 * The heart of a change: from how an ONU is set to how it shall be, as steps its OLT's family can
 * say. Pure. A part that is null in `after` is left alone; one that is null in `before` is not known
 * and is said again. Going back is the same function with the two swapped.
 */

/** Steps that a family knows how to say, and what adding needs. */
export interface StepAbilities {
  readonly steps: readonly DeviceStepKind[]
  readonly needs: readonly ('onuType' | 'lineProfile' | 'serviceProfile')[]
}

/** Of a family that cannot be configured. */
export const noAbilities: StepAbilities = { steps: [], needs: [] }

export interface PlannedSteps {
  readonly steps: readonly DeviceStep[]
  /** Parts that differ and that the family cannot bring about. */
  readonly cannot: readonly { readonly part: OnuConfigPart; readonly problem: Problem }[]
}

const nothing: PlannedSteps = { steps: [], cannot: [] }

const familyCannot = (step: DeviceStepKind): Problem => ({
  code: 'cli-family-cannot',
  params: { step },
})

/** Steps that bring the ONU at `address` from `before` to `after`; null: it is not there. */
export const planSteps = (
  before: OnuConfig | null,
  after: OnuConfig | null,
  address: OnuAddress,
  abilities: StepAbilities,
): PlannedSteps => {
  if (before === null && after === null) return nothing
  if (before === null) return planAdding(after!, address, abilities)
  if (after === null) return planRemoving(before, address, abilities)
  return needsAnew(before, after, abilities)
    ? joined(
        planRemoving(before, address, abilities),
        planAdding(withKnownOf(after, before), address, abilities),
      )
    : planChanging(before, after, address, abilities)
}

/** Of an ONU that shall be elsewhere: taken away there, then put here. */
export const planMove = (
  from: { readonly place: OnuPlaceOnOlt; readonly config: OnuConfig | null },
  to: {
    readonly place: OnuPlaceOnOlt
    readonly now: OnuConfig | null
    readonly config: OnuConfig | null
  },
  abilitiesOf: (oltId: string) => StepAbilities,
): readonly { readonly oltId: string; readonly planned: PlannedSteps }[] => [
  {
    oltId: from.place.oltId,
    planned: planSteps(from.config, null, from.place.address, abilitiesOf(from.place.oltId)),
  },
  {
    oltId: to.place.oltId,
    planned: planSteps(to.now, to.config, to.place.address, abilitiesOf(to.place.oltId)),
  },
]

/** Whether what differs can only be had by taking the ONU off the OLT and adding it again. */
export const needsAnew = (before: OnuConfig, after: OnuConfig, abilities: StepAbilities): boolean =>
  (before.serial !== after.serial && !abilities.steps.includes('set-serial')) ||
  (before.onuType !== null && after.onuType !== null && before.onuType !== after.onuType)

/** What `config` leaves open, as it is in `known`: what is taken away must be put back whole. */
const withKnownOf = (config: OnuConfig, known: OnuConfig): OnuConfig => ({
  serial: config.serial,
  onuType: config.onuType ?? known.onuType,
  lineProfile: config.lineProfile ?? known.lineProfile,
  serviceProfile: config.serviceProfile ?? known.serviceProfile,
  name: config.name ?? known.name,
  description: config.description ?? known.description,
  adminEnabled: config.adminEnabled ?? known.adminEnabled,
  services: config.services ?? known.services,
  ethPorts: config.ethPorts ?? known.ethPorts,
  wan: config.wan ?? known.wan,
  wifi: config.wifi ?? known.wifi,
})

const joined = (...all: readonly PlannedSteps[]): PlannedSteps => ({
  steps: all.flatMap(({ steps }) => steps),
  cannot: all.flatMap(({ cannot }) => cannot),
})

/** Keeps the steps the family can say; of the others, the part that stays undone. */
const allowed = (
  wanted: readonly { readonly step: DeviceStep; readonly part: OnuConfigPart }[],
  { steps: known }: StepAbilities,
): PlannedSteps => {
  const steps: DeviceStep[] = []
  const cannot = new Map<OnuConfigPart, Problem>()
  for (const { step, part } of wanted) {
    if (known.includes(step.kind)) steps.push(step)
    else cannot.set(part, familyCannot(step.kind))
  }
  return { steps, cannot: [...cannot].map(([part, problem]) => ({ part, problem })) }
}

const planAdding = (
  after: OnuConfig,
  address: OnuAddress,
  abilities: StepAbilities,
): PlannedSteps => {
  if (!abilities.steps.includes('add-onu')) {
    return { steps: [], cannot: [{ part: 'serial', problem: familyCannot('add-onu') }] }
  }
  const missing = abilities.needs.filter((part) => after[part] === null)
  if (missing.length > 0) {
    return {
      steps: [],
      cannot: missing.map((part) => ({
        part,
        problem: { code: 'settings-incomplete', params: { needs: part } },
      })),
    }
  }
  const { serial, onuType, lineProfile, serviceProfile, name, description } = after
  const add: DeviceStep = {
    kind: 'add-onu',
    address,
    serial,
    onuType,
    lineProfile,
    serviceProfile,
    name,
    description,
  }
  return joined(
    { steps: [add], cannot: [] },
    allowed(
      [
        ...(after.services ?? []).map((service) => addService(address, service)),
        ...(after.ethPorts ?? []).map((ethPort) => setEthPort(address, ethPort)),
        ...(after.wan === null ? [] : [setWan(address, after.wan)]),
        ...(after.wifi ?? []).map((wifi) => setWifi(address, wifi)),
        ...(after.adminEnabled === false ? [setAdmin(address, false)] : []),
      ],
      abilities,
    ),
  )
}

const planRemoving = (
  before: OnuConfig,
  address: OnuAddress,
  abilities: StepAbilities,
): PlannedSteps => {
  if (!abilities.steps.includes('remove-onu')) {
    return { steps: [], cannot: [{ part: 'serial', problem: familyCannot('remove-onu') }] }
  }
  const services = abilities.steps.includes('remove-service') ? (before.services ?? []) : []
  return {
    steps: [
      ...services.map((service) => removeService(address, service).step),
      { kind: 'remove-onu', address },
    ],
    cannot: [],
  }
}

const planChanging = (
  before: OnuConfig,
  after: OnuConfig,
  address: OnuAddress,
  abilities: StepAbilities,
): PlannedSteps => {
  const changed = (part: OnuConfigPart): boolean => partChanges(before, after, part)
  const texts = { name: changed('name'), description: changed('description') }
  const profiles = { line: changed('lineProfile'), service: changed('serviceProfile') }
  const had = changed('services') ? (before.services ?? []) : []
  const wanted = changed('services') ? (after.services ?? []) : []
  const on = changed('adminEnabled') && after.adminEnabled === true
  const off = changed('adminEnabled') && after.adminEnabled === false
  return allowed(
    [
      ...(on ? [setAdmin(address, true)] : []),
      ...lacking(had, wanted).map((service) => removeService(address, service)),
      ...(before.serial === after.serial
        ? []
        : [
            {
              step: { kind: 'set-serial', address, serial: after.serial },
              part: 'serial',
            } as const,
          ]),
      ...(profiles.line || profiles.service
        ? [
            {
              step: {
                kind: 'set-profiles',
                address,
                lineProfile: profiles.line ? after.lineProfile : null,
                serviceProfile: profiles.service ? after.serviceProfile : null,
              },
              part: profiles.line ? 'lineProfile' : 'serviceProfile',
            } as const,
          ]
        : []),
      ...(texts.name || texts.description
        ? [
            {
              step: {
                kind: 'describe',
                address,
                name: texts.name ? after.name : null,
                description: texts.description ? after.description : null,
              },
              part: texts.name ? 'name' : 'description',
            } as const,
          ]
        : []),
      ...lacking(wanted, had).map((service) => addService(address, service)),
      ...changedEthPorts(before, after).map((ethPort) => setEthPort(address, ethPort)),
      ...(changed('wan') && after.wan !== null ? [setWan(address, after.wan)] : []),
      ...changedWifi(before, after).map((wifi) => setWifi(address, wifi)),
      ...(off ? [setAdmin(address, false)] : []),
    ],
    abilities,
  )
}

const partChanges = (before: OnuConfig, after: OnuConfig, part: OnuConfigPart): boolean =>
  after[part] !== null &&
  (before[part] === null || configPartText(before, part) !== configPartText(after, part))

/** Those of `one` that `other` has not, each as often as it is missing. */
const lacking = (
  one: readonly OnuService[],
  other: readonly OnuService[],
): readonly OnuService[] => {
  const left = [...other]
  return one.filter((service) => {
    const at = left.findIndex((candidate) => sameService(candidate, service))
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}

/** A port that is not named stays as it is; so does its switch where it is not told. */
const changedEthPorts = (before: OnuConfig, after: OnuConfig) =>
  (after.ethPorts ?? []).filter((port) => {
    const had = before.ethPorts?.find((one) => one.port === port.port)
    return (
      had === undefined ||
      had.mode !== port.mode ||
      had.vlan !== port.vlan ||
      (port.adminEnabled !== null && had.adminEnabled !== port.adminEnabled)
    )
  })

const changedWifi = (before: OnuConfig, after: OnuConfig) =>
  (after.wifi ?? []).filter((wifi) => {
    const had = before.wifi?.find((one) => one.index === wifi.index)
    return had === undefined || had.ssid !== wifi.ssid || had.enabled !== wifi.enabled
  })

const addService = (address: OnuAddress, service: OnuService) =>
  ({ step: { kind: 'add-service', address, service }, part: 'services' }) as const
const removeService = (address: OnuAddress, service: OnuService) =>
  ({ step: { kind: 'remove-service', address, service }, part: 'services' }) as const
const setEthPort = (address: OnuAddress, ethPort: NonNullable<OnuConfig['ethPorts']>[number]) =>
  ({ step: { kind: 'set-eth-port', address, ethPort }, part: 'ethPorts' }) as const
const setWan = (address: OnuAddress, wan: NonNullable<OnuConfig['wan']>) =>
  ({ step: { kind: 'set-wan', address, wan }, part: 'wan' }) as const
const setWifi = (address: OnuAddress, wifi: NonNullable<OnuConfig['wifi']>[number]) =>
  ({ step: { kind: 'set-wifi', address, wifi }, part: 'wifi' }) as const
const setAdmin = (address: OnuAddress, enabled: boolean) =>
  ({ step: { kind: 'set-admin', address, enabled }, part: 'adminEnabled' }) as const
