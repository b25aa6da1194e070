import {
  configDifferences,
  configPartText,
  onuConfigParts,
  type OnuConfig,
  type OnuConfigDifference,
  type OnuConfigPart,
  type OnuService,
  type OnuWan,
} from '../../../src-shared/domain/onu-config.ts'

/** What a plan changes, as people read it; null: it is not there. */
export const plannedDifferences = (
  before: OnuConfig | null,
  after: OnuConfig | null,
): readonly OnuConfigDifference[] =>
  onuConfigParts.flatMap((part) => {
    const texts = {
      before: before === null ? '' : configPartText(before, part),
      after: after === null ? '' : configPartText(after, part),
    }
    // A part that is null afterwards is left alone, not emptied.
    const stays = after !== null && after[part] === null
    return stays || texts.before === texts.after ? [] : [{ part, ...texts }]
  })

/**
 * Where what was read back is not what was wanted (`before`: wanted, `after`: found). What was not
 * named (a port, a limit of a service) or cannot be read is not held against it.
 */
export const readBackDifferences = (
  wanted: OnuConfig | null,
  found: OnuConfig | null,
): readonly OnuConfigDifference[] => {
  if (wanted === null) {
    return found === null ? [] : [{ part: 'serial', before: '', after: found.serial }]
  }
  if (found === null) return [{ part: 'serial', before: wanted.serial, after: '' }]
  return configDifferences(wanted, asFarAsWanted(wanted, found))
}

const asFarAsWanted = (wanted: OnuConfig, found: OnuConfig): OnuConfig => ({
  ...found,
  services: found.services?.map((service) => limitsAsWanted(wanted, service)) ?? null,
  ethPorts:
    found.ethPorts?.flatMap((port) => {
      const one = wanted.ethPorts?.find(({ port: number }) => number === port.port)
      if (one === undefined) return []
      return [one.adminEnabled === null ? { ...port, adminEnabled: null } : port]
    }) ?? null,
  wan: wanted.wan === null || found.wan === null ? found.wan : readable(wanted.wan, found.wan),
  wifi: found.wifi?.filter(({ index }) => wanted.wifi?.some((one) => one.index === index)) ?? null,
})

const limitsAsWanted = (wanted: OnuConfig, service: OnuService): OnuService => {
  const like = wanted.services?.find(
    ({ vlan, userVlan, gemPort }) =>
      vlan === service.vlan && userVlan === service.userVlan && gemPort === service.gemPort,
  )
  return like === undefined
    ? service
    : {
        ...service,
        upProfile: like.upProfile === null ? null : service.upProfile,
        downProfile: like.downProfile === null ? null : service.downProfile,
      }
}

const readable = (wanted: OnuWan, found: OnuWan): OnuWan => ({
  mode: found.mode,
  vlan: found.vlan ?? wanted.vlan,
  ip: found.ip ?? wanted.ip,
  mask: found.mask ?? wanted.mask,
  gateway: found.gateway ?? wanted.gateway,
  userName: found.userName ?? wanted.userName,
})

/** Parts that are another's doing: the plan does not touch them, and they are not as they were. */
export const foreignParts = (
  before: OnuConfig | null,
  after: OnuConfig | null,
  found: OnuConfig,
): readonly OnuConfigPart[] => {
  if (found.serial !== before?.serial && found.serial !== after?.serial) return ['serial']
  if (before === null || after === null || mayBeMadeAnew(before, after)) return []
  return configDifferences(before, found)
    .map(({ part }) => part)
    .filter(
      (part) =>
        part !== 'serial' &&
        (after[part] === null || configPartText(before, part) === configPartText(after, part)),
    )
}

/** On the way it may be gone, and back with nothing on it: no part tells of a stranger. */
const mayBeMadeAnew = (before: OnuConfig, after: OnuConfig): boolean =>
  before.serial !== after.serial || before.onuType !== after.onuType

/** Two readings of one ONU say the same. */
export const sameConfig = (one: OnuConfig | null, other: OnuConfig | null): boolean =>
  one === null || other === null ? one === other : configDifferences(one, other).length === 0
