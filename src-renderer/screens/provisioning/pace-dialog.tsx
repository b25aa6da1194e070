import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pace } from '../../../src-shared/contract/provisioning-plans.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { PaceFields } from './pace-fields.tsx'

export interface PaceDialogProps {
  readonly pace: Pace
  readonly count: number
  readonly onClose: () => void
  readonly onPace: (pace: Pace) => Promise<boolean>
}

/** Another pace makes the plan anew: what is read is then fresh as well. */
export const PaceDialog = ({ pace, count, onClose, onPace }: PaceDialogProps) => {
  const { t } = useTranslation('provisioning')
  const [next, setNext] = useState(pace)
  return (
    <FormDialog
      title={t('pace.dialogTitle', { count })}
      button={t('pace.button')}
      ready
      onClose={onClose}
      onSubmit={() => onPace(next)}
    >
      <p className="nc-soft">{t('pace.dialogText')}</p>
      <PaceFields pace={next} onPace={setNext} />
    </FormDialog>
  )
}
