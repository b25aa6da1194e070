import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './filter-bar.css'

export interface FilterOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly icon?: ReactNode
  /** How many ONUs are so, where that is known. */
  readonly count?: string
}

export interface FilterMenuProps<Value extends string> {
  readonly label: string
  readonly options: readonly FilterOption<Value>[]
  readonly chosen: readonly Value[]
  readonly onChosen: (chosen: readonly Value[]) => void
  /** Shown above many options. */
  readonly find?: { readonly placeholder: string; readonly nothing: string }
}

const findFrom = 9

/** One kind of filter: a button that says what is chosen, and a list to choose several from. */
export const FilterMenu = <Value extends string>(props: FilterMenuProps<Value>): ReactNode => {
  const { label, options, chosen, onChosen, find } = props
  const { t } = useTranslation('network')
  const [opened, setOpened] = useState(false)
  const [text, setText] = useState('')
  const first = options.find((option) => option.value === chosen[0])
  const summary =
    chosen.length === 0
      ? null
      : chosen.length === 1
        ? (first?.label ?? '…')
        : t('onus.filter.chosen', { first: first?.label ?? '…', more: chosen.length - 1 })
  const words = text.toLowerCase().trim()
  const shown =
    words === '' ? options : options.filter((option) => option.label.toLowerCase().includes(words))

  const toggle = (value: Value): void =>
    onChosen(
      chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value],
    )

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          className="nc-filter"
          data-chosen={summary === null ? undefined : ''}
          rightSection={<IconChevronDown size={13} stroke={1.7} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          {label}
          {summary !== null && <span className="nc-filter__chosen">{summary}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} className="nc-filter__menu" aria-label={label}>
        {find !== undefined && options.length >= findFrom && (
          <TextInput
            className="nc-filter__find"
            placeholder={find.placeholder}
            aria-label={find.placeholder}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div className="nc-filter__options" role="group" aria-label={label}>
          {shown.map((option) => (
            <label key={option.value} className="nc-filter__option">
              <Checkbox
                checked={chosen.includes(option.value)}
                onChange={() => toggle(option.value)}
                aria-label={option.label}
              />
              {option.icon}
              <span className="nc-cut">{option.label}</span>
              {option.count !== undefined && (
                <span className="nc-filter__count">{option.count}</span>
              )}
            </label>
          ))}
          {shown.length === 0 && find !== undefined && (
            <p className="nc-filter__nothing">{find.nothing}</p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
