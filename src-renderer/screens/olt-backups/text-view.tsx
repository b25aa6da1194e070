import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { LineText } from './line-text.tsx'
import { SearchBar } from './search-bar.tsx'
import { linesOf, linesWith } from './text-search.ts'
import { longestOf, useLineHeight } from './use-mono.ts'
import './olt-backups.css'

export interface TextViewProps {
  readonly text: string
  readonly label: string
}

/** A text of any length with line numbers and a search; only what is in sight is in the page. */
export const TextView = ({ text, label }: TextViewProps) => {
  const { t } = useTranslation('olt-backups')
  const lines = useMemo(() => linesOf(text), [text])
  const longest = useMemo(() => longestOf(lines), [lines])
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const hits = useMemo(() => linesWith(lines, search), [lines, search])
  const [hit, setHit] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const height = useLineHeight()
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 20,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height])
  useEffect(() => setHit(0), [search])
  const current = hits[hit]
  useEffect(() => {
    if (current !== undefined) virtualizer.scrollToIndex(current, { align: 'center' })
  }, [virtualizer, current])
  const go = (by: number): void => {
    if (hits.length > 0) setHit((before) => (before + by + hits.length) % hits.length)
  }
  useShortcut('focusFilter', () => input.current?.focus())
  return (
    <div className="nb-text nc-panel">
      <SearchBar
        input={input}
        text={typed}
        onText={setTyped}
        label={t('text.search')}
        hits={hits.length}
        hit={hit}
        onGo={go}
      />
      <div
        ref={scroller}
        className="nb-lines"
        tabIndex={0}
        role="region"
        aria-label={label}
        style={{ '--nb-line': `${height}px` } as CSSProperties}
      >
        <div
          className="nb-lines__body"
          style={{
            height: virtualizer.getTotalSize(),
            minWidth: `calc(${longest}ch + 88px)`,
          }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              className="nb-line"
              data-current={index === current ? '' : undefined}
              style={{ top: start }}
            >
              <span className="nb-line__number" aria-hidden="true">
                {index + 1}
              </span>
              <code>
                <LineText text={lines[index] ?? ''} search={search} />
              </code>
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
