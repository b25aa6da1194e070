import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { OutcomeMark, SeverityMark } from './audit-table.tsx'
import { shortId, useAuditWords } from './audit-words.ts'

export interface AuditRowDrawerProps {
  readonly seq: number
  readonly onClose: () => void
}

/** One row with what was kept in detail. Asked once: that it is read is told in the trail. */
export const AuditRowDrawer = ({ seq, onClose }: AuditRowDrawerProps) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const { value, failure, refresh } = useQuery('audit.row', { seq })
  const shown = value?.row.seq === seq ? value : undefined
  return (
    <RecordDrawer
      title={t('row.title', { seq: format.number(seq) })}
      subtitle={shown === undefined ? undefined : format.instant(shown.row.at)}
      onClose={onClose}
    >
      {shown !== undefined ? (
        <RowFacts told={shown} />
      ) : (
        <Awaiting failure={failure} onRetry={refresh} rows={8} brief />
      )}
    </RecordDrawer>
  )
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
)

const RowFacts = ({ told }: { readonly told: Output<'audit.row'> }) => {
  const { t } = useTranslation('audit')
  const { t: tError } = useTranslation('error')
  const words = useAuditWords()
  const { row } = told
  const about = words.about(row)
  return (
    <>
      <dl className="nau-facts">
        <Fact label={t('row.act')}>
          {words.act(row.command)}
          <div className="nc-mono nc-soft nc-small">{row.command}</div>
        </Fact>
        <Fact label={t('row.who')}>
          {words.who(row)}
          {row.accountId !== null && (
            <RouteLink className="nau-link" to={paths.audit(`person=${row.accountId}`)}>
              {t('row.ofPerson')}
            </RouteLink>
          )}
        </Fact>
        <Fact label={t('row.from')}>
          {t(`row.fromValue.${row.clientKind as 'console'}`, { defaultValue: row.clientKind })}
          {row.device === null ? null : ` · ${row.device}`}
        </Fact>
        <Fact label={t('row.object')}>
          {words.object(row) ?? '–'}
          {row.objectKind !== null && row.objectId !== null && (
            <RouteLink className="nau-link" to={paths.auditOf(row.objectKind, row.objectId)}>
              {t('row.timeline')}
            </RouteLink>
          )}
        </Fact>
        <Fact label={t('row.about')}>
          {about ?? '–'}
          {row.subjectId !== null && (
            <RouteLink className="nau-link" to={paths.audit(`person=${row.subjectId}`)}>
              {t('row.ofPerson')}
            </RouteLink>
          )}
        </Fact>
        <Fact label={t('row.result')}>
          <OutcomeMark outcome={row.outcome} />
          {row.code === null ? null : (
            <div className="nc-small">
              {tError(`${row.code}.what`, { defaultValue: row.code })}{' '}
              <span className="nc-mono nc-soft">{row.code}</span>
            </div>
          )}
        </Fact>
        {row.reason !== null && <Fact label={t('row.reason')}>{words.reason(row.reason)}</Fact>}
        <Fact label={t('row.category')}>{t(`category.${row.category}`)}</Fact>
        <Fact label={t('row.severity')}>
          <SeverityMark severity={row.severity} />
        </Fact>
        {row.sessionId !== null && (
          <Fact label={t('row.session')}>
            <span className="nc-mono">{shortId(row.sessionId)}</span>
          </Fact>
        )}
      </dl>
      <Detail told={told} />
      <h3 className="nau-part">{t('row.changes')}</h3>
      {told.changes.length === 0 ? (
        <p className="nc-soft">{t('row.noChanges')}</p>
      ) : (
        <ul className="nau-changes">
          {told.changes.map((change, index) => (
            // One command may change a record twice.
            <li key={`${change.objectKind} ${change.objectId} ${index}`}>
              <RouteLink to={paths.auditOf(change.objectKind, change.objectId)}>
                {words.kind(change.objectKind)}{' '}
                <span className="nc-mono">{shortId(change.objectId)}</span>
              </RouteLink>{' '}
              {t(`row.${change.kind}`)}{' '}
              <span className="nc-soft">{t('row.version', { version: change.version })}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className="nau-facts nau-hashes">
        <Fact label={t('row.hash')}>
          <span className="nc-mono nau-hash">{told.hash}</span>
          <CopyButton text={told.hash} label={t('row.hash')} />
        </Fact>
        <Fact label={t('row.previous')}>
          <span className="nc-mono nau-hash">{told.previousHash}</span>
        </Fact>
      </dl>
      <p className="nc-soft nc-small">{t('row.readNote')}</p>
    </>
  )
}

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const Detail = ({ told }: { readonly told: Output<'audit.row'> }) => {
  const { t } = useTranslation('audit')
  const said = {
    none: 'row.detailNone',
    erased: 'row.detailErased',
    lost: 'row.detailLost',
  } as const
  return (
    <section aria-label={t('row.detail')}>
      <h3 className="nau-detail__head">
        {t('row.detail')}
        {told.detail !== null && <CopyButton text={told.detail} label={t('row.detail')} />}
      </h3>
      {told.detailState === 'kept' ? (
        <pre className="nau-detail nc-mono" tabIndex={0}>
          {pretty(told.detail ?? '')}
        </pre>
      ) : (
        <p className={told.detailState === 'lost' ? 'nau-lost' : 'nc-soft'}>
          {t(said[told.detailState])}
        </p>
      )}
    </section>
  )
}
