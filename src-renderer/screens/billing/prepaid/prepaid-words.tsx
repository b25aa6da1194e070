import { useTranslation } from 'react-i18next'
import type { PrepaidRow } from '../../../../src-shared/contract/billing-prepaid.ts'
import { errorText } from '../../../components/error-text.ts'
import { Day } from '../../../components/day.tsx'
import { useMoneyText } from '../../../components/money.tsx'

const tones = { low: 'warn', unpaid: 'warn', off: 'off', paused: 'off' } as const

/** How it stands, in a word, and what keeps it from being charged. */
export const PrepaidState = ({ of }: { readonly of: PrepaidRow }) => {
  const { t } = useTranslation('billing-prepaid')
  const { t: tError } = useTranslation('error')
  const state = of.low ? 'low' : of.state
  const tone = state in tones ? tones[state as keyof typeof tones] : undefined
  return (
    <>
      <span className="nbl-chip" data-tone={tone}>
        {t(`state.${state}`)}
      </span>
      {of.offOn !== null && (
        <>
          {' '}
          <span className="nc-soft">{t('offOn')}</span> <Day on={of.offOn} />
        </>
      )}
      {of.problem !== null && (
        <span className="npp-problem">{errorText(tError, of.problem).what}</span>
      )}
    </>
  )
}

/** What comes next of it, in a line: for an account and the counter. */
export const PrepaidOutlook = ({ of }: { readonly of: PrepaidRow }) => {
  const { t } = useTranslation('billing-prepaid')
  const money = useMoneyText()
  return (
    <>
      {of.owes > 0 && <span data-bad>{t('owes', { amount: money(of.owes, of.currency) })} · </span>}
      {of.state === 'off' || of.state === 'unpaid' ? (
        <b>{t('comesBack', { amount: money(of.missing, of.currency) })}</b>
      ) : (
        of.nextOn !== null &&
        of.nextTotal !== null && (
          <span>
            {t('nextCharge', { amount: money(of.nextTotal, of.currency) })} <Day on={of.nextOn} />
          </span>
        )
      )}
      {of.expiresOn !== null && (
        <span className="nc-soft">
          {' '}
          · {t('expiresOn')} <Day on={of.expiresOn} />
        </span>
      )}
    </>
  )
}
