import { useTranslation } from 'react-i18next'
import type {
  FindingKind,
  ReconciliationSummary,
} from '../../../../src-shared/contract/billing-reconciliation.ts'
import { findingKinds } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'

/** How many of each kind, and what is at stake; pressed, only those are shown. */
export const KindPanel = ({
  kinds,
  shown,
  onShow,
}: {
  readonly kinds: ReconciliationSummary['kinds']
  readonly shown: readonly FindingKind[]
  readonly onShow: (kinds: readonly FindingKind[]) => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const format = useFormat()
  return (
    <ul className="nrc-kinds" aria-label={t('kinds')}>
      {findingKinds.map((kind) => {
        const sum = kinds.find((one) => one.kind === kind)
        const on = shown.includes(kind)
        return (
          <li key={kind}>
            <button
              type="button"
              className="nrc-kind"
              aria-pressed={on}
              data-none={sum === undefined || undefined}
              title={t(`why.${kind}`)}
              onClick={() =>
                onShow(on ? shown.filter((other) => other !== kind) : [...shown, kind])
              }
            >
              <span className="nrc-kind__name">{t(`kind.${kind}`)}</span>
              <strong className="nrc-kind__count">{format.number(sum?.count ?? 0)}</strong>
              <span className="nrc-kind__stake nc-small">
                {sum?.stakes.map(({ currency, minor }) => (
                  <span key={currency}>
                    <Money minor={minor} currency={currency} />{' '}
                    <span className="nc-soft">{t('perMonth')}</span>
                  </span>
                ))}
                {sum !== undefined && sum.unpriced > 0 && (
                  <span className="nc-soft">{t('unpriced', { count: sum.unpriced })}</span>
                )}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
