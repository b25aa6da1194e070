import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../use-format.ts'
import { atNow, between, spanOf, type TimeWindow } from './chart-range.ts'
import { edgeText } from './tick-text.ts'
import type { RangeState } from './use-chart-range.ts'

export interface HistoryEmptyProps {
  readonly state: RangeState
  readonly window: TimeWindow
  readonly slowestS: number | undefined
}

/** Nothing in this time: why, and the way to where there is something. */
export const HistoryEmpty = ({ state, window, slowestS }: HistoryEmptyProps): ReactNode => {
  const { t } = useTranslation('history')
  const format = useFormat()
  const { value } = useQuery('history.status', {})
  const since = value?.oldestAt ?? null
  const before = since !== null && window.to < since
  const live = state.range.kind === 'live'
  return (
    <div className="nc-stack__hint" role="status">
      <span className="nc-soft">
        {before
          ? t('empty.before', { time: edgeText(since, format.locale) })
          : live && slowestS !== undefined
            ? `${t('empty.nothing')} ${t('empty.first', { minutes: format.number(slowestS / 60) })}`
            : t('empty.nothing')}
      </span>
      {before && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => state.go(between(since, since + spanOf(window), Date.now()))}
        >
          {t('empty.toFirst')}
        </Button>
      )}
      {!live && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => state.go(atNow(state.current()))}
        >
          {t('empty.toNow')}
        </Button>
      )}
    </div>
  )
}
