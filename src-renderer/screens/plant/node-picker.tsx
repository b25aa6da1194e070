import { Select } from '@mantine/core'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'

export interface NodePickerProps {
  readonly label: string
  readonly value: { readonly id: string; readonly path: string } | null
  /** Words of "none": at the top, hangs nowhere. */
  readonly none: string
  readonly onChange: (node: { readonly id: string; readonly path: string } | null) => void
  readonly autoFocus?: boolean
}

const none = '-'
const mostOffered = 40

/** Picks a node by parts of its name or path; the engine searches. */
export const NodePicker = (props: NodePickerProps) => {
  const { t } = useTranslation('plant')
  const { value, onChange } = props
  const shown = value?.path ?? props.none
  const [text, setText] = useState(shown)
  // What stands in the box is the choice itself, not a question.
  const search = useDeferredValue(text === shown ? '' : text.replaceAll('›', ' ').slice(0, 200))
  const answer = useQuery('plant.nodes', { search, limit: mostOffered })
  const offered = (answer.value?.nodes ?? []).map(({ id, name, path }) => ({
    value: id,
    label: path === '' ? name : `${path} › ${name}`,
  }))
  const known =
    value === null || offered.some((one) => one.value === value.id)
      ? offered
      : [{ value: value.id, label: value.path }, ...offered]
  return (
    <Select
      label={props.label}
      searchable
      value={value?.id ?? none}
      data={[{ value: none, label: props.none }, ...known]}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => {
        const found = known.find((one) => one.value === id)
        onChange(found === undefined ? null : { id: found.value, path: found.label })
      }}
      allowDeselect={false}
      nothingFoundMessage={t('tree.noneFound')}
      maxDropdownHeight={280}
      {...(props.autoFocus === true ? { 'data-autofocus': true } : {})}
    />
  )
}
