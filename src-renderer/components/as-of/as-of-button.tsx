import { ActionIcon, Popover, Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useAsOf } from '../../state/as-of.ts'
import { AsOfPicker } from './as-of-picker.tsx'
import './as-of.css'

/** The way to a past moment, in the top bar. */
export const AsOfButton = () => {
  const { t } = useTranslation('asof')
  const [open, setOpen] = useState(false)
  const past = useAsOf(({ asOf }) => asOf.kind !== 'now')
  useShortcut('asOf', () => setOpen((before) => !before))
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={t('open')}>
          <ActionIcon
            size={28}
            aria-label={t('open')}
            aria-expanded={open}
            data-past={past ? '' : undefined}
            className="nc-top__lock nc-asof-button"
            onClick={() => setOpen((before) => !before)}
          >
            <IconHistory size={18} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="nc-asof-picker" aria-label={t('title')}>
        {open && <AsOfPicker onClose={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
