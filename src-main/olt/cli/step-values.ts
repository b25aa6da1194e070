import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuService } from '../../../src-shared/domain/onu-config.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { assertNever } from '../../../src-shared/errors.ts'
import type { CliValues } from './cli-parameters.ts'
import type { Conditions } from './cli-schema.ts'

/** How a family numbers services: by the OLT, by their GEM port, or not at all. */
export type ServiceNumbers = 'assigned' | 'gem' | 'none'

export const addressValues = ({ shelf, slot, port, onuId }: OnuAddress): CliValues => ({
  shelf,
  slot,
  port,
  onuId,
})

const onOff = (value: boolean | null): string | null =>
  value === null ? null : value ? 'on' : 'off'

const serviceValues = (service: OnuService, numbers: ServiceNumbers): CliValues => ({
  serviceIndex: service.index ?? (numbers === 'gem' ? service.gemPort : null),
  vlan: service.vlan,
  userVlan: service.userVlan,
  gemPort: service.gemPort,
  upProfile: service.upProfile,
  downProfile: service.downProfile,
})

/** What a step has to say, by the names that cli.yaml uses. */
export const stepValues = (step: DeviceStep, numbers: ServiceNumbers): CliValues => {
  switch (step.kind) {
    case 'save':
      return {}
    case 'remove-onu':
    case 'reboot':
    case 'factory-reset':
      return addressValues(step.address)
    case 'add-onu':
    case 'describe':
    case 'set-profiles':
    case 'set-serial': {
      const { kind: _kind, address, ...texts } = step
      return { ...addressValues(address), ...texts }
    }
    case 'add-service':
    case 'remove-service':
      return { ...addressValues(step.address), ...serviceValues(step.service, numbers) }
    case 'set-eth-port': {
      const { port, mode, vlan, adminEnabled } = step.ethPort
      return {
        ...addressValues(step.address),
        ethPort: port,
        ethMode: mode,
        ethVlan: vlan,
        ethAdmin: onOff(adminEnabled),
      }
    }
    case 'set-admin':
      return { ...addressValues(step.address), enabled: onOff(step.enabled) }
    case 'set-wan': {
      const { mode, vlan, ip, mask, gateway, userName } = step.wan
      return {
        ...addressValues(step.address),
        wanMode: mode,
        wanVlan: vlan,
        wanIp: ip,
        wanMask: mask,
        wanGateway: gateway,
        wanUser: userName,
      }
    }
    case 'set-wifi': {
      const { index, ssid, enabled } = step.wifi
      return {
        ...addressValues(step.address),
        wifiIndex: index,
        ssid,
        wifiEnabled: onOff(enabled),
      }
    }
    default:
      return assertNever(step)
  }
}

const holdsWord = (value: string | number | null, word: string, values: CliValues): boolean => {
  // `=vlan`, `!vlan`: as another value, or not as it.
  if (word.startsWith('=')) return value === (values[word.slice(1)] ?? null)
  if (word.startsWith('!')) return value !== (values[word.slice(1)] ?? null)
  switch (word) {
    case 'given':
      return value !== null
    case 'absent':
      return value === null
    case 'empty':
      return value === ''
    case 'filled':
      return value !== null && value !== ''
    default:
      return value !== null && String(value) === word
  }
}

/** All conditions hold, each by one of its words. */
export const holds = (conditions: Conditions, values: CliValues): boolean =>
  Object.entries(conditions).every(([name, words]) =>
    (Array.isArray(words) ? words : [words]).some((word) =>
      holdsWord(values[name] ?? null, word, values),
    ),
  )
