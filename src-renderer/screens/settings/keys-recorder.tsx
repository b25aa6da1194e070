import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chordPressed } from '../../app/keyboard-hooks.ts'
import { shortcuts, type Shortcut, type ShortcutName } from '../../app/shortcuts.ts'
import { useOwnKeys } from '../../app/use-keys.ts'
import { Kbd } from '../../components/kbd.tsx'
import { judgeKeys, pressWhileRecording, secondKeyMs } from './keys-recording.ts'

export interface KeysRecorderProps {
  readonly name: ShortcutName
  /** `keys` empty: none. `from`: the shortcut that loses them. */
  readonly onKeys: (keys: string, from: ShortcutName | null) => void
  readonly onCancel: () => void
}

/** Takes the next keys that are pressed, whatever they do elsewhere, and says whose they are. */
export const KeysRecorder = ({ name, onKeys, onCancel }: KeysRecorderProps) => {
  const { t } = useTranslation('keys')
  const { t: tCommon } = useTranslation()
  const own = useOwnKeys()
  const shortcut: Shortcut = shortcuts[name]
  const [chords, setChords] = useState<readonly string[]>([])
  const [pressed, setPressed] = useState<string | null>(null)
  const judged = pressed === null ? null : judgeKeys(own, name, pressed, shortcut.inFields === true)

  const latest = useRef({ onKeys, onCancel })
  useEffect(() => {
    latest.current = { onKeys, onCancel }
  })

  useEffect(() => {
    if (pressed !== null) return undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      const chord = chordPressed(event)
      // Tab leads on, so that nobody is caught in here.
      if (event.key === 'Tab') return latest.current.onCancel()
      event.preventDefault()
      event.stopPropagation()
      if (chord === undefined || event.repeat) return undefined
      const next = pressWhileRecording(chords, chord)
      if (next.kind === 'cancelled') latest.current.onCancel()
      else if (next.kind === 'none') latest.current.onKeys('', null)
      else if (next.kind === 'enough') setPressed(next.keys)
      else setChords(next.chords)
      return undefined
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [chords, pressed])

  useEffect(() => {
    if (chords.length === 0 || pressed !== null) return undefined
    const timer = setTimeout(() => setPressed(chords.join(' ')), secondKeyMs)
    return () => clearTimeout(timer)
  }, [chords, pressed])

  useEffect(() => {
    if (judged?.kind === 'free' && pressed !== null) latest.current.onKeys(pressed, null)
  }, [judged?.kind, pressed])

  const again = (): void => {
    setChords([])
    setPressed(null)
  }

  if (pressed === null || judged === null || judged.kind === 'free') {
    return (
      <span className="nc-keys-set__recorder" role="status">
        {chords.length === 0 ? (
          t('press')
        ) : (
          <>
            <Kbd literal keys={chords.join(' ')} /> {t('pressMore')}
          </>
        )}
        <Button size="compact-xs" variant="default" onClick={onCancel}>
          {tCommon('button.cancel')}
        </Button>
      </span>
    )
  }
  return (
    <span className="nc-keys-set__recorder" role="alert">
      <Kbd literal keys={pressed} />
      {judged.kind === 'clash'
        ? t('clash', { name: tCommon(`shortcut.${judged.with}`) })
        : t(`refused.${judged.why}`)}
      {judged.kind === 'clash' && (
        <Button size="compact-xs" onClick={() => onKeys(pressed, judged.with)}>
          {t('take')}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={again}>
        {t('again')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        {tCommon('button.cancel')}
      </Button>
    </span>
  )
}
