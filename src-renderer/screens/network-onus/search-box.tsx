import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import {
  startTransition,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { createOwnEcho } from './own-echo.ts'

export interface SearchBoxProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** ArrowDown and Enter lead into the table. */
  readonly onDown: () => void
  readonly placeholder: string
  readonly label: string
}

/** Keeps the typed text itself: a key shows at once, whatever the table does with it. */
export const SearchBox = ({
  text,
  onText,
  onDown,
  placeholder,
  label,
}: SearchBoxProps): ReactNode => {
  const { t } = useTranslation('network')
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(text)
  const [echo] = useState(() => createOwnEcho(text))
  useEffect(() => {
    if (echo.isForeign(text)) setDraft(text)
  }, [text, echo])
  useShortcut('focusFilter', () => {
    input.current?.focus()
    input.current?.select()
  })

  const write = (next: string): void => {
    setDraft(next)
    const search = next.slice(0, 200)
    echo.sent(search)
    // The letter is painted first; the table may follow a moment later.
    startTransition(() => onText(search))
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && draft !== '') {
      event.preventDefault()
      write('')
    } else if (
      event.key === 'ArrowDown' ||
      (event.key === 'Enter' && !event.nativeEvent.isComposing)
    ) {
      event.preventDefault()
      onDown()
    }
  }

  return (
    <TextInput
      ref={input}
      className="nc-onus__search"
      type="search"
      maxLength={200}
      value={draft}
      placeholder={placeholder}
      aria-label={label}
      spellCheck={false}
      autoComplete="off"
      leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
      rightSection={
        draft === '' ? (
          <Kbd keys={shortcuts.focusFilter.keys} />
        ) : (
          <CloseButton size="xs" aria-label={t('onus.clearSearch')} onClick={() => write('')} />
        )
      }
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
