import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentRecord } from '../../../../src-shared/contract/billing-documents-model.ts'
import { paths } from '../../../app/paths.ts'
import { Since } from '../../../components/data-age.tsx'
import { Day } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { PaymentDialog } from '../payments/payment-dialog.tsx'
import { openOf } from './document-words.tsx'

/** Beside the lines: days and links, what settles it, what corrects it, who sold it to whom. */

export const DocumentFacts = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const permissions = usePermissions()
  const seesRuns = useReachesAll() && permissions.includes('billing.run.start')
  return (
    <section className="nc-panel" aria-label={t('one')}>
      <div className="nc-panel__body">
        <dl className="nc-facts">
          <dt>{t('fact.subscriber')}</dt>
          <dd>
            <RouteLink to={paths.subscriber(document.subscriberId)}>
              {document.subscriberName}
            </RouteLink>{' '}
            <span className="nc-mono nc-soft">{document.subscriberCode}</span>
          </dd>
          <dt>{t('fact.issuedOn')}</dt>
          <dd>
            <Day on={document.issuedOn} />
          </dd>
          <dt>{t('fact.dueOn')}</dt>
          <dd>
            <Day on={document.dueOn} />
          </dd>
          {document.taxPointOn !== null && document.taxPointOn !== document.issuedOn && (
            <>
              <dt>{t('fact.taxPointOn')}</dt>
              <dd>
                <Day on={document.taxPointOn} />
              </dd>
            </>
          )}
          <dt>{t('fact.currency')}</dt>
          <dd className="nc-mono">{document.currency}</dd>
          {document.subscriptionId !== null && (
            <>
              <dt>{t('fact.subscription')}</dt>
              <dd>
                <RouteLink to={`${paths.subscriber(document.subscriberId)}?tab=subscriptions`}>
                  {document.daysAt.map(({ name }) => name).join(', ') || t('fact.opens')}
                </RouteLink>
              </dd>
            </>
          )}
          {document.runId !== null && (
            <>
              <dt>{t('fact.run')}</dt>
              <dd>
                {seesRuns ? (
                  <RouteLink to={paths.billingRun(document.runId)}>
                    <Day on={document.issuedOn} />
                  </RouteLink>
                ) : (
                  <Day on={document.issuedOn} />
                )}
              </dd>
            </>
          )}
          {document.corrects !== null && (
            <>
              <dt>{t('fact.corrects')}</dt>
              <dd className="nc-mono">
                <RouteLink to={paths.document(document.corrects.id)}>
                  {document.corrects.number ?? t('noNumber')}
                </RouteLink>
              </dd>
            </>
          )}
          {document.reason !== '' && (
            <>
              <dt>{t('fact.reason')}</dt>
              <dd>{document.reason}</dd>
            </>
          )}
          {document.note !== '' && (
            <>
              <dt>{t('fact.note')}</dt>
              <dd>{document.note}</dd>
            </>
          )}
          <dt>{t('fact.createdBy')}</dt>
          <dd>
            {document.createdBy ?? t('fact.console')}
            {', '}
            <Since at={document.createdAt} />
          </dd>
        </dl>
      </div>
    </section>
  )
}

