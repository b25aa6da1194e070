import type { Problem } from '../../../src-shared/contract/common.ts'
import type { Output } from '../../../src-shared/contract/index.ts'

export type TrapStatus = Output<'traps.status'>
export type TrapSettings = TrapStatus['settings']

/** What the receiver does now, in one word. */
export type TrapState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting'; readonly port: number }
  | { readonly kind: 'listening'; readonly address: string; readonly port: number }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** A problem counts above all: a receiver that was told to be off has none. */
export const trapStateOf = ({ settings, listening, problem }: TrapStatus): TrapState => {
  if (problem !== null) return { kind: 'problem', problem }
  if (listening !== null) return { kind: 'listening', ...listening }
  return settings.enabled ? { kind: 'starting', port: settings.port } : { kind: 'off' }
}

export const refusedTotal = (stats: TrapStatus['stats']): number =>
  stats.refused.reduce((sum, { count }) => sum + count, 0)

/** The greatest first, those that never happened left out. */
export const refusedReasons = (stats: TrapStatus['stats']): TrapStatus['stats']['refused'] =>
  stats.refused.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)

export const loudestSources = (stats: TrapStatus['stats']): TrapStatus['stats']['loudest'] =>
  stats.loudest.filter(({ dropped }) => dropped > 0).toSorted((a, b) => b.dropped - a.dropped)

/** As the engine has it where nobody has chosen (docs/traps.md). */
export const defaultTrapPort = 10_162

export interface TrapForm {
  readonly enabled: boolean
  /** As typed. */
  readonly port: number | string
  readonly onlyKnownCommunities: boolean
}

/** Null: the form does not hold a port. */
export const settingsOf = ({
  enabled,
  port,
  onlyKnownCommunities,
}: TrapForm): TrapSettings | null => {
  const number =
    typeof port === 'number' ? port : /^\d{1,5}$/.test(port.trim()) ? Number(port) : NaN
  return Number.isInteger(number) && number >= 1 && number <= 65_535
    ? { enabled, port: number, onlyKnownCommunities }
    : null
}

export const sameSettings = (a: TrapSettings, b: TrapSettings): boolean =>
  a.enabled === b.enabled && a.port === b.port && a.onlyKnownCommunities === b.onlyKnownCommunities
