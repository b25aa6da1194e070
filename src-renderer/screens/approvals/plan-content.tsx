import { useTranslation } from 'react-i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'

/** What a plan would do: on which OLTs and ONUs, and its first lines. */
export const PlanContent = ({ preview }: Pick<ApprovalRow, 'preview'>) => {
  const { t } = useTranslation('approvals')
  return (
    <>
      <dl className="nc-facts">
        <dt>{t('facts.olts')}</dt>
        <dd>{preview.olts.join(', ')}</dd>
        {preview.samples.length > 0 && (
          <>
            <dt>{t('facts.onus')}</dt>
            <dd className="nc-mono">
              {preview.samples.join(', ')}
              {preview.onus > preview.samples.length && ` ${t('more')}`}
            </dd>
          </>
        )}
        {preview.serviceLossS !== null && (
          <>
            <dt>{t('facts.loss')}</dt>
            <dd>{t('facts.lossValue', { count: preview.serviceLossS })}</dd>
          </>
        )}
      </dl>
      {preview.lines.length > 0 && (
        <>
          <div className="nc-small nc-soft">{t('lines')}</div>
          {/* Scrolled by keys, so it takes the focus. */}
          <pre className="nc-mono nap-lines" tabIndex={0} role="group" aria-label={t('lines')}>
            {preview.lines.join('\n')}
          </pre>
        </>
      )}
    </>
  )
}