/** What settles it and what is open; of a credit note what it settles. */
export const DocumentSettlement = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const mayReadPayments = usePermissions().includes('billing.payment.read')
  const [paymentId, setPaymentId] = useState<string | null>(null)
  if (document.state !== 'issued' || document.kind === 'proforma') return null
  const { currency } = document
  const isNote = document.kind === 'credit-note'
  const rows = isNote
    ? document.settles.map((row) => ({ ...row, kind: 'document' as const }))
    : document.settledBy
  const used = rows.reduce((sum, { amount }) => sum + amount, 0)
  const left = isNote ? document.total - used : openOf(document)
  const title = t(isNote ? 'settled.settles' : 'settled.title')
  return (
    <section className="nc-panel" aria-label={title}>
      <header className="nc-panel__head">
        <h2>{title}</h2>
      </header>
      <table className="nbd-totals" aria-label={title}>
        <tbody>
          {rows.length === 0 && !isNote && (
            <tr>
              <th scope="row" className="nc-soft">
                {t('settled.none')}
              </th>
              <td />
            </tr>
          )}
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.id} ${row.on}`}>
              <th scope="row">
                {row.kind === 'payment' ? (
                  mayReadPayments ? (
                    <button type="button" className="nbd-link" onClick={() => setPaymentId(row.id)}>
                      {t('settled.payment', { number: row.number })}
                    </button>
                  ) : (
                    t('settled.payment', { number: row.number })
                  )
                ) : row.kind === 'write-off' ? (
                  t('settled.write-off')
                ) : (
                  <RouteLink to={paths.document(row.id)}>
                    {row.kind === 'document'
                      ? row.number
                      : t('settled.credit-note', { number: row.number })}
                  </RouteLink>
                )}
                <small>
                  <Day on={row.on} />
                </small>
              </th>
              <td>
                <Money minor={row.amount} currency={currency} />
              </td>
            </tr>
          ))}
          <tr data-total>
            <th scope="row">
              {t(isNote ? 'settled.free' : 'settled.open')}
              {isNote && left > 0 && <small>{t('settled.freeHint')}</small>}
            </th>
            <td>
              <Money minor={left} currency={currency} />
            </td>
          </tr>
        </tbody>
      </table>
      {paymentId !== null && (
        <PaymentDialog paymentId={paymentId} onClose={() => setPaymentId(null)} />
      )}
    </section>
  )
}

/** Credit and debit notes that name it. */
export const DocumentCorrections = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  if (document.corrections.length === 0) return null
  return (
    <section className="nc-panel" aria-label={t('corrections.title')}>
      <header className="nc-panel__head">
        <h2>{t('corrections.title')}</h2>
      </header>
      <table className="nbd-totals" aria-label={t('corrections.title')}>
        <tbody>
          {document.corrections.map(({ id, kind, number, total }) => (
            <tr key={id}>
              <th scope="row">
                {t(`kind.${kind}`)} <RouteLink to={paths.document(id)}>{number ?? ''}</RouteLink>
              </th>
              <td>
                <Money
                  minor={kind === 'credit-note' ? -total : total}
                  currency={document.currency}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Who sold it to whom, as they were on the day of issue. */
export const DocumentParties = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const { buyer, seller } = document
  if (buyer === null || seller === null) return <p className="nc-soft">{t('party.later')}</p>
  const textOf = (
    name: string,
    address: typeof buyer.address,
    taxId: string,
    more: readonly string[],
  ): string =>
    [
      name,
      address?.lines ?? '',
      [address?.postcode, address?.city].filter(Boolean).join(' '),
      [address?.region, address?.country].filter(Boolean).join(', '),
      taxId === '' ? '' : `${t('party.taxId')} ${taxId}`,
      ...more,
    ]
      .filter((text) => text !== '')
      .join('\n')
  return (
    <div className="nbd-party">
      <section className="nc-panel" aria-label={t('party.seller')}>
        <header className="nc-panel__head">
          <h2>{t('party.seller')}</h2>
        </header>
        <p className="nc-panel__body">
          {textOf(seller.name, seller.address, seller.taxId, [
            seller.phone,
            seller.email,
            seller.paymentNote,
          ])}
        </p>
      </section>
      <section className="nc-panel" aria-label={t('party.buyer')}>
        <header className="nc-panel__head">
          <h2>{t('party.buyer')}</h2>
          <span className="nc-soft nc-small">{t('party.asIssued')}</span>
        </header>
        <p className="nc-panel__body">
          {textOf(`${buyer.name} (${buyer.code})`, buyer.address, buyer.taxId, [
            t(`party.treatment.${buyer.taxTreatment}`),
          ])}
        </p>
      </section>
    </div>
  )
}
