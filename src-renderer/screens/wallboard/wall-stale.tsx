import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { wallStale, type WallStale } from './wallboard-model.ts'

/** Over everything: what one sees is the past. */
export const WallStaleMark = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const live = useLive()
  const text = useTicking(
    useCallback((now: number) => JSON.stringify(wallStale(live, olts, now)), [live, olts]),
  )
  const stale = useMemo(() => JSON.parse(text) as WallStale, [text])
  const since = stale.kind === 'fresh' ? null : stale.since
  const age = useTicking(
    useCallback((now: number) => (since === null ? '' : format.age(now - since)), [format, since]),
  )
  if (stale.kind === 'fresh') return null
  return (
    <div className="nw-stale" role="alert">
      <strong>{t('stale.mark')}</strong>
      {stale.kind === 'engine' ? <span>{t('stale.engine')}</span> : null}
      <span>
        {since === null ? t('stale.never') : t('stale.since', { age, time: format.instant(since) })}
      </span>
    </div>
  )
}
