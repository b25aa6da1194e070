import { useTranslation } from 'react-i18next'
import { passwordStrength } from './password-strength.ts'
import './door.css'

/** Bars and a word; nothing while the field is empty. */
export const StrengthMeter = ({ password }: { readonly password: string }) => {
  const { t } = useTranslation('workspace')
  if (password === '') return <div className="nc-strength">{t('strength.hint')}</div>
  const strength = passwordStrength(password)
  return (
    <div className="nc-strength" role="status">
      <span className="nc-strength__bar" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} data-on={strength >= step ? '' : undefined} />
        ))}
      </span>
      <span>
        {t('strength.label')}: {t(`strength.${strength}`)}
      </span>
    </div>
  )
}
