import { ActionIcon, Menu } from '@mantine/core'
import {
  IconBroadcast,
  IconDots,
  IconList,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { MayOnly } from '../../components/may-only.tsx'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { readNow } from './olt-actions.ts'
import { QuietItems } from './quiet-menu.tsx'
import { onusWith } from './onu-links.ts'

export interface OltMenuProps {
  readonly olt: OltRow
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onChange: () => void
}

export const OltMenu = ({ olt, onEdit, onRemove, onChange }: OltMenuProps) => {
  const { t } = useTranslation(['network', 'traps'])
  const size = 15
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('olts.actions.menu', { name: olt.name })}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconList size={size} aria-hidden="true" />}
          onClick={() => navigate(onusWith({ oltIds: [olt.id] }))}
        >
          {t('olts.actions.showOnus')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBroadcast size={size} aria-hidden="true" />}
          onClick={() => navigate(paths.traps(`olt=${olt.id}`))}
        >
          {t('showOfOlt', { ns: 'traps' })}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconRefresh size={size} aria-hidden="true" />}
          onClick={() => void readNow(olt, 'status')}
        >
          {t('olts.actions.readNow')}
        </Menu.Item>
        <MayOnly needs="network.olt.manage">
          <Menu.Item leftSection={<IconPencil size={size} aria-hidden="true" />} onClick={onEdit}>
            {t('olts.actions.edit')}
          </Menu.Item>
          <Menu.Divider />
          <QuietItems olt={olt} onChange={onChange} />
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={size} aria-hidden="true" />}
            onClick={onRemove}
          >
            {t('olts.actions.remove')}
          </Menu.Item>
        </MayOnly>
      </Menu.Dropdown>
    </Menu>
  )
}
