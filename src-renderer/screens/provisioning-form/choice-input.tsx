import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { fits, idOf, nameOf, type Choice } from './choice.ts'

export interface ChoiceInputProps extends Pick<
  AutocompleteProps,
  'label' | 'aria-label' | 'placeholder' | 'withAsterisk' | 'error'
> {
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onValue: (value: string) => void
  /** The name of what is chosen stands in the hover text alone. */
  readonly brief?: boolean
}

/** A word that is typed or chosen: found by its id and by its name, sent as the id. */
export const ChoiceInput = ({ choices, value, onValue, brief, ...rest }: ChoiceInputProps) => {
  const chosen = nameOf(choices, value)
  const byId = new Map(choices.map((one) => [one.id, one]))
  return (
    <Autocomplete
      {...rest}
      size="xs"
      title={chosen ?? undefined}
      description={brief === true ? undefined : chosen}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
      data={choices.map(({ id }) => id)}
      limit={200}
      selectFirstOptionOnChange
      filter={({ options, search }) =>
        options.filter((option) => {
          const one = 'value' in option ? byId.get(option.value) : undefined
          return one !== undefined && fits(one, search)
        })
      }
      renderOption={({ option }) => (
        <span className="npv-choice">
          <span className="nc-mono">{option.value}</span>{' '}
          <span>{nameOf(choices, option.value)}</span>
        </span>
      )}
      value={value}
      onChange={onValue}
      onBlur={() => {
        const id = idOf(choices, value)
        if (id !== value) onValue(id)
      }}
    />
  )
}
