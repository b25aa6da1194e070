import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconFold } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Kbd } from '../../components/kbd.tsx'
import { showFailure } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { DiffLines } from './diff-lines.tsx'
import { rowsOf, withGapOpen, type DiffBlock, type DiffGap } from './diff-model.ts'
import { linesOf } from './text-search.ts'
import { longestOf, useLineHeight } from './use-mono.ts'

export interface DiffViewProps {
  readonly blocks: readonly DiffBlock[]
  /** Its text fills a gap that is opened. */
  readonly afterId: string
  readonly split: boolean
}

/** px before the text of a line: its number and its sign, and some air behind it. */
const gutter = 96

/** The difference itself; only what is in sight is in the page. */
export const DiffView = ({ blocks, afterId, split }: DiffViewProps) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const [opened, setOpened] = useState({ of: blocks, blocks })
  const shown = opened.of === blocks ? opened.blocks : blocks
  const texts = useRef<readonly string[] | undefined>(undefined)
  const [at, setAt] = useState<number | undefined>()
  const scroller = useRef<HTMLDivElement>(null)
  const height = useLineHeight()
  const shift = useRef<HTMLDivElement>(null)
  const { rows, changes } = useMemo(() => rowsOf(shown, split), [shown, split])
  const longest = useMemo(
    () =>
      longestOf(
        rows.flatMap((row) =>
          row.kind === 'gap' ? [] : [row.left?.text ?? '', row.right?.text ?? ''],
        ),
      ),
    [rows],
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 20,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height, rows])

  const go = (by: 1 | -1): void => {
    if (changes.length === 0) return
    const next =
      at === undefined
        ? by === 1
          ? 0
          : changes.length - 1
        : Math.max(0, Math.min(changes.length - 1, at + by))
    setAt(next)
    virtualizer.scrollToIndex(changes[next]!, { align: 'center' })
    bringAcross(changes[next]!)
  }
  /** Beside each other long lines are cut: what differs in this one is moved into sight. */
  const bringAcross = (index: number): void => {
    const element = shift.current
    const row = rows[index]
    if (element === null || row?.kind !== 'lines') return
    const parts = [row.left?.part, row.right?.part].flatMap((part) => part ?? [])
    if (parts.length === 0) return
    const half = element.clientWidth / 2
    const perCharacter = (element.scrollWidth - half - gutter) / longest
    const end = Math.max(...parts) * perCharacter - (half - gutter)
    const begin = (Math.min(...parts) - 8) * perCharacter
    element.scrollLeft = Math.max(0, Math.min(end, begin))
  }
  useShortcut('nextChange', () => go(1))
  useShortcut('previousChange', () => go(-1))

  const open = async (gap: DiffGap): Promise<void> => {
    try {
      texts.current ??= linesOf((await callQuery('olt-backups.text', { versionId: afterId })).text)
      const lines = texts.current
      setOpened({ of: blocks, blocks: withGapOpen(shown, gap, lines) })
    } catch (error) {
      showFailure(failureOf(error))
    }
  }

  return (
    <div className="nb-text nc-panel">
      <div className="nb-search">
        <span className="nc-soft" role="status">
          {at === undefined
            ? t('diff.changes', { count: changes.length })
            : t('diff.change', {
                at: format.number(at + 1),
                total: format.number(changes.length),
              })}
        </span>
        <ActionIcon aria-label={t('diff.previous')} onClick={() => go(-1)}>
          <IconArrowUp size={16} aria-hidden="true" />
        </ActionIcon>
        <Kbd keys={shortcuts.previousChange.keys} />
        <ActionIcon aria-label={t('diff.next')} onClick={() => go(1)}>
          <IconArrowDown size={16} aria-hidden="true" />
        </ActionIcon>
        <Kbd keys={shortcuts.nextChange.keys} />
        <span className="nb-search__note nc-soft nc-small">
          <span className="nb-secret">••••</span> {t('text.masked')}
        </span>
      </div>
      <div
        ref={scroller}
        className="nb-lines"
        tabIndex={0}
        role="region"
        aria-label={t('diff.label')}
        data-split={split ? '' : undefined}
        style={{ '--nb-line': `${height}px` } as CSSProperties}
        onWheel={(event) => {
          const across = event.shiftKey ? event.deltaY : event.deltaX
          if (split && across !== 0) shift.current?.scrollBy(across, 0)
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 64 : event.key === 'ArrowLeft' ? -64 : 0
          if (!split || step === 0 || event.target !== event.currentTarget) return
          event.preventDefault()
          shift.current?.scrollBy(step, 0)
        }}
      >
        <div
          className="nb-lines__body"
          style={{
            height: virtualizer.getTotalSize(),
            ...(split ? {} : { minWidth: `calc(${longest}ch + 140px)` }),
          }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]!
            return row.kind === 'gap' ? (
              <button
                key={index}
                type="button"
                className="nb-gap"
                style={{ top: start }}
                onClick={() => void open(row.gap)}
              >
                <IconFold size={13} aria-hidden="true" />
                {t('diff.gap', { count: row.gap.count, lines: format.number(row.gap.count) })}
              </button>
            ) : (
              <DiffLines
                key={index}
                row={row}
                top={start}
                split={split}
                current={row.change !== null && row.change === at}
              />
            )
          })}
        </div>
      </div>
      {split ? (
        <div
          ref={shift}
          className="nb-shift"
          aria-hidden="true"
          tabIndex={-1}
          onScroll={(event) =>
            scroller.current?.style.setProperty('--nb-shift', `${event.currentTarget.scrollLeft}px`)
          }
        >
          {/* As much wider than the view as the longest line is than its half. */}
          <div style={{ width: `calc(50% + ${longest}ch + ${gutter}px)` }} />
        </div>
      ) : null}
    </div>
  )
}
