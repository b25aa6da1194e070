import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'

/** What a person types as settings: made and checked without a page. */

type Service = NonNullable<OnuSettings['services']>[number]
type EthPort = NonNullable<OnuSettings['ethPorts']>[number]
type Wifi = NonNullable<OnuSettings['wifi']>[number]
type Wan = NonNullable<OnuSettings['wan']>

export type { EthPort, Service, Wan, Wifi }

// The same shape as the contract's: its schemas stay out of the page.
const wordShape = /^[\p{L}\p{N}_.+:/-]{1,64}$/u
const textShape = /^\P{Cc}{0,128}$/u
const ipShape = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/
const serialShape = /^([A-Z]{4}[0-9A-F]{8}|[0-9A-F]{12})$/

export const isWord = (text: string): boolean => wordShape.test(text)
export const isVlan = (value: number | null): boolean =>
  value === null || (Number.isInteger(value) && value >= 1 && value <= 4094)
export const isSerial = (text: string): boolean => serialShape.test(cleanSerial(text))

/** As it is printed on labels too: with blanks, colons, dashes, in lower case. */
export const cleanSerial = (text: string): string => text.replace(/[\s:.-]/g, '').toUpperCase()

/** With the part, or without it where it says nothing. */
export const withPart = <Key extends keyof OnuSettings>(
  settings: OnuSettings,
  key: Key,
  value: OnuSettings[Key] | undefined,
): OnuSettings => {
  const next = { ...settings }
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    delete next[key]
  } else next[key] = value
  return next
}

export const newService = (before: readonly Service[]): Service => ({
  index: null,
  vlan: before.at(-1)?.vlan ?? 100,
  userVlan: null,
  gemPort: (before.at(-1)?.gemPort ?? 0) + 1,
  upProfile: null,
  downProfile: null,
})

export const newEthPort = (before: readonly EthPort[]): EthPort => ({
  port: Math.min(24, Math.max(0, ...before.map(({ port }) => port)) + 1),
  mode: 'transparent',
  vlan: null,
  adminEnabled: null,
})

export const newWifi = (before: readonly Wifi[]): Wifi => ({
  index: Math.min(8, Math.max(0, ...before.map(({ index }) => index)) + 1),
  ssid: '',
  enabled: true,
})

export const newWan = (): Wan => ({
  mode: 'dhcp',
  vlan: null,
  ip: null,
  mask: null,
  gateway: null,
  userName: null,
})

export type SettingsProblem =
  | 'onuType'
  | 'lineProfile'
  | 'serviceProfile'
  | 'name'
  | 'description'
  | 'services'
  | 'ethPorts'
  | 'wan'
  | 'wifi'

const isProfile = (text: string | null): boolean => text === null || isWord(text)

const wanFits = (wan: Wan): boolean =>
  isVlan(wan.vlan) &&
  (wan.mode !== 'static' ||
    [wan.ip, wan.mask, wan.gateway].every((one) => one !== null && ipShape.test(one)))

/** Most characters that a family keeps; 0: it has no such text. */
export interface TextLimits {
  readonly name: number
  readonly description: number
}

/** Too long whatever is filled in for `{serial}` and the like. */
const isTooLong = (text: string | undefined, most: number): boolean =>
  (text ?? '').replace(/\{(?:serial|olt|pon|onu)\}/g, '').length > most

/** Parts that cannot be sent as they stand; empty: all can. */
export const settingsProblems = (
  settings: OnuSettings,
  limits?: TextLimits,
): readonly SettingsProblem[] => {
  const { services = [], ethPorts = [], wifi = [], wan } = settings
  const twice = <Row>(rows: readonly Row[], key: (row: Row) => unknown): boolean =>
    new Set(rows.map(key)).size !== rows.length
  return [
    ...(['onuType', 'lineProfile', 'serviceProfile'] as const).filter(
      (key) => settings[key] !== undefined && !isWord(settings[key]),
    ),
    ...(['name', 'description'] as const).filter(
      (key) =>
        settings[key] !== undefined &&
        (!textShape.test(settings[key]) ||
          (limits !== undefined && isTooLong(settings[key], limits[key]))),
    ),
    ...(services.every(
      ({ vlan, userVlan, upProfile, downProfile }) =>
        isVlan(vlan) && isVlan(userVlan) && isProfile(upProfile) && isProfile(downProfile),
    )
      ? []
      : (['services'] as const)),
    ...(ethPorts.every(({ vlan }) => isVlan(vlan)) && !twice(ethPorts, ({ port }) => port)
      ? []
      : (['ethPorts'] as const)),
    ...(wan === undefined || wanFits(wan) ? [] : (['wan'] as const)),
    ...(wifi.every(({ ssid }) => ssid.trim() !== '' && ssid.length <= 32) &&
    !twice(wifi, ({ index }) => index)
      ? []
      : (['wifi'] as const)),
  ]
}

/** One short line about settings, for a list. */
export const settingsLine = (settings: OnuSettings): string =>
  [
    settings.onuType,
    settings.lineProfile,
    settings.serviceProfile,
    ...(settings.services ?? []).map(
      ({ vlan, userVlan, upProfile, downProfile }) =>
        `vlan ${vlan}${userVlan === null ? '' : `/${userVlan}`}` +
        (downProfile === null ? '' : ` ↓${downProfile}`) +
        (upProfile === null ? '' : ` ↑${upProfile}`),
    ),
    settings.wan?.mode,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
