import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { canStep, steps, type Span, type Step } from './steps.ts'

export interface StepButtonsProps {
  readonly at: number
  readonly span: Span
  readonly onStep: (step: Step) => void
}

/** A day or an hour, back or on. */
export const StepButtons = ({ at, span, onStep }: StepButtonsProps) => {
  const { t } = useTranslation('asof')
  return (
    <div className="nc-asof-steps" role="group" aria-label={t('steps')}>
      {steps.map((step) => (
        <Button
          key={step}
          variant="default"
          size="compact-sm"
          title={t(`stepHint.${step}`)}
          disabled={!canStep(at, step, span)}
          onClick={() => onStep(step)}
        >
          {t(`step.${step}`)}
        </Button>
      ))}
    </div>
  )
}
