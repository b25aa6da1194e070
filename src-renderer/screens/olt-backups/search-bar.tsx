import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterBox } from '../../components/filter-box.tsx'
import { useFormat } from '../../components/use-format.ts'

export interface SearchBarProps {
  readonly input: Ref<HTMLInputElement>
  readonly text: string
  readonly onText: (text: string) => void
  readonly label: string
  readonly hits: number
  /** From 0. */
  readonly hit: number
  readonly onGo: (by: 1 | -1) => void
  readonly children?: ReactNode
}

/** Search within a text: Enter for the next hit, Shift+Enter for the one before. */
export const SearchBar = (props: SearchBarProps) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const { hits, hit, onGo, text } = props
  return (
    <div className="nb-search">
      <div
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onGo(event.shiftKey ? -1 : 1)
        }}
      >
        <FilterBox input={props.input} text={text} onText={props.onText} label={props.label} />
      </div>
      <span className="nc-soft nc-small nb-search__hits" role="status">
        {text === ''
          ? ''
          : hits === 0
            ? t('text.none')
            : t('text.hit', { at: format.number(hit + 1), total: format.number(hits) })}
      </span>
      <ActionIcon aria-label={t('text.previous')} disabled={hits === 0} onClick={() => onGo(-1)}>
        <IconChevronUp size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon aria-label={t('text.next')} disabled={hits === 0} onClick={() => onGo(1)}>
        <IconChevronDown size={16} aria-hidden="true" />
      </ActionIcon>
      {props.children}
    </div>
  )
}
