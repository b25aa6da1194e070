import { assertNever } from '../../../src-shared/errors.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { sameService, type OnuConfig } from '../../../src-shared/domain/onu-config.ts'

/**
 * Whether a step has happened, by how the ONU reads now; null: reading does not tell. Asked where a
 * session was lost after a line had gone out.
 */
export const stepHappened = (step: DeviceStep, found: OnuConfig | null): boolean | null => {
  if (step.kind === 'save' || step.kind === 'reboot' || step.kind === 'factory-reset') return null
  if (step.kind === 'remove-onu') return found === null
  if (found === null) return step.kind === 'remove-service'
  switch (step.kind) {
    case 'add-onu':
      return found.serial === step.serial
    case 'set-serial':
      return found.serial === step.serial
    case 'describe':
      return both(fits(step.name, found.name), fits(step.description, found.description))
    case 'set-profiles':
      return both(
        fits(step.lineProfile, found.lineProfile),
        fits(step.serviceProfile, found.serviceProfile),
      )
    case 'add-service':
      return found.services?.some((one) => sameService(one, step.service)) ?? null
    case 'remove-service':
      return found.services === null
        ? null
        : !found.services.some((one) => sameService(one, step.service))
    case 'set-eth-port': {
      const port = found.ethPorts?.find(({ port: number }) => number === step.ethPort.port)
      if (port === undefined) return null
      return (
        port.mode === step.ethPort.mode &&
        port.vlan === step.ethPort.vlan &&
        (step.ethPort.adminEnabled === null || port.adminEnabled === step.ethPort.adminEnabled)
      )
    }
    case 'set-admin':
      return found.adminEnabled === null ? null : found.adminEnabled === step.enabled
    case 'set-wan':
      return found.wan === null
        ? null
        : found.wan.mode === step.wan.mode && found.wan.vlan === step.wan.vlan
    case 'set-wifi': {
      const wifi = found.wifi?.find(({ index }) => index === step.wifi.index)
      if (wifi === undefined) return null
      return wifi.ssid === step.wifi.ssid && wifi.enabled === step.wifi.enabled
    }
    default:
      return assertNever(step)
  }
}

/** Null: nothing was wanted of it, or it cannot be read. */
const fits = (wanted: string | null, found: string | null): boolean | null =>
  wanted === null || found === null ? null : wanted === found

const both = (one: boolean | null, other: boolean | null): boolean | null =>
  one === false || other === false ? false : (one ?? other)

/**
 * Saying such a step a second time makes nothing else of the ONU than saying it once. The others are
 * never said again unless reading back has shown that they did not happen.
 */
export const isRepeatable = (step: DeviceStep): boolean =>
  step.kind !== 'reboot' && step.kind !== 'factory-reset' && step.kind !== 'save'

/**
 * Seconds a subscriber is without service, by experience with ONUs in the field (ranging and OMCI
 * take about a minute, a reboot two); null: none. Of what lasts until it is taken back (delete,
 * disable) there is no number: null as well, and the risk tells.
 */
export const serviceLossOf = (steps: readonly DeviceStep[]): number | null => {
  const comesBack = steps.some(({ kind }) => kind === 'add-onu')
  const removed = steps.some(({ kind }) => kind === 'remove-onu')
  // Nobody had service before.
  if (comesBack && !removed) return null
  const seconds = steps.map((step) => {
    switch (step.kind) {
      case 'remove-onu':
        return comesBack ? 90 : 0
      case 'remove-service':
        return removed && !comesBack ? 0 : 10
      case 'set-serial':
        return 90
      case 'set-profiles':
        return 60
      case 'reboot':
        return 120
      case 'factory-reset':
        return 180
      case 'set-eth-port':
        return removed ? 0 : 5
      case 'set-wan':
        return removed ? 0 : 30
      case 'set-wifi':
        return removed ? 0 : 10
      case 'add-onu':
      case 'add-service':
      case 'describe':
      case 'set-admin':
      case 'save':
        return 0
      default:
        return assertNever(step)
    }
  })
  const news = comesBack && !removed
  let total = 0
  for (const one of seconds) total += one
  return total === 0 || news ? null : total
}
