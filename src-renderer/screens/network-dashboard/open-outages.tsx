import { IconCircleCheck } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { paths } from '../../app/paths.ts'
import { useTicking } from '../../components/clock.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useNoc } from '../../state/noc.ts'
import { OutageTable } from '../outages/outage-table.tsx'
import { useOpenOutages } from '../outages/use-outages.ts'
import '../outages/outages.css'

/** What is down, first of all; calm in one line when nothing is. `most`: lines there is room for. */
export const OpenOutages = ({ most }: { readonly most: number }) => {
  const { t } = useTranslation('dashboard')
  const { t: outageWords } = useTranslation('outages')
  const format = useFormat()
  const { value, failure, refresh } = useOpenOutages()
  if (value === undefined) {
    return failure === undefined ? (
      <section className="nc-panel nd-outages" aria-busy="true" aria-label={t('outages.title')}>
        <div className="nd-calm-line" />
      </section>
    ) : (
      <FailureState failure={failure} onRetry={refresh} brief />
    )
  }
  if (value.total === 0) return <NothingOpen />
  // One line more than there is room for is shown rather than announced.
  const fits = value.outages.length <= most + 1 ? most + 1 : most
  const outages = value.outages.slice(0, fits)
  const more = value.total - outages.length
  const onus = value.outages.reduce((sum, outage) => sum + outage.affectedOnus, 0)
  return (
    <section className="nc-panel nd-outages" aria-label={t('outages.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('outages.title')}{' '}
          <span className="nd-head-note">
            {outageWords('list.openCount', {
              count: value.total,
              number: format.number(value.total),
              onus: format.number(onus),
            })}
          </span>
        </h2>
        <Link className="nc-small" href={paths.outages()}>
          {more > 0 ? t('outages.more', { number: format.number(more) }) : t('outages.all')}
        </Link>
      </header>
      <OutageTable
        outages={outages}
        kind="open"
        label={outageWords('list.table', { count: outages.length })}
      />
    </section>
  )
}

const NothingOpen = () => {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const since = useNoc((state) => state.lastOutageEndedAt)
  const age = useTicking(
    useCallback((now: number) => (since == null ? '' : format.age(now - since)), [format, since]),
  )
  return (
    <section className="nc-panel nd-outages" aria-label={t('outages.title')}>
      <div className="nd-calm-line" role="status">
        <IconCircleCheck size={18} stroke={1.6} aria-hidden="true" />
        <strong>{t('outages.calm')}</strong>
        {since === undefined ? null : (
          <span className="nc-soft" title={since === null ? undefined : format.instant(since)}>
            {since === null ? t('outages.calmEver') : t('outages.calmSince', { age })}
          </span>
        )}
        <Link className="nc-small" href={paths.outages()}>
          {t('outages.all')}
        </Link>
      </div>
    </section>
  )
}
