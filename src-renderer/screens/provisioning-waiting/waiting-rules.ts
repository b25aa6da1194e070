import type { Preset, WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'

export type SavedOnu = Output<'provisioning.saved'>['onus'][number]

/** `0/1/3`; null: the OLT does not say where it saw the ONU. */
export const ponText = ({ pon }: Pick<WaitingOnu, 'pon'>): string | null =>
  pon === null ? null : formatPon(pon)

export const keyOf = (onu: WaitingOnu): string =>
  `${onu.oltId} ${ponText(onu) ?? '-'} ${onu.serial ?? '-'}`

/** Every word occurs in what the row says. */
export const fitsWaiting = (onu: WaitingOnu, text: string): boolean => {
  const all = [onu.serial, onu.model, onu.firmware, onu.oltName, ponText(onu), onu.preset?.name]
    .filter((part) => part !== null && part !== undefined)
    .join('\n')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

export interface WaitingGroup {
  readonly oltId: string
  readonly oltName: string
  readonly onus: readonly WaitingOnu[]
}

/** By OLT, each by PON and then by who has waited longest. */
export const groupWaiting = (onus: readonly WaitingOnu[]): readonly WaitingGroup[] => {
  const groups = new Map<string, WaitingOnu[]>()
  for (const onu of onus) groups.set(onu.oltId, [...(groups.get(onu.oltId) ?? []), onu])
  const place = ({ pon }: WaitingOnu): number =>
    pon === null ? Number.MAX_SAFE_INTEGER : (pon.shelf * 64 + pon.slot) * 256 + pon.port
  return [...groups]
    .map(([oltId, list]) => ({
      oltId,
      oltName: list[0]?.oltName ?? '',
      onus: list.toSorted(
        (one, other) =>
          place(one) - place(other) || (one.firstSeenAt ?? 0) - (other.firstSeenAt ?? 0),
      ),
    }))
    .toSorted((one, other) => one.oltName.localeCompare(other.oltName))
}

/** What one key press would authorise it with; null: somebody has to say. */
export const readyChange = (
  onu: WaitingOnu,
  presets: readonly Preset[],
  saved: readonly SavedOnu[],
): Extract<OnuChange, { kind: 'authorise' }> | null => {
  if (onu.pon === null || onu.serial === null || onu.obstacle !== null) return null
  if (onu.elsewhere.length > 0) return null
  const source =
    saved.find(({ id }) => id === onu.savedId) ?? presets.find(({ id }) => id === onu.preset?.id)
  return source === undefined
    ? null
    : { kind: 'authorise', settings: source.settings, speedId: source.speedId, onuId: null }
}
