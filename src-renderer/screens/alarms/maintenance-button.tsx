import { Button } from '@mantine/core'
import { IconTool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { emptyScope, type MaintenanceScope } from './maintenance-model.ts'
import { planMaintenance } from './maintenance-opener.ts'
import { useMayPlanMaintenance } from './use-permissions.ts'

export interface MaintenanceButtonProps {
  readonly scope: Partial<MaintenanceScope>
  /** What the window is called at first. */
  readonly title?: string | undefined
  readonly subtle?: boolean
}

/** Plans maintenance of what the page shows: by click, by `m`, from the palette. */
export const MaintenanceButton = (props: MaintenanceButtonProps): ReactNode => {
  const { scope, title = '', subtle = false } = props
  const { t } = useTranslation('alarms')
  const may = useMayPlanMaintenance()
  const open = (): void => planMaintenance({ ...emptyScope, ...scope }, title)
  useShortcut('maintain', open, may)
  useOfferedActions(
    may
      ? [
          {
            id: 'maintain',
            label: t('maintenance.plan'),
            icon: IconTool,
            keys: shortcuts.maintain.keys,
            run: open,
          },
        ]
      : [],
  )
  if (!may) return null
  return (
    <Button
      variant={subtle ? 'subtle' : 'default'}
      leftSection={<IconTool size={15} stroke={1.7} aria-hidden="true" />}
      rightSection={<Kbd keys={shortcuts.maintain.keys} />}
      onClick={open}
    >
      {t('maintenance.button')}
    </Button>
  )
}
