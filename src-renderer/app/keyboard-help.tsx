import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../components/kbd.tsx'
import { useActiveShortcuts } from './keyboard-hooks.ts'
import { chartKeys, shortcutNames, shortcuts, stripKeys } from './shortcuts.ts'
import './keyboard-help.css'

const groups = ['everywhere', 'goTo', 'list', 'record', 'strip', 'chart'] as const
const stripMoves = ['move', 'pon', 'ends', 'open'] as const
const chartMoves = ['zoom', 'pan', 'now', 'back', 'read', 'events'] as const

/** Built from the registry: what has something to do on this page, nothing else. */
export const KeyboardHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const active = useActiveShortcuts()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcut.title')}
      closeButtonProps={{ 'aria-label': t('button.close') }}
      size={640}
      centered
    >
      <p className="nc-soft">{t('shortcut.intro')}</p>
      <div className="nc-keys">
        {groups.map((group) => {
          const names = shortcutNames.filter(
            (name) => shortcuts[name].group === group && active.has(name),
          )
          if (names.length === 0) return null
          return (
            <section key={group}>
              <h3>{t(`shortcut.group.${group}`)}</h3>
              <dl>
                {names.map((name) => (
                  <div key={name}>
                    <dt>{t(`shortcut.${name}`)}</dt>
                    <dd>
                      <Kbd keys={shortcuts[name].keys} />
                    </dd>
                  </div>
                ))}
                {group === 'strip' && <StripKeys />}
                {group === 'chart' && <ChartKeys />}
              </dl>
            </section>
          )
        })}
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
          <Kbd key={key} keys={key} />
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
          <Kbd key={key} keys={key} />
        ))}
      </dd>
    </div>
  ))
}
