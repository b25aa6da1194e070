import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../components/kbd.tsx'
import { useFormat } from '../components/use-format.ts'
import { awaitedIndex, enteredOn, moveIn, type Awaited } from './palette-items.ts'
import { readTyped } from './palette-scopes.ts'
import { PaletteTips } from './palette-tips.tsx'
import { usePaletteGroups } from './use-palette-groups.tsx'
import './palette.css'

export interface PaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Ctrl/Cmd+K: everything that can be reached, from the keyboard alone (ARIA combobox). */
export const Palette = ({ onClose, onHelp }: PaletteProps) => {
  const { t } = useTranslation()
  const { t: tSearch } = useTranslation('search')
  const format = useFormat()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [selected, setSelected] = useState(0)
  // The Enter that still waits for an answer.
  const [awaited, setAwaited] = useState<Awaited>()
  const { groups, state } = usePaletteGroups(typed, onHelp)
  const { mode, text } = readTyped(typed)
  const lines = groups.flatMap((group) => group.lines)
  const at = Math.min(selected, lines.length - 1)
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at, typed])

  const select = (index: number): void => {
    setSelected(index)
    setAwaited(undefined)
  }

  const type = (text: string): void => {
    setTyped(text)
    setSelected(0)
    setAwaited(undefined)
    input.current?.focus()
  }

  const choose = (index: number): void => {
    const line = lines[index]
    if (line === undefined) return
    if (typeof line.act !== 'function') {
      type(line.act.type)
      return
    }
    onClose()
    line.act()
  }

  const latest = useRef({ lines, choose })
  latest.current = { lines, choose }
  useEffect(() => {
    if (awaited === undefined || state === 'searching') return
    setAwaited(undefined)
    if (state === 'done') latest.current.choose(awaitedIndex(latest.current.lines, awaited))
  }, [awaited, state])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const by = step[event.key]
    if (by !== undefined) {
      event.preventDefault()
      select(
        Math.abs(by) === 1
          ? moveIn(lines.length, at, by)
          : Math.max(0, Math.min(lines.length - 1, at + by)),
      )
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const entered = enteredOn(lines, at, state === 'searching')
      if (entered.kind === 'run') choose(entered.index)
      else setAwaited(entered.awaited)
    }
  }

  let index = -1
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      title={<span className="nc-hidden">{t('palette.title')}</span>}
      size={680}
      padding={0}
      yOffset="12vh"
      classNames={{ header: 'nc-hidden' }}
    >
      <div className="nc-palette">
        <div className="nc-palette__input">
          <IconSearch size={17} stroke={1.7} aria-hidden="true" className="nc-icon nc-faint" />
          <input
            // At once, so that no letter typed right after the key is lost; the trap alone would wait.
            autoFocus
            ref={input}
            data-autofocus
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={at < 0 ? undefined : `${listId}-${at}`}
            aria-label={t('palette.title')}
            placeholder={tSearch('placeholder')}
            value={typed}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          className="nc-palette__list"
          role="listbox"
          id={listId}
          aria-label={t('palette.title')}
          hidden={lines.length === 0}
          ref={list}
        >
          {groups.map((group) => (
            <div
              key={group.title}
              role="group"
              aria-label={group.title}
              className={group.dense === true ? 'nc-palette__dense' : undefined}
            >
              <div className="nc-palette__group" aria-hidden="true">
                {group.title}
                {group.count !== undefined && (
                  <span className="nc-palette__total">{format.number(group.count)}</span>
                )}
              </div>
              {group.lines.map((line) => {
                index += 1
                const mine = index
                return (
                  <div
                    key={line.key}
                    id={`${listId}-${mine}`}
                    role="option"
                    aria-selected={mine === at}
                    className="nc-palette__line"
                    onPointerMove={() => mine !== at && select(mine)}
                    onClick={() => choose(mine)}
                  >
                    {line.content}
                  </div>
                )
              })}
            </div>
          ))}
        </div>
        {mode === 'help' && <PaletteTips />}
        {lines.length === 0 && state !== 'searching' && (
          <p className="nc-palette__nothing">
            {state === 'failed' && t('palette.failed')}
            {state === 'idle' && mode === 'records' && tSearch('placeholder')}
            {(state === 'done' || mode === 'actions') && t('palette.nothing', { text })}
          </p>
        )}
        <div className="nc-palette__foot">
          <span>
            <Kbd literal keys="ArrowUp" /> <Kbd literal keys="ArrowDown" /> {t('palette.hintMove')}
          </span>
          <span>
            <Kbd literal keys="Enter" /> {t('palette.hintOpen')}
          </span>
          <span>
            <Kbd literal keys=">" /> {t('palette.hintActions')}
          </span>
          <span>
            <Kbd literal keys="?" /> {tSearch('hintPrefix')}
          </span>
          <span>
            <Kbd literal keys="Escape" /> {t('palette.hintClose')}
          </span>
          <span className="nc-palette__count" role="status">
            {state === 'searching'
              ? t('palette.searching')
              : t('palette.results', { count: lines.length })}
          </span>
        </div>
      </div>
    </Modal>
  )
}
