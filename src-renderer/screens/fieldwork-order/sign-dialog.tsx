import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { SignaturePad, type Stroke } from './signature.tsx'

const fewest = 12

/** The customer sees what was done, writes his name and signs on the screen. */
export const SignDialog = ({
  record,
  onClose,
}: {
  readonly record: WorkOrderRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const { order } = record
  const [name, setName] = useState(order.subscriber?.name ?? '')
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const drawn = strokes.reduce((sum, { points }) => sum + points.length, 0)
  const submit = async (): Promise<boolean> =>
    (await act('fieldwork.sign', {
      id: order.id,
      baseVersion: order.version,
      name: name.trim(),
      strokes: strokes.filter(({ points }) => points.length > 2).map(({ points }) => ({ points })),
    })) !== null
  return (
    <FormDialog
      title={t('signTitle', { number: order.number })}
      button={t('do.sign')}
      size="lg"
      ready={name.trim() !== '' && drawn >= fewest}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{order.subject}</p>
      <p className="nc-soft nc-small">
        {t('signSum', {
          work: format.number(record.spent.work),
          materials: format.number(record.materials.length),
          light: record.light.after === null ? '–' : `${record.light.after.rxDbm.toFixed(2)} dBm`,
        })}
      </p>
      <TextInput
        label={t('signName')}
        withAsterisk
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <SignaturePad strokes={strokes} onStrokes={setStrokes} />
      <p className="nc-soft nc-small">{t('signHint')}</p>
    </FormDialog>
  )
}
