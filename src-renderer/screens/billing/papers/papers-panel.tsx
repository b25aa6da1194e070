import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { JournalDialog } from './journal-dialog.tsx'
import { PaperSettingsDialog } from './paper-settings-dialog.tsx'

/** How papers are made, and the journal that is written; for whom both are. */
export const PapersPanel = ({ today }: { readonly today: string }) => {
  const may = usePermissions()
  return may.includes('billing.document.read') ? <Panel today={today} /> : null
}

const Panel = ({ today }: { readonly today: string }) => {
  const { t } = useTranslation('billing-papers')
  const may = usePermissions()
  const reachesAll = useReachesAll()
  const { value } = useQuery('billing.paperSettings', {}, { on: ['billing.documentsChanged'] })
  const [opened, setOpened] = useState<'settings' | 'journal' | undefined>()
  if (value === undefined) return null
  const { transfer, shopCode, accounts } = value.settings
  return (
    <section className="nc-panel" aria-label={t('settings.title')}>
      <header className="nc-panel__head">
        <h2>{t('settings.title')}</h2>
        <Group gap="sm">
          {reachesAll && may.includes('billing.document.export') && (
            <Button variant="default" onClick={() => setOpened('journal')}>
              {t('journal.open')}
            </Button>
          )}
          {reachesAll && may.includes('billing.seller.manage') && (
            <Button variant="default" onClick={() => setOpened('settings')}>
              {t('settings.edit')}
            </Button>
          )}
        </Group>
      </header>
      <div className="nc-panel__body">
        <dl className="nc-facts">
          <dt>{t('settings.iban')}</dt>
          <dd className="nc-mono">{transfer.iban === '' ? '–' : transfer.iban}</dd>
          <dt>{t('settings.shop')}</dt>
          <dd>{t(shopCode === '' ? 'settings.none' : 'settings.given')}</dd>
          <dt>{t('settings.account.receivable')}</dt>
          <dd className="nc-mono">{accounts.receivable}</dd>
          <dt>{t('settings.account.revenue')}</dt>
          <dd className="nc-mono">{accounts.revenue}</dd>
          <dt>{t('settings.account.tax')}</dt>
          <dd className="nc-mono">{accounts.tax}</dd>
        </dl>
      </div>
      {opened === 'settings' && (
        <PaperSettingsDialog stored={value} onClose={() => setOpened(undefined)} />
      )}
      {opened === 'journal' && <JournalDialog today={today} onClose={() => setOpened(undefined)} />}
    </section>
  )
}
