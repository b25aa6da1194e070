import { NumberInput, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanTerms } from '../../../../src-shared/contract/billing-model.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { errorText } from '../../../components/error-text.ts'
import { BillView } from '../bill-view.tsx'

/** What the terms would bill, computed in the engine by the rules that bill, while they are typed. */
export const ExamplePanel = ({
  terms,
  currency,
  today,
}: {
  /** Null: something is not filled in yet. */
  readonly terms: PlanTerms | null
  readonly currency: string
  readonly today: string
}) => {
  const { t } = useTranslation('billing')
  const [startOn, setStartOn] = useState(today)
  const [billingDay, setBillingDay] = useState<string | number>('')
  const [quantity, setQuantity] = useState<string | number>(1)
  return (
    <section className="nbl-stack" aria-label={t('example.title')}>
      <h3>{t('example.title')}</h3>
      <p className="nc-soft nc-small">{t('example.intro')}</p>
      <div className="nbl-fields">
        <TextInput
          type="date"
          label={t('example.start')}
          value={startOn}
          onChange={(event) => setStartOn(event.currentTarget.value)}
        />
        <NumberInput
          label={t('example.billingDay')}
          value={billingDay}
          onChange={setBillingDay}
          min={1}
          max={31}
          allowDecimal={false}
        />
        {terms?.unitPrice == null ? null : (
          <NumberInput
            label={t('example.quantity')}
            value={quantity}
            onChange={setQuantity}
            min={1}
            max={1_000_000}
            allowDecimal={false}
          />
        )}
      </div>
      {terms === null ? (
        <p className="nc-soft">{t('version.incomplete')}</p>
      ) : (
        <Bills
          terms={terms}
          currency={currency}
          startOn={startOn === '' ? today : startOn}
          billingDay={billingDay === '' ? null : Number(billingDay)}
          quantity={terms.unitPrice === null ? 1 : Math.max(1, Number(quantity) || 1)}
        />
      )}
    </section>
  )
}

interface BillsProps {
  readonly terms: PlanTerms
  readonly currency: string
  readonly startOn: string
  readonly billingDay: number | null
  readonly quantity: number
}

const Bills = (asked: BillsProps) => {
  const { t } = useTranslation('billing')
  const { t: errors } = useTranslation('error')
  const settled = useSettled(asked)
  const { value, failure, refresh } = useQuery('billing.planExample', {
    ...settled,
    bills: 3,
  })
  if (value === undefined) {
    return <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
  }
  return (
    <div className="nbl-stack" aria-live="polite">
      {value.problem === null ? null : (
        <p className="nbl-warn" role="status">
          {errorText(errors, value.problem).what} {errorText(errors, value.problem).toDo}
        </p>
      )}
      {value.bills.map((bill) => (
        <BillView key={bill.on} bill={bill} currency={asked.currency} />
      ))}
      {value.bills.length === 0 && value.problem === null && (
        <p className="nc-soft">{t('example.nothing')}</p>
      )}
    </div>
  )
}

/** What was typed last, once a moment has passed without typing. */
const useSettled = (asked: BillsProps): BillsProps => {
  const key = JSON.stringify(asked)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), 250)
    return () => clearTimeout(timer)
  }, [key])
  return JSON.parse(settled) as BillsProps
}
