import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { CompanyAttempt } from './company-attempt.tsx'

export interface TryPanelProps {
  readonly label: string
  readonly isSaved: boolean
  readonly redirectUri: string
}

/** What the provider has to know of the console, and the whole way once without signing anybody in. */
export const TryPanel = ({ label, isSaved, redirectUri }: TryPanelProps) => {
  const { t } = useTranslation('access-company')
  const [told, setTold] = useState<Output<'access.companyTry'> | null>(null)
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(redirectUri)
    setCopied(true)
  }
  return (
    <>
      <section className="nc-panel" aria-label={t('redirect')}>
        <header className="nc-panel__head">
          <h2>{t('redirect')}</h2>
        </header>
        <div className="nc-panel__body ncc-body">
          <p className="nc-small nc-soft">{t('redirectHint')}</p>
          <p className="nc-mono">{redirectUri}</p>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconCopy size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => void copy()}
          >
            {t(copied ? 'copied' : 'copy')}
          </Button>
        </div>
      </section>
      <section className="nc-panel" aria-label={t('try.title')}>
        <header className="nc-panel__head">
          <h2>{t('try.title')}</h2>
        </header>
        <div className="nc-panel__body ncc-body">
          <p className="nc-small nc-soft">{t(isSaved ? 'try.text' : 'try.unsaved')}</p>
          <CompanyAttempt
            label={label}
            button={t('try.button')}
            disabled={!isSaved}
            run={async (language) => setTold(await runCommand('access.companyTry', { language }))}
          />
          {told !== null && <Told told={told} />}
        </div>
      </section>
    </>
  )
}

const Told = ({ told }: { readonly told: Output<'access.companyTry'> }) => {
  const { t } = useTranslation('access-company')
  const means = [...told.amr, ...(told.acr === null ? [] : [told.acr])]
  return (
    <div role="status">
      <p>{t('try.works')}</p>
      <dl className="nc-facts">
        <dt>{t('try.person')}</dt>
        <dd className="nc-mono">{told.subject}</dd>
        <dt>{t('try.name')}</dt>
        <dd>{told.name ?? t('try.none')}</dd>
        <dt>{t('try.email')}</dt>
        <dd>
          {told.email === null
            ? t('try.none')
            : `${told.email} (${t(told.emailVerified ? 'try.verified' : 'try.unverified')})`}
        </dd>
        <dt>{t('try.means')}</dt>
        <dd>
          {means.length === 0 ? t('try.none') : means.join(', ')}:{' '}
          {t(told.countsAsFactor ? 'try.factorYes' : 'try.factorNo')}
        </dd>
        <dt>{t('try.account')}</dt>
        <dd>{told.accountName ?? t('try.noAccount')}</dd>
      </dl>
    </div>
  )
}
