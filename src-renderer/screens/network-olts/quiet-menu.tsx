import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPause, IconPlayerPlay, type Icon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { leaveAlone, readAgain } from './quiet-actions.ts'
import { quietChoices } from './quiet-model.ts'

export interface QuietProps {
  readonly olt: OltRow
  readonly onChange: () => void
}

/** The choices, for any menu. */
export const QuietItems = ({ olt, onChange }: QuietProps) => {
  const { t } = useTranslation('care')
  return (
    <>
      {olt.quiet === null ? null : (
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          onClick={() => void readAgain(olt, onChange)}
        >
          {t('quiet.end')}
        </Menu.Item>
      )}
      <Menu.Label>{t('quiet.menu')}</Menu.Label>
      {quietChoices.map(({ id, minutes }) => (
        <Menu.Item
          key={id}
          leftSection={<IconPlayerPause size={15} aria-hidden="true" />}
          onClick={() => void leaveAlone(olt, minutes, onChange)}
        >
          {t(`quiet.${id}`)}
        </Menu.Item>
      ))}
    </>
  )
}

/** The switch on the OLT's page: a menu under its key, and its choices in the palette. */
export const QuietButton = ({ olt, onChange }: QuietProps) => {
  const { t } = useTranslation('care')
  const [open, setOpen] = useState(false)
  useShortcut('leaveAlone', () => setOpen(true))
  const offer = (id: string, label: string, icon: Icon, run: () => void) => ({
    id,
    label,
    icon,
    run,
  })
  useOfferedActions([
    ...(olt.quiet === null
      ? []
      : [
          offer(
            'quiet end',
            t('quiet.actionEnd'),
            IconPlayerPlay,
            () => void readAgain(olt, onChange),
          ),
        ]),
    ...quietChoices.map(({ id, action, minutes }) =>
      offer(
        `quiet ${id}`,
        t(`quiet.${action}`),
        IconPlayerPause,
        () => void leaveAlone(olt, minutes, onChange),
      ),
    ),
  ])
  return (
    <Menu position="bottom-end" opened={open} onChange={setOpen}>
      <Menu.Target>
        <Button
          variant="default"
          title={t('quiet.menuHint')}
          leftSection={<IconPlayerPause size={14} aria-hidden="true" />}
          rightSection={
            <>
              <Kbd keys={shortcuts.leaveAlone.keys} />
              <IconChevronDown size={13} stroke={1.7} aria-hidden="true" />
            </>
          }
        >
          {t('quiet.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <QuietItems olt={olt} onChange={onChange} />
      </Menu.Dropdown>
    </Menu>
  )
}
