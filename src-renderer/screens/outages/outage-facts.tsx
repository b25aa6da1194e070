import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { useFormat } from '../../components/use-format.ts'
import { TicketNumber } from '../ticket-new/ticket-number.tsx'
import { OutageOwner } from './outage-line.tsx'
import { revenueText } from './revenue.ts'

/** Whom it concerns and who sees to it. */
export const OutageFacts = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { acknowledged, ticket, subscribers, revenue } = outage
  const unlinked = <span className="nc-faint nc-small"> {t('notLinked')}</span>
  return (
    <section className="nc-panel" aria-label={t('page.facts')}>
      <header className="nc-panel__head">
        <h2>{t('page.facts')}</h2>
      </header>
      <dl className="nc-facts nc-panel__body">
        <dt>{t('page.owner')}</dt>
        <dd>
          <OutageOwner outage={outage} />
        </dd>
        <dt>{t('page.acknowledged')}</dt>
        <dd>
          {acknowledged === null
            ? t('notAcknowledged')
            : `${acknowledged.by.name}, ${format.instant(acknowledged.at)}`}
        </dd>
        <dt>{t('page.ticket')}</dt>
        <dd className={ticket === null ? 'nc-faint' : 'nc-mono'}>
          {ticket === null ? '–' : <TicketNumber number={ticket} />}
        </dd>
        <dt>{t('page.subscribers')}</dt>
        <dd>
          {format.number(subscribers)}
          {subscribers === null ? unlinked : null}
        </dd>
        {revenue === null ? null : (
          <>
            <dt>{t('page.revenue')}</dt>
            <dd>{revenueText(revenue, format.locale)}</dd>
          </>
        )}
        <dt>{t('page.opened')}</dt>
        <dd>{format.instant(outage.openedAt)}</dd>
        {outage.maintenanceId === null ? null : (
          <>
            <dt>{t('page.maintenance')}</dt>
            <dd>{t('page.maintenanceYes')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
