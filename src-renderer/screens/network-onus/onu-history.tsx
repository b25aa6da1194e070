import { lazy, Suspense, useId, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { useTicking } from '../../components/clock.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { historyRange } from './history-series.ts'

const OnuCharts = lazy(async () => ({ default: (await import('./onu-charts.tsx')).OnuCharts }))

const stepMs = 15_000
/** Moves on in steps: the picture's right edge need not be drawn anew each second. */
const endOfPicture = (now: number): number => Math.ceil(now / stepMs) * stepMs

export interface OnuHistoryProps {
  readonly oltId: string
  readonly address: OnuAddress
  readonly limits: Output<'network.onu'>['limits']
  readonly opticsS: number
}

/** What was read of this ONU so far, as lines; nothing is made up between readings. */
export const OnuHistory = ({ oltId, address, limits, opticsS }: OnuHistoryProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const syncKey = useId()
  const { value, failure, refresh } = useQuery(
    'network.onuHistory',
    { oltId, address },
    { on: ['network.changed'], everyMs: 10_000 },
  )
  const now = useTicking(endOfPicture)
  const range = useMemo(() => (value === undefined ? null : historyRange(value, now)), [value, now])
  if (value === undefined) {
    return failure === undefined ? (
      <LoadingState rows={4} />
    ) : (
      <FailureState brief failure={failure} onRetry={refresh} />
    )
  }
  if (range === null) {
    return (
      <p className="nc-soft">
        {t('onus.record.chartEmpty', { minutes: format.number(opticsS / 60) })}
      </p>
    )
  }
  return (
    <Suspense fallback={<LoadingState rows={4} />}>
      <OnuCharts history={value} limits={limits} range={range} syncKey={syncKey} />
    </Suspense>
  )
}
