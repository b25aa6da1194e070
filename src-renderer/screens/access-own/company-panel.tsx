import { Button } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../access-accounts/access-acts.ts'
import { CompanyAttempt } from '../access-company/company-attempt.tsx'

export interface CompanyPanelProps {
  readonly mine: Output<'access.mine'>
  readonly onChanged: () => void
}

/** A person's own link to the company's provider; nothing where none is set up. */
export const CompanyPanel = ({ mine, onChanged }: CompanyPanelProps) => {
  const { t } = useTranslation('access-company')
  const format = useFormat()
  const { value } = useQuery('access.company', {}, { on: ['access.changed'], everyMs: 500 })
  const label = value?.label ?? null
  if (label === null && mine.companySince === null) return null
  const unlink = async (): Promise<void> => {
    await act('access.companyUnlink', {}, () => ({ title: t('own.unlinked') }))
    onChanged()
  }
  return (
    <section className="nc-panel" aria-label={t('own.title')}>
      <header className="nc-panel__head">
        <h2>{t('own.title')}</h2>
      </header>
      <div className="nc-panel__body nco-body">
        <div className="nco-state" data-on={mine.companySince === null ? undefined : ''}>
          <IconBuilding size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
          {mine.companySince === null
            ? t('own.off')
            : t('own.on', { time: format.instant(mine.companySince, 'day') })}
        </div>
        {label !== null && (
          <p className="nc-small nc-soft">
            {t(mine.companySince === null ? 'own.text' : 'own.textOn', { label })}{' '}
            {mine.companyOnly && t('own.only')}
          </p>
        )}
        {mine.companySince === null
          ? label !== null && (
              <CompanyAttempt
                label={label}
                button={t('own.link', { label })}
                run={async (language) => {
                  await runCommand('access.companyLink', { language })
                  showToast({ kind: 'done', title: t('own.linkDone') })
                  onChanged()
                }}
              />
            )
          : !mine.companyOnly && (
              <Button variant="default" onClick={() => void unlink()}>
                {t('own.unlink')}
              </Button>
            )}
      </div>
    </section>
  )
}
