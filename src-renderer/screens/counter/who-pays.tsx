import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { Day } from '../../components/day.tsx'
import { PrepaidOutlook, PrepaidState } from '../billing/prepaid/prepaid-words.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'

type Subscriber = Output<'billing.counterSubscriber'>

export interface WhoPaysProps {
  readonly subscriber: Subscriber
  readonly open: Subscriber['open']
  readonly currency: string
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly string[]) => void
}

type Known = 'draft' | 'trial' | 'active' | 'paused' | 'suspended' | 'ended'

/** Who he is, whether his service is on, and what stands open. */
export const WhoPays = ({ subscriber, open, currency, chosen, onChosen }: WhoPaysProps) => {
  const { t } = useTranslation('billing-counter')
  const { t: prepaid } = useTranslation('billing-prepaid')
  const money = useMoneyText()
  const own = subscriber.balances.find((one) => one.currency === currency)
  return (
    <>
      <header className="nct-who">
        <h2>{subscriber.name}</h2>
        <span className="nc-mono">{subscriber.code}</span>
        <span>{subscriber.phone}</span>
        <span className="nc-soft">{subscriber.address}</span>
      </header>
      <ul className="nct-services">
        {subscriber.services.length === 0 && <li className="nc-soft">{t('who.noService')}</li>}
        {subscriber.services.map(({ name, serial, plan, status }) => (
          <li key={`${name} ${serial ?? ''}`} data-off={status === 'suspended' || undefined}>
            {name} · {plan ?? t('who.noPlan')}
            {status !== null && <strong> · {t(`status.${status as Known}`)}</strong>}
          </li>
        ))}
      </ul>
      {subscriber.prepaid.length > 0 && (
        <ul className="nct-services" aria-label={prepaid('title')}>
          {subscriber.prepaid.map((row) => (
            <li key={row.subscriptionId} data-off={row.state === 'off' || undefined}>
              {row.planName} <PrepaidState of={row} /> <PrepaidOutlook of={row} />
            </li>
          ))}
        </ul>
      )}
      <dl className="nct-due">
        <div data-bad={(own?.overdue ?? 0) > 0 || undefined}>
          <dt>{t('who.overdue')}</dt>
          <dd>{money(own?.overdue ?? 0, currency)}</dd>
        </div>
        <div>
          <dt>{t('who.open')}</dt>
          <dd>{money(own?.open ?? 0, currency)}</dd>
        </div>
        <div>
          <dt>{t('who.credit')}</dt>
          <dd>{money(own?.credit ?? 0, currency)}</dd>
        </div>
      </dl>
      {open.length === 0 ? (
        <p className="nc-soft">{t('who.nothing')}</p>
      ) : (
        <fieldset className="nct-open">
          <legend>{t('who.documents')}</legend>
          <p className="nc-soft nc-small">{t('who.oldestHint')}</p>
          {open.map((document) => (
            <div key={document.id} className="nct-open__row">
              <Checkbox
                label={<span className="nc-mono">{document.number}</span>}
                checked={chosen.includes(document.id)}
                onChange={() =>
                  onChosen(
                    chosen.includes(document.id)
                      ? chosen.filter((one) => one !== document.id)
                      : [...chosen, document.id],
                  )
                }
              />
              <span>
                {t('who.due')} <Day on={document.dueOn} />
              </span>
              <span data-bad={document.overdueDays > 0 || undefined}>
                {document.overdueDays > 0 && t('who.days', { count: document.overdueDays })}
              </span>
              <Money minor={document.open} currency={currency} />
            </div>
          ))}
        </fieldset>
      )}
    </>
  )
}
