import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { cancelTransfer, useTransfer } from '../../app/transfer.ts'
import { Door } from '../../components/door.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'

/** While the transfer file is written and proved; who asked for it sees how far it is. */
export const PackingScreen = () => {
  const { t } = useTranslation('transfer')
  const format = useFormat()
  const { busy, step, done, total } = useTransfer()
  const words = step === null ? '' : t(`packing.${step}`)
  return (
    <Door title={t('packing.title')} lead={t('packing.lead')} closed>
      {step === null || total === null ? (
        <>
          <LoadingState rows={2} />
          <p className="nc-small nc-soft" role="status">
            {words}
          </p>
        </>
      ) : (
        <>
          <Progress value={(done / Math.max(1, total)) * 100} aria-label={words} />
          <p className="nc-small nc-soft">
            {t('packing.of', {
              step: words,
              done: format.bytes(done),
              total: format.bytes(total),
            })}
          </p>
        </>
      )}
      {busy && (
        <Button variant="default" autoFocus onClick={cancelTransfer}>
          {t('packing.cancel')}
        </Button>
      )}
    </Door>
  )
}
