import { Button } from '@mantine/core'
import { IconFolderQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { paths } from '../../app/paths.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useRefreshOnOltChange } from '../network-olts/use-olts.ts'
import { ReloadButton } from './families-screen.tsx'
import { FamilyCaptures } from './family-captures.tsx'
import { FamilyColumns } from './family-columns.tsx'
import { Copyable } from './how-to-begin.tsx'
import { PlainMarkdown } from './plain-markdown.tsx'
import { RecognitionRules } from './recognition-rules.tsx'
import { TrustBadge } from './trust-badge.tsx'
import { TrustPanel } from './trust-panel.tsx'
import './families.css'

type Family = Output<'families.family'>

/** One family: what is known of it, how surely, and whether it may change anything. */
export const FamilyScreen = () => {
  const { t } = useTranslation('families')
  const { familyId = '' } = useParams<{ familyId: string }>()
  const { value, failure, refresh } = useQuery(
    'families.family',
    { id: familyId },
    { on: ['families.changed'], everyMs: 200 },
  )
  useRefreshOnOltChange(refresh)
  const isGone = failure?.code === 'not-found'
  const shown = isGone || value?.family.id !== familyId ? undefined : value
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          {shown?.family.title ?? familyId}
          {shown === undefined ? null : (
            <span className="fa-head-note">
              <TrustBadge trust={shown.family.trust} />
            </span>
          )}
        </h1>
        <ReloadButton onReloaded={refresh} />
      </header>
      {shown !== undefined ? (
        <>
          {failure === undefined ? null : (
            <FailureState failure={failure} onRetry={refresh} brief />
          )}
          <FamilyPage value={shown} onChange={refresh} />
        </>
      ) : isGone ? (
        <EmptyState
          icon={IconFolderQuestion}
          title={t('page.notFound', { id: familyId })}
          text={t('page.notFoundText')}
          action={
            <Button component={Link} href={paths.families()} variant="default">
              {t('page.toList')}
            </Button>
          }
        />
      ) : (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      )}
    </div>
  )
}

interface FamilyPageProps {
  readonly value: Family
  readonly onChange: () => void
}

const FamilyPage = ({ value, onChange }: FamilyPageProps) => {
  const { t } = useTranslation('families')
  const { family, readme, recognisedBy, columns } = value
  return (
    <>
      {family.source === 'own' ? <TrustPanel family={family} onChange={onChange} /> : null}
      <div className="fa-halves">
        <div className="fa-half">
          <FamilyFacts value={value} />
          <section className="nc-panel">
            <header className="nc-panel__head">
              <h2>{t('page.recognition')}</h2>
            </header>
            <RecognitionRules rules={recognisedBy} />
          </section>
          <FamilyCaptures
            key={`${family.id} ${family.contentHash ?? ''}`}
            id={family.id}
            atOnce={family.source === 'own'}
          />
        </div>
        <section className="nc-panel">
          <header className="nc-panel__head">
            <h2>{t('page.readme')}</h2>
          </header>
          <div className="nc-panel__body">
            {readme === null ? (
              <p className="nc-soft">{t('page.noReadme')}</p>
            ) : (
              <PlainMarkdown source={readme} />
            )}
          </div>
        </section>
      </div>
      <FamilyColumns columns={columns} />
    </>
  )
}

const FamilyFacts = ({ value: { family, folder } }: { readonly value: Family }) => {
  const { t } = useTranslation('families')
  const format = useFormat()
  return (
    <section className="nc-panel nc-panel__body">
      <dl className="nc-facts">
        <dt>{t('page.id')}</dt>
        <dd>
          <Copyable text={family.id} label={t('page.id')} />
        </dd>
        <dt>{t('page.vendor')}</dt>
        <dd>
          {family.vendor}, {t(`technology.${family.technology}`)}
        </dd>
        <dt>{t('page.models')}</dt>
        <dd>{family.models.length === 0 ? t('none') : family.models.join(', ')}</dd>
        <dt>{t('page.olts')}</dt>
        <dd>{format.number(family.olts)}</dd>
        {family.pollingReason === null ? null : (
          <>
            <dt>{t('page.careful')}</dt>
            <dd>{family.pollingReason}</dd>
          </>
        )}
        {folder === null ? null : (
          <>
            <dt>{t('folder')}</dt>
            <dd>
              <Copyable text={folder} label={t('folder')} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
