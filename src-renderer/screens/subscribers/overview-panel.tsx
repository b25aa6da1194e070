import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import { shownPhone } from '../../../src-shared/domain/phone.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { noValue } from '../../components/format.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import { AgentDialog } from './agent-dialog.tsx'
import { NotesPanel } from './notes-panel.tsx'
import { ServicesPanel } from './services-panel.tsx'

/** What one wants to know first: who he is, how to reach him, and whether his line works. */
export const OverviewPanel = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const contact = record.contacts[0]
  const address = record.addresses[0]
  const givesAgents = usePermissions().includes('subscribers.agent.set') && useReachesAll()
  const [giving, setGiving] = useState(false)
  const pinned = record.notes.filter((note) => note.pinned)
  return (
    <div className="nsu-columns">
      <section className="nc-panel">
        <div className="nc-panel__head">
          <h2>{t('facts.who')}</h2>
        </div>
        <dl className="nc-panel__body nc-facts">
          <dt>{t('col.code')}</dt>
          <dd className="nc-mono">
            {record.code} <CopyButton text={record.code} label={t('col.code')} />
          </dd>
          <dt>{t('field.kind')}</dt>
          <dd>{t(`kind.${record.kind}`)}</dd>
          <dt>{t('col.status')}</dt>
          <dd>
            {t(`status.${record.status}`)}{' '}
            <span className="nc-soft">
              {t('since')} <Since at={record.statusSince} />
              {record.statusReason !== '' && ` · ${record.statusReason}`}
            </span>
          </dd>
          <dt>{t('facts.contact')}</dt>
          <dd>
            {contact === undefined ? (
              noValue
            ) : (
              <>
                {contact.phone !== '' && (
                  <>
                    {shownPhone(contact.phone)}{' '}
                    <CopyButton text={contact.phone} label={t('field.phone')} />{' '}
                  </>
                )}
                {contact.email}
              </>
            )}
          </dd>
          <dt>{t('facts.address')}</dt>
          <dd className="nsu-lines">
            {address === undefined
              ? noValue
              : [address.lines, [address.postcode, address.city].filter(Boolean).join(' ')]
                  .filter(Boolean)
                  .join('\n')}
          </dd>
          <dt>{t('facts.agent')}</dt>
          <dd>
            {record.agentName ?? t('facts.noAgent')}{' '}
            {givesAgents && (
              <button type="button" className="nbl-open" onClick={() => setGiving(true)}>
                {t('facts.giveAgent')}
              </button>
            )}
          </dd>
          <dt>{t('facts.language')}</dt>
          <dd>{record.language}</dd>
          <dt>{t('facts.neverSuspend')}</dt>
          <dd>
            {record.neverSuspend
              ? [t('mark.neverSuspend'), record.neverSuspendReason].filter(Boolean).join(': ')
              : t('facts.neverSuspendNo')}
          </dd>
          <dt>{t('facts.created')}</dt>
          <dd>
            <Since at={record.createdAt} />{' '}
            {record.createdBy !== null && (
              <span className="nc-soft">{t('facts.by', { name: record.createdBy })}</span>
            )}
          </dd>
        </dl>
      </section>
      {giving && (
        <AgentDialog
          which={{ ids: [record.id] }}
          onClose={() => setGiving(false)}
          onDone={() => setGiving(false)}
        />
      )}
      <ServicesPanel record={record} />
      <TaxAndConsent record={record} />
      {pinned.length > 0 && <NotesPanel record={{ ...record, notes: pinned }} mayChange={false} />}
    </div>
  )
}

const TaxAndConsent = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const consent =
    record.marketingConsent === null
      ? t('facts.marketingNever')
      : t(record.marketingConsent ? 'facts.marketingYes' : 'facts.marketingNo')
  return (
    <section className="nc-panel">
      <div className="nc-panel__head">
        <h2>{t('facts.tax')}</h2>
      </div>
      <dl className="nc-panel__body nc-facts">
        <dt>{t('field.taxId')}</dt>
        <dd className="nc-mono">{record.taxId === '' ? noValue : record.taxId}</dd>
        <dt>{t('field.taxName')}</dt>
        <dd>{record.taxName === '' ? noValue : record.taxName}</dd>
        <dt>{t('field.taxTreatment')}</dt>
        <dd>
          {t(`tax.${record.taxTreatment}`)}
          {record.taxNote !== '' && <span className="nc-soft"> · {record.taxNote}</span>}
        </dd>
        <dt>{t('facts.privacy')}</dt>
        <dd>
          {t('facts.marketing')}: {consent}{' '}
          {record.marketingConsentAt !== null && (
            <span className="nc-soft">
              <Since at={record.marketingConsentAt} />
            </span>
          )}
        </dd>
        <dt>{t('facts.restricted')}</dt>
        <dd>
          {t(record.restricted ? 'facts.restrictedYes' : 'facts.restrictedNo')}{' '}
          {record.restrictedSince !== null && (
            <span className="nc-soft">
              {t('since')} <Since at={record.restrictedSince} />
            </span>
          )}
        </dd>
      </dl>
    </section>
  )
}
