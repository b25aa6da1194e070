import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { showFailure } from '../../components/toast.tsx'
import { makeUuidV7 } from '../../client/uuid.ts'
import { useFormat } from '../../components/use-format.ts'
import { exportUnmasked } from './backup-acts.ts'
import { guideWords } from './guide-words.ts'

export interface RestoreDialogProps {
  readonly version: OltBackupVersion
  readonly oltName: string
  readonly onClose: () => void
}

/** How a version comes back onto the OLT: by plan where the family can, else step by step by hand. */
export const RestoreDialog = ({ version, oltName, onClose }: RestoreDialogProps) => {
  const { t, i18n } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { value, failure, refresh } = useQuery('olt-backups.restoreGuide', {
    versionId: version.id,
  })
  const [making, setMaking] = useState(false)
  const makePlan = async (): Promise<void> => {
    setMaking(true)
    try {
      const { plan } = await runCommand('provisioning.makePlan', {
        targets: { filter: { oltIds: [version.oltId] } },
        change: { kind: 'restore', versionId: version.id },
        reason: t('restore.reason', { time: format.instant(version.firstAt) }),
        taskId: makeUuidV7(),
      })
      onClose()
      navigate(paths.change(plan.id))
    } catch (error) {
      showFailure(failureOf(error))
      setMaking(false)
    }
  }
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
        failure === undefined ? (
          <LoadingState rows={4} />
        ) : (
          <FailureState failure={failure} onRetry={refresh} />
        )
      ) : (
        <Stack gap="md">
          <p>
            {t('restore.of', { time: format.instant(version.firstAt), name: oltName })}{' '}
            {value.onus === null
              ? t('restore.onusUnknown')
              : t('restore.onus', { count: value.onus })}
          </p>
          {value.way === 'plan' ? (
            <p className="nc-soft">{t('restore.byPlan')}</p>
          ) : (
            <>
              <p className="nc-soft">{t('restore.bySteps')}</p>
              <ol className="nb-steps">
                {value.steps.map(({ key, params }) => (
                  <li key={key}>{guideWords(t, i18n, key, params)}</li>
                ))}
              </ol>
            </>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('button.close')}
            </Button>
            {value.way === 'plan' ? (
              <Button loading={making} onClick={() => void makePlan()}>
                {t('restore.makePlan')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => void exportUnmasked(version, oltName)}>
                {t('act.exportUnmasked')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
