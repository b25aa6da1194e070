import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import { shortcuts } from '../app/shortcuts.ts'
import { Kbd } from './kbd.tsx'
import './filter-box.css'

export interface FilterBoxProps {
  readonly input: Ref<HTMLInputElement>
  readonly text: string
  readonly onText: (text: string) => void
  readonly label: string
}

/** Narrows the list of a screen by what is typed; shows the key that leads into it. */
export const FilterBox = ({ input, text, onText, label }: FilterBoxProps): ReactNode => (
  <TextInput
    ref={input}
    className="nc-filter-box"
    value={text}
    onChange={(event) => onText(event.currentTarget.value)}
    placeholder={label}
    aria-label={label}
    spellCheck={false}
    leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
    rightSection={text === '' ? <Kbd keys={shortcuts.focusFilter.keys} /> : null}
  />
)
