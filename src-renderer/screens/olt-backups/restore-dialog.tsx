import { Button, Group, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useMay } from '../olt-cli/use-may.ts'
import { exportUnmasked } from './backup-acts.ts'
import { guideWords } from './guide-words.ts'

export interface RestoreDialogProps {
  readonly version: OltBackupVersion
  readonly oltName: string
  readonly onClose: () => void
}

/** How a version comes back onto the OLT: step by step, by hand. */
export const RestoreDialog = ({ version, oltName, onClose }: RestoreDialogProps) => {
  const { t, i18n } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const format = useFormat()
  const exports = useMay('olt-backups.config.export')
  const { value, failure, refresh } = useQuery('olt-backups.restoreGuide', {
    versionId: version.id,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('restore.title', { name: oltName })}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size="lg"
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : (
        <Stack gap="md">
          <p>{t('restore.of', { time: format.instant(version.firstAt) })}</p>
          <p className="nc-soft">{t('restore.bySteps')}</p>
          {exports ? null : <p>{t('restore.notYours')}</p>}
          <ol className="nb-steps">
            {value.steps.map(({ key, params }) => (
              <li key={key}>{guideWords(t, i18n, key, params)}</li>
            ))}
          </ol>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('button.close')}
            </Button>
            {exports ? (
              <Button variant="default" onClick={() => void exportUnmasked(version, oltName)}>
                {t('act.exportUnmasked')}
              </Button>
            ) : null}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
