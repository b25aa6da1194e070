import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Door } from '../../components/door.tsx'
import type { StepProps } from './code-step.tsx'
import { SetUpFactor } from './set-up-factor.tsx'

/** In the middle of a sign-in whose role asks for a second factor that is not there yet. */
export const SetUpStep = ({ onStep, onLost, onBack }: StepProps) => {
  const { t } = useTranslation('access')
  return (
    <Door title={t('setUp.title')} lead={t('setUp.lead')} wide>
      <SetUpFactor
        onDone={onStep}
        onRefused={({ code }) => {
          if (code === 'not-signed-in') onLost()
        }}
      />
      <Button variant="subtle" onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </Door>
  )
}
