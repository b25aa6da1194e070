import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../components/confirm.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../access-accounts/access-acts.ts'

export interface KitPanelProps {
  /** Null: there is none. */
  readonly since: number | null
  readonly onRenewed: () => void
}

/** The owner's printed way back in. */
export const KitPanel = ({ since, onRenewed }: KitPanelProps) => {
  const { t } = useTranslation('access-own')
  const format = useFormat()
  const renew = async (): Promise<void> => {
    const sure = await confirm({
      title: t('kit.renewTitle'),
      text: t('kit.renewText'),
      confirmLabel: t('kit.renew'),
    })
    if (!sure) return
    await act('access.renewKit', {}, () => ({ title: t('kit.renewed') }))
    onRenewed()
  }
  return (
    <section className="nc-panel" aria-label={t('kit.title')}>
      <header className="nc-panel__head">
        <h2>{t('kit.title')}</h2>
        {since !== null && (
          <span className="nc-small nc-soft">
            {t('kit.since', { time: format.instant(since, 'day') })}
          </span>
        )}
      </header>
      <div className="nc-panel__body nco-body">
        <p className="nc-small nc-soft">{t('kit.text')}</p>
        {since === null && (
          <p className="nco-stood">
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
            <span>
              <strong>{t('kit.none')}</strong> {t('kit.noneText')}
            </span>
          </p>
        )}
        <Button variant={since === null ? 'filled' : 'default'} onClick={() => void renew()}>
          {t('kit.renew')}
        </Button>
      </div>
    </section>
  )
}
