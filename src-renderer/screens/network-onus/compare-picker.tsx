import {
  ActionIcon,
  Button,
  Combobox,
  Popover,
  TextInput,
  Tooltip,
  useCombobox,
} from '@mantine/core'
import { IconArrowsDiff, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { LineMark } from '../../components/time-chart/line-mark.tsx'
import { sameOnu, type OnuRef } from './compare-query.ts'
import { useCompareChoices } from './use-compare-choices.ts'

export interface ComparePickerProps {
  /** What the charts are about: never offered. */
  readonly onu: OnuRef
  readonly compared: { readonly name: string } | null
  readonly onCompare: (onu: OnuRef | null) => void
}

/** Which other ONU is laid over: by serial number, name or address, or a neighbour on the PON. */
export const ComparePicker = ({ onu, compared, onCompare }: ComparePickerProps): ReactNode => {
  const { t } = useTranslation('history')
  const [open, setOpen] = useState(false)
  if (compared !== null) {
    const label = t('compare.remove', { name: compared.name })
    return (
      <span className="nc-compare">
        <LineMark over />
        <span className="nc-cut nc-compare__name nc-small">{compared.name}</span>
        <Tooltip label={label}>
          <ActionIcon size={20} aria-label={label} onClick={() => onCompare(null)}>
            <IconX size={14} stroke={1.8} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </span>
    )
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowsDiff size={14} stroke={1.7} aria-hidden="true" />}
          onClick={() => setOpen(!open)}
        >
          {t('compare.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="nc-compare__picker">
        <Choices
          onu={onu}
          onChoose={(chosen) => {
            setOpen(false)
            onCompare(chosen)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

interface ChoicesProps {
  readonly onu: OnuRef
  readonly onChoose: (onu: OnuRef) => void
}

const keyOf = ({ oltId, address }: OnuRef): string => `${oltId} ${formatOnu(address)}`

const Choices = ({ onu, onChoose }: ChoicesProps): ReactNode => {
  const { t } = useTranslation('history')
  const combobox = useCombobox()
  const [text, setText] = useState('')
  const { groups, searching, failed } = useCompareChoices(onu, text)
  const shown = groups
    .map(({ name, onus }) => ({ name, onus: onus.filter((each) => !sameOnu(each, onu)) }))
    .filter(({ onus }) => onus.length > 0)
  const all = shown.flatMap(({ onus }) => onus)
  const choose = (key: string): void => {
    const chosen = all.find((each) => keyOf(each) === key)
    if (chosen !== undefined) onChoose({ oltId: chosen.oltId, address: chosen.address })
  }
  return (
    <Combobox store={combobox} withinPortal={false} onOptionSubmit={choose}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          label={t('compare.title')}
          placeholder={t('compare.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.resetSelectedOption()
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options h={280} className="nc-compare__options">
        {shown.map(({ name, onus }) => (
          <Combobox.Group key={name} label={t(`compare.${name}`)}>
            {onus.map((each) => (
              <Combobox.Option key={keyOf(each)} value={keyOf(each)}>
                <Choice onu={each} />
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
        {shown.length === 0 && (
          <Combobox.Empty>
            {failed
              ? t('compare.failed')
              : searching
                ? t('compare.searching')
                : t('compare.none', { text })}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  )
}

const Choice = ({ onu }: { readonly onu: OnuRow }): ReactNode => (
  <span className="nc-compare__option">
    <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} iconOnly />
    <span className="nc-mono">{onu.serial ?? '–'}</span>
    <span className="nc-cut">{onu.name ?? onu.description ?? ''}</span>
    <span className="nc-mono nc-soft">{formatOnu(onu.address)}</span>
  </span>
)
