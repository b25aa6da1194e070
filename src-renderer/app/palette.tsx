import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../components/kbd.tsx'
import { awaitedIndex, enteredOn, moveIn, type Awaited } from './palette-items.ts'
import { usePaletteGroups } from './use-palette-groups.tsx'
import './palette.css'

export interface PaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Ctrl/Cmd+K: everything that can be reached, from the keyboard alone (ARIA combobox). */
export const Palette = ({ onClose, onHelp }: PaletteProps) => {
  const { t } = useTranslation()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [selected, setSelected] = useState(0)
  // The Enter that still waits for an answer.
  const [awaited, setAwaited] = useState<Awaited>()
  const { groups, state } = usePaletteGroups(typed, onHelp)
  const lines = groups.flatMap((group) => group.lines)
  const at = Math.min(selected, lines.length - 1)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at, typed])

  const select = (index: number): void => {
    setSelected(index)
    setAwaited(undefined)
  }

  const choose = (index: number): void => {
    const line = lines[index]
    if (line === undefined) return
    onClose()
    line.run()
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
            data-autofocus
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={at < 0 ? undefined : `${listId}-${at}`}
            aria-label={t('palette.title')}
            placeholder={t('palette.placeholder')}
            value={typed}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setSelected(0)
              setAwaited(undefined)
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          className="nc-palette__list"
          role="listbox"
          id={listId}
          aria-label={t('palette.title')}
          ref={list}
        >
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <div className="nc-palette__group" aria-hidden="true">
                {group.title}
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
          {lines.length === 0 && state !== 'searching' && (
            <p className="nc-palette__nothing">
              {state === 'failed' ? t('palette.failed') : t('palette.nothing', { text: typed })}
            </p>
          )}
        </div>
        <div className="nc-palette__foot">
          <span>
            <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> {t('palette.hintMove')}
          </span>
          <span>
            <Kbd keys="Enter" /> {t('palette.hintOpen')}
          </span>
          <span>
            <Kbd keys=">" /> {t('palette.hintActions')}
          </span>
          <span>
            <Kbd keys="Escape" /> {t('palette.hintClose')}
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
