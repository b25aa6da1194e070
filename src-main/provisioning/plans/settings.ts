import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfig, OnuService } from '../../../src-shared/domain/onu-config.ts'
import { formatPon, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'

/** What the texts of settings may speak of. */
export interface SettingsPlace {
  readonly serial: string
  readonly oltName: string
  readonly address: OnuAddress
}

/** What stands for a speed of the console on one OLT; null: left as it is. */
export interface SpeedOnOlt {
  readonly lineProfile: string | null
  readonly serviceProfile: string | null
  readonly upProfile: string | null
  readonly downProfile: string | null
}

export type Settled =
  | { readonly kind: 'settled'; readonly config: OnuConfig }
  | { readonly kind: 'refused'; readonly problem: Problem }

const unknownConfig = (serial: string): OnuConfig => ({
  serial,
  onuType: null,
  lineProfile: null,
  serviceProfile: null,
  name: null,
  description: null,
  adminEnabled: null,
  services: null,
  ethPorts: null,
  wan: null,
  wifi: null,
})

/** `{serial}`, `{olt}`, `{pon}` and `{onu}` in a text; other braces stay as they are. */
export const fillText = (text: string, { serial, oltName, address }: SettingsPlace): string =>
  text.replaceAll(/\{(serial|olt|pon|onu)\}/gu, (_, word: string) => {
    switch (word) {
      case 'serial':
        return serial
      case 'olt':
        return oltName
      case 'pon':
        return formatPon(address)
      default:
        return String(address.onuId)
    }
  })

/**
 * How an ONU shall be: what the settings name, the rest as it is. Ports and Wi-Fi that are not named
 * stay; services are named all or not at all. A new ONU (`before` null) that nobody says otherwise of
 * is switched on.
 */
export const settle = (
  before: OnuConfig | null,
  settings: OnuSettings,
  speed: SpeedOnOlt | null,
  place: SettingsPlace,
  limits: { readonly name: number; readonly description: number },
): Settled => {
  const base = before ?? unknownConfig(place.serial)
  const name = settings.name === undefined ? base.name : fillText(settings.name, place)
  const description =
    settings.description === undefined ? base.description : fillText(settings.description, place)
  const tooLong = [
    ...(settings.name !== undefined && [...(name ?? '')].length > limits.name ? ['name'] : []),
    ...(settings.description !== undefined && [...(description ?? '')].length > limits.description
      ? ['description']
      : []),
  ][0]
  if (tooLong !== undefined) {
    return refused({ code: 'cli-parameter-refused', params: { parameter: tooLong } })
  }
  const services = settings.services ?? base.services
  if (limitsOf(speed) && (services === null || services.length === 0)) {
    return refused({ code: 'settings-incomplete', params: { needs: 'services' } })
  }
  return {
    kind: 'settled',
    config: {
      serial: base.serial,
      onuType: settings.onuType ?? base.onuType,
      lineProfile: speed?.lineProfile ?? settings.lineProfile ?? base.lineProfile,
      serviceProfile: speed?.serviceProfile ?? settings.serviceProfile ?? base.serviceProfile,
      name,
      description,
      adminEnabled: before === null ? true : base.adminEnabled,
      services: services?.map((service) => withLimits(service, speed)) ?? null,
      ethPorts: merged(base.ethPorts, settings.ethPorts, ({ port }) => port),
      wan: settings.wan ?? base.wan,
      wifi: merged(base.wifi, settings.wifi, ({ index }) => index),
    },
  }
}

const refused = (problem: Problem): Settled => ({ kind: 'refused', problem })

const limitsOf = (speed: SpeedOnOlt | null): boolean =>
  speed !== null && (speed.upProfile !== null || speed.downProfile !== null)

const withLimits = (service: OnuService, speed: SpeedOnOlt | null): OnuService => ({
  ...service,
  upProfile: speed?.upProfile ?? service.upProfile,
  downProfile: speed?.downProfile ?? service.downProfile,
})

const merged = <Item>(
  base: readonly Item[] | null,
  named: readonly Item[] | undefined,
  numberOf: (item: Item) => number,
): readonly Item[] | null => {
  if (named === undefined || named.length === 0) return base
  const all = new Map((base ?? []).map((item) => [numberOf(item), item]))
  for (const item of named) all.set(numberOf(item), item)
  return [...all.values()].toSorted((one, other) => numberOf(one) - numberOf(other))
}

/**
 * The same ONU to be put where it is not now: numbers that an OLT gave to its services belong to the
 * place it leaves.
 */
export const withoutServiceNumbers = (config: OnuConfig): OnuConfig => ({
  ...config,
  services: config.services?.map((service) => ({ ...service, index: null })) ?? null,
})
