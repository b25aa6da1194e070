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
import { carryOut } from './carry-out.ts'
import { sortOf, subjectText } from './kind-words.ts'
import { MoneyContent } from './money-content.tsx'
import { PlanContent } from './plan-content.tsx'
import { ApprovalState, NotHolding } from './approval-state.tsx'

export interface ApprovalCardProps {
  readonly request: ApprovalRow
  /** A reason is asked for first. */
  readonly onDecide: (decision: 'approve' | 'decline') => void
}

/** One thing that was asked for: what it would do, who wants it and why, and what was said to it. */
export const ApprovalCard = ({ request, onDecide }: ApprovalCardProps) => {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const heading = useId()
  const sort = sortOf[request.kind]
  const { preview, state, id: requestId } = request
  return (
    <li>
      <article className="nc-panel" aria-labelledby={heading}>
        <header className="nc-panel__head nap-head">
          <h2 id={heading}>{subjectText(request)}</h2>
          {preview.money === null && <RiskMark risk={preview.risk} />}
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
          {preview.money === null ? (
            <PlanContent preview={preview} />
          ) : (
            <MoneyContent money={preview.money} />
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
            {request.mine && state === 'approved' && sort !== 'plan' && (
              <Button size="xs" onClick={() => void carryOut(request)}>
                {t(`${sort}.issue`)}
              </Button>
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
            {request.kind === 'provisioning.plan' && (
              <RouteLink to={paths.change(request.subjectId)}>{t('open')}</RouteLink>
            )}
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
