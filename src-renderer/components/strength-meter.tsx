import { useTranslation } from 'react-i18next'
import type { Strength } from './use-strength.ts'
import './door.css'

export interface StrengthMeterProps {
  readonly password: string
  readonly strength: Strength
}

/** Bars, a word, and why a password is not taken; a hint while the field is empty. */
export const StrengthMeter = ({ password, strength }: StrengthMeterProps) => {
  const { t } = useTranslation('access')
  const { verdict, unknown } = strength
  if (password === '' || unknown) return <div className="nc-strength">{t('strength.hint')}</div>
  const score = verdict?.score ?? 0
  return (
    <div className="nc-strength" role="status">
      <span
        className="nc-strength__bar"
        aria-hidden="true"
        data-poor={verdict?.acceptable === false ? '' : undefined}
      >
        {[1, 2, 3, 4].map((step) => (
          <i key={step} data-on={score >= step ? '' : undefined} />
        ))}
      </span>
      {verdict === undefined ? (
        <span>{t('strength.asking')}</span>
      ) : (
        <span>
          {t('strength.label')}: {t(`strength.${verdict.score as 0 | 1 | 2 | 3 | 4}`)}
        </span>
      )}
      {verdict?.why != null && (
        <span className="nc-strength__why">
          {verdict.why === 'too-short'
            ? t('strength.why.too-short', { count: verdict.minLength })
            : t(`strength.why.${verdict.why}`)}
        </span>
      )}
    </div>
  )
}
