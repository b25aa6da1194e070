import { Button, Menu } from '@mantine/core'
import { IconRadar2, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { useTask } from '../../client/use-task.ts'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'

/** Asks one OLT over its CLI, now: SNMP may be minutes behind, or not tell at all. */
export const LookNow = () => {
  const { t } = useTranslation('provisioning')
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const { state, start, cancel } = useTask<{ found: number }>()
  useEffect(() => {
    if (state.kind === 'done') {
      showToast({ kind: 'done', title: t('look.found', { count: state.result.found }) })
    } else if (state.kind === 'failed') showFailure(state.failure)
  }, [state, t])
  if (olts.length === 0) return null
  if (state.kind === 'running') {
    return (
      <Button
        variant="default"
        aria-label={t('look.cancel')}
        rightSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
        onClick={cancel}
      >
        {t('look.running')}
      </Button>
    )
  }
  const look = (oltId: string): void =>
    start((taskId) => runCommand('provisioning.lookForWaiting', { oltId, taskId }))
  return (
    <PresentOnly>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            title={t('look.hint')}
            leftSection={<IconRadar2 size={15} stroke={1.7} aria-hidden="true" />}
          >
            {t('look.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Label>{t('look.which')}</Menu.Label>
          {olts.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => look(id)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </PresentOnly>
  )
}
