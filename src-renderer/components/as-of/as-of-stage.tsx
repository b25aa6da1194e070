import { Button, Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentMoment, currentRoute } from '../../app/location.ts'
import { showsNetwork } from '../../app/moment-address.ts'
import { useShownMoment } from '../../client/moment.ts'
import { backToNow, lookAt, tryMomentAgain, useAsOf, type AsOf } from '../../state/as-of.ts'
import { FailureState } from '../failure-state.tsx'
import { LoadingState } from '../loading-state.tsx'
import { useFormat } from '../use-format.ts'
import { momentText } from './moment-text.ts'
import './as-of.css'

/**
 * Around the page: nothing of the present is shown under the name of the past, and nothing of one
 * moment under that of another. A page begins anew with every moment.
 */
export const AsOfStage = ({ children }: { readonly children: ReactNode }) => {
  const asOf = useAsOf((state) => state.asOf)
  const shown = useShownMoment()
  if (asOf.kind === 'failed') return <Failed asOf={asOf} />
  const begins = asOf.kind === 'now' && currentMoment() !== null && showsNetwork(currentRoute())
  if (begins || (asOf.kind === 'preparing' && shown === null)) {
    return (
      <div className="nc-page">
        {asOf.kind === 'preparing' && <Preparing asOf={asOf} />}
        <LoadingState rows={14} />
      </div>
    )
  }
  return (
    <div className="nc-asof-stage" data-past={shown === null ? undefined : ''} key={shown ?? 'now'}>
      {asOf.kind === 'preparing' && <Preparing asOf={asOf} />}
      {children}
    </div>
  )
}

const Preparing = ({ asOf }: { readonly asOf: Extract<AsOf, { kind: 'preparing' }> }) => {
  const { t } = useTranslation('asof')
  const format = useFormat()
  const { done, total } = asOf
  const percent = total === null || total === 0 ? 0 : Math.round((done / total) * 100)
  return (
    <div className="nc-asof-preparing" role="status">
      <div className="nc-asof-preparing__text">
        <strong>{t('preparing.title', { time: momentText(format, asOf.at) })}</strong>
        {total !== null && (
          <span className="nc-soft">
            {t('preparing.olts', { done: format.number(done), total: format.number(total) })}
          </span>
        )}
      </div>
      <Progress value={percent} aria-label={t('preparing.progress')} size="sm" />
      <Button variant="default" size="compact-sm" onClick={backToNow}>
        {t('preparing.cancel')}
      </Button>
    </div>
  )
}

const Failed = ({ asOf }: { readonly asOf: Extract<AsOf, { kind: 'failed' }> }) => {
  const { t } = useTranslation('asof')
  const format = useFormat()
  const { failure } = asOf
  const oldest = failure.params['oldestAt']
  const oldestAt = typeof oldest === 'number' ? oldest : null
  return (
    <div className="nc-page">
      <FailureState
        failure={{ ...failure, params: {} }}
        {...(failure.code === 'before-history' ? {} : { onRetry: tryMomentAgain })}
      />
      <div className="nc-asof-failed">
        {oldestAt !== null && (
          <Button variant="default" onClick={() => lookAt(firstMinute(oldestAt))}>
            {t('failed.oldest', { time: momentText(format, oldestAt) })}
          </Button>
        )}
        <Button onClick={backToNow}>{t('backToNow')}</Button>
      </div>
    </div>
  )
}

/** The first whole minute in which something was read. */
const firstMinute = (at: number): number => Math.ceil(at / 60_000) * 60_000
