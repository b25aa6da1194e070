import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicking } from '../../components/clock.ts'
import { errorText } from '../../components/error-text.ts'
import { formatAge } from '../../components/format.ts'
import { useFormat } from '../../components/use-format.ts'
import type { LiveView } from './live-view-model.ts'

const longestMs = 60_000

/** Seconds that are left, in words and as a bar; or why nothing is read any more. */
export const TimeLeft = ({ view }: { readonly view: LiveView }): ReactNode => {
  const { t } = useTranslation('care')
  const { t: tError } = useTranslation('error')
  const { until, phase } = view
  const seconds = useTicking(
    useCallback((now: number) => Math.max(0, Math.ceil((until - now) / 1000)), [until]),
  )
  switch (phase) {
    case 'opening':
      return <span className="nc-live__left">{t('live.opening')}</span>
    case 'open':
      return (
        <span className="nc-live__left" role="timer" aria-label={t('live.leftLabel')}>
          <span className="nc-live__bar" aria-hidden="true">
            <span style={{ width: `${Math.min(100, (seconds * 100_000) / longestMs)}%` }} />
          </span>
          {t('live.left', { seconds })}
        </span>
      )
    case 'paused':
      return <strong className="nc-live__left">{t('live.paused')}</strong>
    case 'refused':
      return null
    case 'ended':
      return (
        <strong className="nc-live__left">
          {view.endProblem === null
            ? t(`live.ended.${view.ended ?? 'time'}`)
            : `${t('live.ended.problem')} ${errorText(tError, view.endProblem).what}`}
        </strong>
      )
  }
}

/** When the last values were read, how old they are, and how quickly the OLT answered. */
export const LiveMoment = ({ view }: { readonly view: LiveView }): ReactNode => {
  const { t } = useTranslation('care')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const { readAt, answerMs, missed } = view
  const age = useTicking(
    useCallback(
      (now: number) => (readAt === null ? '' : formatAge(now - readAt, format.locale)),
      [readAt, format],
    ),
  )
  return (
    <span className="nc-live__moment">
      {readAt === null ? (
        t('live.waiting')
      ) : (
        <>
          <strong>{age}</strong> · {t('live.readAt', { time: format.instant(readAt, 'time') })}
          {answerMs === null
            ? null
            : ` · ${t('live.answerMs', { ms: format.number(answerMs, answerMs < 10 ? 1 : 0) })}`}
          {` · ${t('live.readings', { count: view.readings })}`}
        </>
      )}
      {missed === null ? null : (
        <strong className="nc-live__missed"> {errorText(tError, missed).what}</strong>
      )}
    </span>
  )
}
