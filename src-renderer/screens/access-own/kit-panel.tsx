import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../components/confirm.tsx'
import { act } from '../access-accounts/access-acts.ts'

/** The owner's printed way back in. */
export const KitPanel = () => {
  const { t } = useTranslation('access-own')
  const renew = async (): Promise<void> => {
    const sure = await confirm({
      title: t('kit.renewTitle'),
      text: t('kit.renewText'),
      confirmLabel: t('kit.renew'),
    })
    if (!sure) return
    await act('access.renewKit', {}, () => ({ title: t('kit.renewed') }))
  }
  return (
    <section className="nc-panel" aria-label={t('kit.title')}>
      <header className="nc-panel__head">
        <h2>{t('kit.title')}</h2>
      </header>
      <div className="nc-panel__body nco-body">
        <p className="nc-small nc-soft">{t('kit.text')}</p>
        <Button variant="default" onClick={() => void renew()}>
          {t('kit.renew')}
        </Button>
      </div>
    </section>
  )
}
