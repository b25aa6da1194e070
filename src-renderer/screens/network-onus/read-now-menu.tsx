import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconRefresh } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type OltRow, type ReadingGroup } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

const groups: readonly ReadingGroup[] = ['status', 'optics', 'counters', 'identity']

export interface ReadNowMenuProps {
  readonly oltId: string
  /** undefined: not known yet. */
  readonly olt: OltRow | undefined
}

/** Asks the OLT now for one group of readings, and shows the walk that runs. */
export const ReadNowMenu = ({ oltId, olt }: ReadNowMenuProps): ReactNode => {
  const { t } = useTranslation('network')
  const [asking, setAsking] = useState(false)
  const polling = olt?.polling ?? null

  const read = (group: ReadingGroup): void => {
    if (asking) return
    setAsking(true)
    runCommand('network.pollNow', { oltId, group })
      .then(
        () =>
          showToast({
            kind: 'info',
            title: t('onus.record.readAsked', { group: t(`readingGroup.${group}`) }),
          }),
        (error: unknown) => showFailure(failureOf(error)),
      )
      .finally(() => setAsking(false))
  }

  useShortcut('refresh', () => read('status'))

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} stroke={1.7} aria-hidden="true" />}
          rightSection={<IconChevronDown size={13} stroke={1.7} aria-hidden="true" />}
          disabled={asking}
        >
          {polling === null
            ? t('onus.record.readNow')
            : `${t('onus.record.reading')} ${t(`readingGroup.${polling.group}`)}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((group) => (
          <Menu.Item key={group} onClick={() => read(group)}>
            {t(`readingGroup.${group}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
