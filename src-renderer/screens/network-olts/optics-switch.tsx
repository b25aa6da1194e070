import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OltRow, OpticsPolling } from '../../../src-shared/contract/network-model.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'

export const opticsChoices = ['family', 'on', 'off'] as const satisfies readonly OpticsPolling[]

export interface OpticsSwitchProps {
  readonly olt: OltRow
  /** What the family's profile warns of; null: nothing. */
  readonly reason: string | null
  readonly onChange: () => void
}

const say = () => i18next.getFixedT(i18next.language, 'care')

/**
 * Asks first only where the family warns: a card that fails cannot be taken back. Everything else is
 * done at once and can be undone.
 */
const choose = async (
  { olt, reason, onChange }: OpticsSwitchProps,
  choice: OpticsPolling,
): Promise<void> => {
  if (choice === olt.opticsPolling) return
  if (choice === 'on' && reason !== null) {
    const sure = await confirm({
      title: say()('optics.confirmTitle', { name: olt.name }),
      text: say()('optics.confirmText', { reason }),
      confirmLabel: say()('optics.confirmGo'),
    })
    if (!sure) return
  }
  await save(olt, choice, olt.version, onChange, true)
}

const save = async (
  olt: OltRow,
  choice: OpticsPolling,
  baseVersion: number,
  onChange: () => void,
  undoable: boolean,
): Promise<void> => {
  try {
    const { version } = await runCommand('network.updateOlt', {
      oltId: olt.id,
      baseVersion,
      opticsPolling: choice,
    })
    onChange()
    showToast({
      kind: 'done',
      title: say()('optics.changed', {
        name: olt.name,
        choice: say()(`optics.choice.${choice}`).toLocaleLowerCase(),
      }),
      ...(undoable
        ? { undo: () => void save(olt, olt.opticsPolling, version, onChange, false) }
        : {}),
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

/** Whether every ONU is asked for its light in turn, and what each choice risks. */
export const OpticsSwitch = (props: OpticsSwitchProps) => {
  const { t } = useTranslation('care')
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={t('optics.changeLabel')}
          rightSection={<IconChevronDown size={12} aria-hidden="true" />}
        >
          {t('optics.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('optics.menu')}</Menu.Label>
        <Menu.RadioGroup
          value={props.olt.opticsPolling}
          onChange={(choice) => void choose(props, choice as OpticsPolling)}
        >
          {opticsChoices.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
              {t(`optics.choice.${choice}`)}
              <span className="no-care__choice nc-small nc-soft">
                {t(`optics.choiceHint.${choice}`)}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
