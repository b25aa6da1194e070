import { useTranslation } from 'react-i18next'
import type { PlanStep } from '../../../src-shared/contract/provisioning-plans.ts'
import { useFormat } from '../../components/use-format.ts'
import { RiskMark, StepStateMark } from './marks.tsx'
import { ProblemLine } from './problem-line.tsx'

export interface StepListProps {
  readonly steps: readonly PlanStep[]
  readonly label: string
  /** The inverse is only shown: nothing has become of it. */
  readonly quiet?: boolean
}

/** Exactly what is sent, step by step, and what came back. */
export const StepList = ({ steps, label, quiet = false }: StepListProps) => (
  <ol className="npv-steps" aria-label={label}>
    {steps.map((step) => (
      <Step key={step.seq} step={step} quiet={quiet} />
    ))}
  </ol>
)

const Step = ({ step, quiet }: { readonly step: PlanStep; readonly quiet: boolean }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { seq, kind, rendered, state, startedAt, endedAt } = step
  const took = startedAt !== null && endedAt !== null ? endedAt - startedAt : null
  return (
    <li className="npv-step" data-state={state}>
      <div className="npv-step__head">
        <span className="nc-faint npv-step__seq">{format.number(seq + 1)}</span>
        <strong>{t(`step.${kind}`)}</strong>
        {step.unproven && (
          <span className="npv-chip" title={t('plan.unprovenHint')}>
            {t('plan.unproven')}
          </span>
        )}
        {rendered.risk !== 'read' && <RiskMark risk={rendered.risk} />}
        <span className="npv-step__end">
          {took !== null && (
            <span className="nc-faint nc-small" title={format.instant(startedAt)}>
              {t('plan.tookMs', { ms: format.number(took) })}
            </span>
          )}
          {!quiet && <StepStateMark state={state} />}
        </span>
      </div>
      <StepLines step={step} />
      {step.problem !== null && <ProblemLine problem={step.problem} />}
    </li>
  )
}

const StepLines = ({ step }: { readonly step: PlanStep }) => {
  const { t } = useTranslation('provisioning')
  const { rendered, exchanges } = step
  const label = t('plan.linesOf', { step: t(`step.${step.kind}`) })
  if (rendered.via === 'snmp') {
    return (
      <div className="npv-lines" role="group" aria-label={label} tabIndex={0}>
        {rendered.sets.map(({ oid, type, value, meaning }) => (
          <div key={oid} className="npv-line">
            <span className="npv-line__mode">set</span>
            <span className="npv-line__text">
              {oid} = {type} {value} <span className="npv-line__note">{meaning}</span>
            </span>
          </div>
        ))}
      </div>
    )
  }
  return (
    <div className="npv-lines" role="group" aria-label={label} tabIndex={0}>
      {rendered.lines.map(({ mode, line }, at) => {
        const answer = exchanges[at]?.answer.trim() ?? ''
        return (
          // The same line may stand twice in a step: its place is its name.
          <div key={at}>
            <div className="npv-line">
              <span className="npv-line__mode">{mode}</span>
              <LineText line={line} />
            </div>
            {answer !== '' && <div className="npv-line__answer">{answer}</div>}
          </div>
        )
      })}
      {exchanges.slice(rendered.lines.length).map(({ sent, answer }, at) => (
        <div key={`more ${at}`}>
          <div className="npv-line">
            <span className="npv-line__mode" />
            <LineText line={sent} />
          </div>
          {answer.trim() !== '' && <div className="npv-line__answer">{answer}</div>}
        </div>
      ))}
    </div>
  )
}

/** Broken between words alone: a word that ends in a dash would look whole. */
const LineText = ({ line }: { readonly line: string }) => (
  <span className="npv-line__text">
    {line.split(/(?<= )/).map((word, at) => (
      // The same word may stand twice: its place is its name.
      <span key={at} className="npv-line__word">
        {word}
      </span>
    ))}
  </span>
)

/** For the clipboard: as it would be typed. */
export const linesText = (steps: readonly PlanStep[]): string =>
  steps
    .flatMap(({ rendered }) =>
      rendered.via === 'cli'
        ? rendered.lines.map(({ line }) => line)
        : rendered.sets.map(({ oid, type, value }) => `snmpset ${oid} ${type} ${value}`),
    )
    .join('\n')
