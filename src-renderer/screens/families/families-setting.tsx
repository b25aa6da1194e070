import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { paths } from '../../app/paths.ts'
import { Setting } from '../settings/setting.tsx'

/** The way to the families from the settings, where people look for what is rarely wanted. */
export const FamiliesSetting = () => {
  const { t } = useTranslation('families')
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
      </header>
      <Setting label={t('openSettings')} hint={t('openSettingsHint')}>
        <Button component={Link} href={paths.families()} variant="default">
          {t('openButton')}
        </Button>
      </Setting>
    </section>
  )
}
