import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './approval-acts.ts'
import { NotHolding } from './approval-state.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import './approvals.css'

/** On a plan: that it needs a second person, who could be it, and how far it is. */
export const PlanApproval = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const subject = { kind: 'provisioning.plan', subjectId: plan.id } as const
  const { value, failure, refresh } = useQuery('approvals.of', subject, {
    on: ['approvals.changed', 'access.changed', 'provisioning.changed'],
    everyMs: 500,
  })
  if (value === undefined) {
    return failure === undefined ? null : (
      <Awaiting failure={failure} onRetry={refresh} rows={1} brief />
    )
  }
  const { needed, rule, request, approvers, mayAsk } = value
  if (!needed && request === null) return null
  return (
    <section className="nc-panel" aria-label={t('plan.title')}>
      <header className="nc-panel__head">
        <h2>{t('plan.title')}</h2>
      </header>
      <div className="nc-panel__body nap-plan">
        {needed && request?.state !== 'approved' && (
          <p>
            {t('plan.needed')}{' '}
            <span className="nc-soft">
              {rule.grave && plan.risk === 'destructive' && t('plan.whyGrave')}{' '}
              {rule.above !== null &&
                plan.counts.total > rule.above &&
                t('plan.whyAbove', { count: rule.above, number: format.number(rule.above) })}
            </span>
          </p>
        )}
        {request !== null && (
          <p role="status">
            {t(`plan.${request.state}`, { name: request.decidedBy ?? '–' })}{' '}
            {request.decisionReason !== '' && <q>{request.decisionReason}</q>}
          </p>
        )}
        <NotHolding problem={request?.notHolding ?? null} />
        {needed && request?.state !== 'approved' && (
          <p className="nc-small nc-soft">
            {approvers.length === 0
              ? t('plan.nobody')
              : t('plan.approvers', {
                  count: approvers.length,
                  number: format.number(approvers.length),
                  names: approvers.slice(0, 8).join(', '),
                })}
          </p>
        )}
        <div className="nap-acts">
          {mayAsk && (
            <Button size="xs" onClick={() => setAsking(true)}>
              {t('plan.ask')}
            </Button>
          )}
          {request?.endedAt === null && <RouteLink to={paths.approvals()}>{t('title')}</RouteLink>}
        </div>
      </div>
      {asking && (
        <ReasonDialog
          title={t('plan.askTitle')}
          label={t('plan.askReason')}
          button={t('plan.askButton')}
          onClose={() => setAsking(false)}
          onReason={(reason) => act('approvals.ask', { ...subject, reason }, t('plan.asked'))}
        />
      )}
    </section>
  )
}
