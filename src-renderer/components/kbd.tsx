import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownKeys } from '../app/use-keys.ts'
import './kbd.css'

export interface KbdProps {
  /**
   * As the registry writes it: `mod+k`, `g d`, `?`. Keys of a shortcut are shown as the person has
   * set them; nothing where they have none.
   */
  readonly keys: string
  /** These keys themselves, whatever a shortcut may have made of them. */
  readonly literal?: boolean
}

const isMac = (): boolean => navigator.userAgent.includes('Mac')

const shown: Readonly<Record<string, string>> = {
  escape: 'Esc',
  enter: '⏎',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  shift: 'Shift',
  alt: 'Alt',
  // A plus sign joins the keys of a chord.
  plus: '+',
  backspace: '⌫',
  delete: 'Del',
  insert: 'Ins',
  space: '␣',
}

const keyName = (key: string): string => {
  if (key === 'mod') return isMac() ? '⌘' : 'Ctrl'
  return shown[key.toLowerCase()] ?? key.toUpperCase()
}

/** Keys as caps: chords side by side, a sequence with the word between. */
export const Kbd = ({ keys, literal = false }: KbdProps) => {
  const { t } = useTranslation()
  const shownKeys = useShownKeys(keys, literal)
  if (shownKeys === '') return null
  return (
    <span className="nc-kbd">
      {shownKeys.split(' ').map((chord, index) => (
        <Fragment key={`${index}${chord}`}>
          {index > 0 && <span className="nc-kbd__then">{t('shortcut.then')}</span>}
          {chord.split('+').map((key) => (
            <kbd key={key}>{keyName(key)}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
