import { useTranslation } from 'react-i18next'

/** The family's words for this are not proved on a real OLT. */
export const Unproven = () => {
  const { t } = useTranslation('provisioning')
  return (
    <span className="npv-chip" title={t('plan.unprovenHint')}>
      {t('plan.unproven')}
    </span>
  )
}
