import { Button } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { RiskMark } from '../provisioning/marks.tsx'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import { act } from './approval-acts.ts'
import { ApprovalState, NotHolding } from './approval-state.tsx'

export interface ApprovalCardProps {
  readonly request: ApprovalRow
  /** A reason is asked for first. */
  readonly onDecide: (decision: 'approve' | 'decline') => void
}

/** One thing that was asked for: what it would do, who wants it and why, and what was said to it. */
export const ApprovalCard = ({ request, onDecide }: ApprovalCardProps) => {
  const { t } = useTranslation('approvals')
  const { t: tPlan } = useTranslation('provisioning')
  const format = useFormat()
  const heading = useId()
  const { preview, state, id: requestId } = request
  const changes: Readonly<Record<string, string>> = tPlan('kind', { returnObjects: true })
  return (
    <li>
      <article className="nc-panel" aria-labelledby={heading}>
        <header className="nc-panel__head nap-head">
          <h2 id={heading}>
            {t('subject', {
              change: changes[preview.change] ?? preview.change,
              count: preview.onus,
              number: format.number(preview.onus),
            })}
          </h2>
          <RiskMark risk={preview.risk} />
          <ApprovalState state={state} />
        </header>
        <div className="nc-panel__body">
          <p className="nap-quote">
            {request.mine
              ? t('askedByMe', { since: format.instant(request.askedAt) })
              : t('askedBy', {
                  name: request.askedBy ?? '–',
                  since: format.instant(request.askedAt),
                })}
            {': '}
            <q>{request.reason}</q>
          </p>
          {request.decidedAt !== null && (
            <p className="nap-quote">
              {t('decidedBy', {
                name: request.decidedBy ?? '–',
                since: format.instant(request.decidedAt),
              })}
              {': '}
              <q>{request.decisionReason}</q>
            </p>
          )}
          <NotHolding problem={request.notHolding} />
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
          {state === 'waiting' && !request.mine && request.undecidable !== null && (
            <ProblemLine problem={request.undecidable} kind="tells" />
          )}
          <div className="nap-acts">
            {state === 'waiting' && request.undecidable === null && (
              <>
                <Button size="xs" onClick={() => onDecide('approve')}>
                  {t('approve')}
                </Button>
                <Button size="xs" variant="default" onClick={() => onDecide('decline')}>
                  {t('decline')}
                </Button>
              </>
            )}
            {request.mine && request.endedAt === null && (
              <Button
                size="xs"
                variant="default"
                onClick={() => void act('approvals.withdraw', { requestId }, t('withdrawn'))}
              >
                {t('withdraw')}
              </Button>
            )}
            {request.mine && ['declined', 'expired', 'fallen'].includes(state) && (
              <Button
                size="xs"
                variant="default"
                onClick={() => void act('approvals.acknowledge', { requestId })}
              >
                {t('acknowledge')}
              </Button>
            )}
            <RouteLink to={paths.change(request.subjectId)}>{t('open')}</RouteLink>
            {request.endedAt === null && (
              <span className="nc-small nc-soft">
                {t(state === 'approved' ? 'holdsUntil' : 'until', {
                  time: format.instant(request.expiresAt),
                })}
              </span>
            )}
          </div>
        </div>
      </article>
    </li>
  )
}
