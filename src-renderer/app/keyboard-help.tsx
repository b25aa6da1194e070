import { Button, Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../components/kbd.tsx'
import { useActiveShortcuts } from './keyboard-hooks.ts'
import { listKeys } from './keyboard-list.ts'
import { navigate } from './location.ts'
import { paths } from './paths.ts'
import { chartKeys, stripKeys } from './shortcuts.ts'
import { useOwnKeys } from './use-keys.ts'
import './keyboard-help.css'

const stripMoves = ['move', 'pon', 'ends', 'open'] as const
const chartMoves = ['zoom', 'pan', 'now', 'back', 'read', 'events'] as const

/** The person's own keys: what has something to do on this page; with a text, all that fit it. */
export const KeyboardHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { t: tKeys } = useTranslation('keys')
  const active = useActiveShortcuts()
  const own = useOwnKeys()
  const [typed, setTyped] = useState('')
  const groups = listKeys(
    own,
    (name) => t(`shortcut.${name}`),
    typed,
    (name) => typed.trim() !== '' || active.has(name),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcut.title')}
      closeButtonProps={{ 'aria-label': t('button.close') }}
      size={680}
      centered
    >
      <div className="nc-keys__head">
        <TextInput
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={tKeys('search')}
          aria-label={tKeys('search')}
          spellCheck={false}
          leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
        />
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            onClose()
            navigate(paths.settings())
          }}
        >
          {tKeys('change')}
        </Button>
      </div>
      <p className="nc-soft">{t('shortcut.intro')}</p>
      {groups.length === 0 && <p className="nc-soft">{tKeys('nothing', { text: typed })}</p>}
      <div className="nc-keys">
        {groups.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(`shortcut.group.${group}`)}</h3>
            <dl>
              {keys.map((each) => (
                <div key={each.name}>
                  <dt>{each.label}</dt>
                  <dd>
                    {each.keys === '' ? (
                      <span className="nc-faint">{tKeys('none')}</span>
                    ) : (
                      <Kbd literal keys={each.keys} />
                    )}
                  </dd>
                </div>
              ))}
              {group === 'strip' && <StripKeys />}
              {group === 'chart' && <ChartKeys />}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

/** What a strip understands while it has the focus. */
const StripKeys = () => {
  const { t } = useTranslation()
  return stripMoves.map((move) => (
    <div key={move}>
      <dt>{t(`shortcut.stripKeys.${move}`)}</dt>
      <dd>
        {stripKeys[move].map((key) => (
          <Kbd key={key} literal keys={key} />
        ))}
      </dd>
    </div>
  ))
}

/** What charts over time understand while they have the focus. */
const ChartKeys = () => {
  const { t } = useTranslation()
  return chartMoves.map((move) => (
    <div key={move}>
      <dt>{t(`shortcut.chartKeys.${move}`)}</dt>
      <dd>
        {chartKeys[move].map((key) => (
          <Kbd key={key} literal keys={key} />
        ))}
      </dd>
    </div>
  ))
}
