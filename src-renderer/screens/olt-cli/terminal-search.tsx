import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useState, type Ref, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import type { TerminalHandle } from './terminal-view.tsx'

export interface TerminalSearchProps {
  readonly input: Ref<HTMLInputElement>
  readonly view: RefObject<TerminalHandle | null>
}

/** Searches what stands in the terminal; asked anew at each step, for it grows. */
export const TerminalSearch = ({ input, view }: TerminalSearchProps) => {
  const { t } = useTranslation('olt-cli')
  const format = useFormat()
  const [text, setText] = useState('')
  const [found, setFound] = useState({ at: 0, total: 0 })
  const go = (wanted: string, by: 1 | -1 | 0): void => {
    const hits = view.current?.find(wanted) ?? []
    // The latest first: what one looks for was mostly just answered.
    const at = hits.length === 0 ? 0 : by === 0 ? hits.length - 1 : wrap(found.at + by, hits.length)
    const hit = hits[at]
    if (hit !== undefined) view.current?.show(hit)
    setFound({ at, total: hits.length })
  }
  return (
    <span className="noc-search">
      <TextInput
        ref={input}
        value={text}
        placeholder={t('terminal.search')}
        aria-label={t('terminal.search')}
        spellCheck={false}
        leftSection={<IconSearch size={14} stroke={1.7} aria-hidden="true" />}
        onChange={(event) => {
          setText(event.currentTarget.value)
          go(event.currentTarget.value, 0)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          go(text, event.shiftKey ? 1 : -1)
        }}
      />
      <ActionIcon aria-label={t('terminal.previous')} onClick={() => go(text, -1)}>
        <IconChevronUp size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon aria-label={t('terminal.next')} onClick={() => go(text, 1)}>
        <IconChevronDown size={16} aria-hidden="true" />
      </ActionIcon>
      <span className="nc-soft nc-small" role="status">
        {text === ''
          ? ''
          : found.total === 0
            ? t('terminal.notFound')
            : t('terminal.found', {
                at: format.number(found.at + 1),
                total: format.number(found.total),
              })}
      </span>
    </span>
  )
}

const wrap = (at: number, total: number): number => (at + total) % total
