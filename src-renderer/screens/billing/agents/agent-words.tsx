import { useTranslation } from 'react-i18next'
import type { AgentTerms } from '../../../../src-shared/contract/billing-agents.ts'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import './agents.css'

/** As many decimals as a rate has. */
const decimalsOf = (ppm: number): number => {
  const decimals = [0, 1, 2, 3].find((digits) => ppm % 10 ** (4 - digits) === 0)
  return decimals ?? 4
}

/** Millionths as a share: 12.5 %. */
export const Rate = ({ ppm }: { readonly ppm: number }) => {
  const format = useFormat()
  return <span className="nc-num">{format.number(ppm / 10_000, decimalsOf(ppm))} %</span>
}

/** Positive: we owe him. What he owes is said in words, not by a sign alone. */
export const Balance = ({
  minor,
  currency,
}: {
  readonly minor: number
  readonly currency: string
}) => {
  const { t } = useTranslation('billing-agents')
  return (
    <>
      {minor < 0 && (
        <>
          <span className="nbl-chip" data-tone="warn">
            {t('balance.owes')}
          </span>{' '}
        </>
      )}
      <Money minor={Math.abs(minor)} currency={currency} />
    </>
  )
}

interface TermsOf extends Omit<AgentTerms, 'planRates'> {
  readonly planRates: readonly { readonly planName: string; readonly ratePpm: number }[]
}

/** What he is given. */
export const TermsFacts = ({
  terms,
  currency,
  isReseller,
}: {
  readonly terms: TermsOf
  readonly currency: string
  readonly isReseller: boolean
}) => {
  const { t } = useTranslation('billing-agents')
  return (
    <dl className="nc-facts">
      <dt>{t('terms.rate')}</dt>
      <dd>
        <Rate ppm={terms.ratePpm} />
      </dd>
      {terms.planRates.map(({ planName, ratePpm }) => (
        <RateOfPlan key={planName} name={planName} ratePpm={ratePpm} />
      ))}
      <dt>{t('terms.months')}</dt>
      <dd>
        {terms.months === null
          ? t('terms.forGood')
          : t('terms.monthsCount', { count: terms.months })}
      </dd>
      <dt>{t('terms.bonus')}</dt>
      <dd>
        {terms.bonus === 0 ? t('terms.none') : <Money minor={terms.bonus} currency={currency} />}
      </dd>
      {isReseller && (
        <>
          <dt>{t('terms.creditLimit')}</dt>
          <dd>
            {terms.creditLimit === 0 ? (
              t('terms.none')
            ) : (
              <Money minor={terms.creditLimit} currency={currency} />
            )}
          </dd>
        </>
      )}
    </dl>
  )
}

const RateOfPlan = ({ name, ratePpm }: { readonly name: string; readonly ratePpm: number }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <Rate ppm={ratePpm} />
    </dd>
  </>
)
