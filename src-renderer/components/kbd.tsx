import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import './kbd.css'

export interface KbdProps {
  /** As the registry writes it: `mod+k`, `g d`, `?`. */
  readonly keys: string
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
}

const keyName = (key: string): string => {
  if (key === 'mod') return isMac() ? '⌘' : 'Ctrl'
  return shown[key.toLowerCase()] ?? key.toUpperCase()
}

/** Keys as caps: chords side by side, a sequence with the word between. */
export const Kbd = ({ keys }: KbdProps) => {
  const { t } = useTranslation()
  return (
    <span className="nc-kbd">
      {keys.split(' ').map((chord, index) => (
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
