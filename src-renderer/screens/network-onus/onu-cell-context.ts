import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow, PollIntervals } from '../../../src-shared/contract/network-model.ts'
import { downCauses, type DownCause } from '../../../src-shared/domain/onu-state.ts'
import { opticClasses, type OpticClass } from '../../../src-shared/domain/optics.ts'
import { useNetworkTicking } from '../../components/clock.ts'
import type { Format } from '../../components/use-format.ts'
import { useFormat } from '../../components/use-format.ts'
import type { ShownState } from '../../components/state-badge.tsx'

/** What all cells of the ONU table share, made once and not per cell: a row in motion must be cheap. */
export interface OnuCellContext {
  /** Moves in steps of `tickMs`, so that ages do not redraw the table each second. */
  readonly now: number
  readonly format: Format
  readonly opticsOf: (oltId: string) => OpticClass | undefined
  readonly intervalsOf: (oltId: string) => PollIntervals
  readonly states: Readonly<Record<ShownState, string>>
  readonly causes: Readonly<Record<DownCause, string>>
  readonly words: {
    readonly never: string
    readonly lessThanMinute: string
    readonly duplicate: string
    readonly stale: (time: string) => string
  }
}

const tickMs = 15_000
const tick = (now: number): number => Math.floor(now / tickMs) * tickMs

const defaultIntervals: PollIntervals = { statusS: 60, countersS: 300, opticsS: 3600 }

const shownStates = [
  'unknown',
  'online',
  'offline-power',
  'offline-optical',
  'offline-other',
  'disabled',
  'starting',
  'auth-failed',
] as const satisfies readonly ShownState[]

const wordsFor = <Name extends string>(
  names: readonly Name[],
  word: (name: Name) => string,
): Readonly<Record<Name, string>> =>
  Object.fromEntries(names.map((name) => [name, word(name)])) as Record<Name, string>

export const useOnuCellContext = (olts: readonly OltRow[]): OnuCellContext => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const now = useNetworkTicking(tick)
  const byId = useMemo(() => new Map(olts.map((olt) => [olt.id, olt])), [olts])
  const texts = useMemo(
    () => ({
      states: wordsFor(shownStates, (state) => t(`state.${state}`)),
      causes: wordsFor(downCauses, (cause) => t(`cause.${cause}`)),
      words: {
        never: t('onus.never'),
        lessThanMinute: t('onus.lessThanMinute'),
        duplicate: t('onus.duplicateHint'),
        stale: (time: string) => t('onus.staleHint', { time }),
      },
    }),
    [t],
  )
  return useMemo(
    () => ({
      now,
      format,
      opticsOf: (oltId) => {
        const olt = byId.get(oltId)
        return olt === undefined ? undefined : opticClasses[olt.opticClass]
      },
      intervalsOf: (oltId) => byId.get(oltId)?.intervals ?? defaultIntervals,
      ...texts,
    }),
    [now, format, byId, texts],
  )
}
