import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { IconPencil, IconRotate2, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changedKeys } from '../../app/keyboard-own.ts'
import { listKeys, type ListedKey } from '../../app/keyboard-list.ts'
import { shortcuts, type ShortcutName } from '../../app/shortcuts.ts'
import { useOwnKeys } from '../../app/use-keys.ts'
import { Kbd } from '../../components/kbd.tsx'
import { showToast } from '../../components/toast.tsx'
import { changePreferences, usePreferences } from '../../state/preferences.ts'
import { KeysRecorder } from './keys-recorder.tsx'
import './keys-settings.css'

/** All keys by group, each to be changed by pressing others; kept with the person. */
export const KeysSettings = () => {
  const { t } = useTranslation('keys')
  const { t: tCommon } = useTranslation()
  const own = useOwnKeys()
  const kept = usePreferences((state) => state.preferences.keys)
  const [typed, setTyped] = useState('')
  const [recording, setRecording] = useState<ShortcutName | null>(null)
  // The pencil that was pressed has the focus again when its keys have been pressed.
  const list = useRef<HTMLDivElement>(null)
  const recorded = useRef<ShortcutName>(null)
  useEffect(() => {
    if (recording !== null) recorded.current = recording
    else list.current?.querySelector<HTMLElement>(`[data-key="${recorded.current}"]`)?.focus()
  }, [recording])
  const groups = listKeys(own, (name) => tCommon(`shortcut.${name}`), typed)

  const keep = (keys: Record<string, string>, title: string): void => {
    setRecording(null)
    changePreferences({ keys })
    showToast({ kind: 'done', title, undo: () => changePreferences({ keys: kept }) })
  }

  const set = (name: ShortcutName, keys: string, from: ShortcutName | null): void => {
    const without = from === null ? kept : changedKeys(shortcuts, kept, from, '')
    keep(changedKeys(shortcuts, without, name, keys), t('kept'))
  }

  return (
    <section className="nc-panel" id="keys">
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
        <TextInput
          size="xs"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={t('search')}
          aria-label={t('search')}
          spellCheck={false}
          leftSection={<IconSearch size={14} stroke={1.7} aria-hidden="true" />}
        />
        <Button
          size="compact-sm"
          variant="default"
          disabled={Object.keys(kept).length === 0}
          onClick={() => keep({}, t('resetAllDone'))}
        >
          {t('resetAll')}
        </Button>
      </header>
      <div className="nc-panel__body">
        <p className="nc-small nc-soft">{t('intro')}</p>
        {groups.length === 0 && <p className="nc-soft">{t('nothing', { text: typed })}</p>}
        <div className="nc-keys-set" ref={list}>
          {groups.map(({ group, keys }) => (
            <section key={group} aria-label={tCommon(`shortcut.group.${group}`)}>
              <h3>{tCommon(`shortcut.group.${group}`)}</h3>
              <ul>
                {keys.map((each) => (
                  <li key={each.name} data-recording={recording === each.name ? '' : undefined}>
                    <span className="nc-keys-set__label">{each.label}</span>
                    {recording === each.name ? (
                      <KeysRecorder
                        name={each.name}
                        onKeys={(pressed, from) => set(each.name, pressed, from)}
                        onCancel={() => setRecording(null)}
                      />
                    ) : (
                      <KeysOf
                        each={each}
                        onChange={() => setRecording(each.name)}
                        onReset={() =>
                          keep(changedKeys(shortcuts, kept, each.name, null), t('resetDone'))
                        }
                      />
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </section>
  )
}

interface KeysOfProps {
  readonly each: ListedKey
  readonly onChange: () => void
  readonly onReset: () => void
}

const KeysOf = ({ each, onChange, onReset }: KeysOfProps) => {
  const { t } = useTranslation('keys')
  const { t: tCommon } = useTranslation()
  const { label, keys, changed, takenBy } = each
  return (
    <>
      {takenBy !== null && (
        <span className="nc-small nc-soft">
          {t('takenBy', { name: tCommon(`shortcut.${takenBy}`) })}
        </span>
      )}
      {changed && <span className="nc-small nc-faint">{t('changed')}</span>}
      {keys === '' ? <span className="nc-faint">{t('none')}</span> : <Kbd literal keys={keys} />}
      {changed && (
        <Tooltip label={t('reset')}>
          <ActionIcon
            size={22}
            variant="subtle"
            aria-label={t('resetOne', { label })}
            onClick={onReset}
          >
            <IconRotate2 size={14} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t('changeIt')}>
        <ActionIcon
          size={22}
          variant="subtle"
          aria-label={t('changeOne', { label })}
          data-key={each.name}
          onClick={onChange}
        >
          <IconPencil size={14} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
