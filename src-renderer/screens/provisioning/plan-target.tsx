import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { PlanRow, PlanTargetRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Differences, PartText } from './differences.tsx'
import { CanaryMark, RiskMark, TargetStateMark } from './marks.tsx'
import { ProblemLine } from './problem-line.tsx'
import { linesText, StepList } from './step-list.tsx'

export interface PlanTargetProps {
  readonly plan: PlanRow
  readonly seq: number
  /** Another value: something moved, ask again. */
  readonly revision: number
  readonly narrow?: boolean
}

/** One ONU of a plan: what changes, what is sent, what came back, what would take it back. */
export const PlanTarget = ({ plan, seq, revision, narrow = false }: PlanTargetProps) => {
  const list = useQuery('provisioning.planTargets', { planId: plan.id, offset: seq, limit: 1 })
  const steps = useQuery('provisioning.planSteps', { planId: plan.id, target: seq })
  const askTargets = list.refresh
  const askSteps = steps.refresh
  useEffect(() => {
    askTargets()
    askSteps()
  }, [revision, askTargets, askSteps])
  const target = list.value?.targets[0]
  if (target === undefined || steps.value === undefined) {
    const failure = list.failure ?? steps.failure
    return <Awaiting failure={failure} onRetry={askSteps} rows={6} />
  }
  return (
    <div className="npv-target" data-narrow={narrow || undefined}>
      <div className="npv-target__what">
        <TargetHead target={target} />
        <Changes target={target} plan={plan} />
        <Checks target={target} checks={steps.value.checks} />
      </div>
      <div className="npv-target__sent">
        <Sent answer={steps.value} plan={plan} />
      </div>
    </div>
  )
}

const TargetHead = ({ target }: { readonly target: PlanTargetRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { address, addressAfter, oltId, oltName, serial, name, problem } = target
  const moves = addressAfter !== null && formatOnu(addressAfter) !== formatOnu(address)
  return (
    <section className="npv-head">
      <h2>
        <RouteLink to={paths.onu(oltId, address)}>{name ?? serial}</RouteLink>{' '}
        {name !== null && <span className="nc-mono nc-soft">{serial}</span>}
      </h2>
      <p className="npv-head__line">
        <span>
          {oltName} <span className="nc-mono">{formatOnu(address)}</span>
          {moves && (
            <>
              {' → '}
              <span className="nc-mono">{formatOnu(addressAfter)}</span>
            </>
          )}
        </span>
        <TargetStateMark state={target.state} />
        <RiskMark risk={target.risk} />
        {target.canary && <CanaryMark />}
      </p>
      {target.serviceLossS !== null && (
        <p className="npv-loss">
          <IconPlugConnectedX size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
          {t('plan.serviceLoss', { time: format.duration(target.serviceLossS) })}
        </p>
      )}
      {problem !== null && <ProblemLine problem={problem} />}
    </section>
  )
}

const Changes = ({ target, plan }: { readonly target: PlanTargetRow; readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  return (
    <section>
      <h3 className="npv-h">{t('plan.changes')}</h3>
      {target.differences.length === 0 ? (
        <p className="nc-soft">{t(`plan.noDifference.${noDifference(plan)}`)}</p>
      ) : (
        <Differences list={target.differences} />
      )}
    </section>
  )
}

const noDifference = ({ change }: PlanRow): 'reboot' | 'factoryReset' | 'move' | 'other' => {
  if (change.kind === 'reboot') return 'reboot'
  if (change.kind === 'factory-reset') return 'factoryReset'
  return change.kind === 'move' ? 'move' : 'other'
}

interface ChecksProps {
  readonly target: PlanTargetRow
  readonly checks: Output<'provisioning.planSteps'>['checks']
}

const Checks = ({ target, checks }: ChecksProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { readBack, readBackAt } = target
  if (readBack !== null) {
    return (
      <section>
        <h3 className="npv-h">
          {t('plan.readBack', { time: format.instant(readBackAt, 'time') })}
        </h3>
        {readBack.length === 0 ? (
          <p className="nc-soft">{t('plan.readBackFits')}</p>
        ) : (
          <Differences list={readBack} sides={[t('plan.wanted'), t('plan.found')]} />
        )}
      </section>
    )
  }
  return (
    <section>
      <h3 className="npv-h">{t('plan.checks')}</h3>
      {checks.length === 0 ? (
        <p className="nc-soft">{t('plan.checksNone')}</p>
      ) : JSON.stringify(checks) === JSON.stringify(target.differences) ? (
        <p className="nc-soft">{t('plan.checksAll')}</p>
      ) : (
        <ul className="npv-checks">
          {checks.map(({ part, after }) => (
            <li key={part}>
              {t(`part.${part}`)}:{' '}
              <span className="nc-mono">
                <PartText part={part} text={after} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface SentProps {
  readonly answer: Output<'provisioning.planSteps'>
  readonly plan: PlanRow
}

const Sent = ({ answer, plan }: SentProps) => {
  const { t } = useTranslation('provisioning')
  const { steps, inverse, inverseProblem } = answer
  const text = useMemo(() => linesText(steps), [steps])
  const begun = steps.some(({ state }) => state !== 'waiting')
  return (
    <>
      <section>
        <h3 className="npv-h">
          {t(begun ? 'plan.sent' : 'plan.willSend')}
          <CopyButton text={text} label={t('plan.lines')} />
        </h3>
        {steps.length === 0 ? (
          <p className="nc-soft">{t('plan.nothingSent')}</p>
        ) : (
          <StepList steps={steps} label={t('plan.willSend')} />
        )}
      </section>
      <details className="npv-inverse" open={plan.state === 'draft' || undefined}>
        <summary>{t('plan.inverse')}</summary>
        {inverseProblem !== null && <ProblemLine problem={inverseProblem} kind="warns" brief />}
        {inverse.length > 0 && <StepList steps={inverse} label={t('plan.inverse')} quiet />}
      </details>
    </>
  )
}
