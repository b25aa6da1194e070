import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ActPreview } from '../../../../src-shared/contract/billing-subscriptions.ts'
import { useDayText } from '../../../components/day.tsx'
import { errorText } from '../../../components/error-text.ts'
import { BillView } from '../bill-view.tsx'

/** What a step brings, before it is taken: its day, its document, the regular one after it. */
export const ActPreviewView = ({
  preview,
  final,
}: {
  readonly preview: ActPreview
  /** It ends the subscription: its document is the last. */
  readonly final: boolean
}) => {
  const { t } = useTranslation('billing')
  const { t: errors } = useTranslation('error')
  const day = useDayText()
  const { problem, warnings, effectiveOn, direction, bill, nextBill, currency } = preview
  return (
    <section className="nbl-stack" aria-label={t('step.preview')} aria-live="polite">
      <h3>{t('step.preview')}</h3>
      {problem === null ? (
        effectiveOn !== null && (
          <p>
            {t('step.effective', { day: day(effectiveOn) })}
            {direction === null ? null : (
              <span className="nc-soft"> ({t(`step.${direction}`)})</span>
            )}
          </p>
        )
      ) : (
        <p className="nbl-warn" role="alert">
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" />
          <span>
            {errorText(errors, problem).what} {errorText(errors, problem).toDo}
          </span>
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning.code} className="nc-soft nc-small">
          {errorText(errors, warning).what} {errorText(errors, warning).means}{' '}
          {errorText(errors, warning).toDo}
        </p>
      ))}
      {problem === null && (
        <>
          {bill === null ? (
            <p className="nc-soft">{t(final ? 'step.finalNothing' : 'step.bringsNothing')}</p>
          ) : (
            <BillView
              bill={bill}
              currency={currency}
              title={t(final ? 'step.final' : 'step.brings')}
            />
          )}
          {nextBill === null ? (
            <p className="nc-soft">{t('step.nextNone')}</p>
          ) : (
            <BillView bill={nextBill} currency={currency} title={t('step.next')} />
          )}
        </>
      )}
    </section>
  )
}
