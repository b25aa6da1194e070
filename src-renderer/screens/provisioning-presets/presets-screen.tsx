import { ActionIcon, Button, Switch } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconGripVertical,
  IconPencil,
  IconPlus,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { settingsLine } from '../provisioning-form/settings-model.ts'
import { PresetDialog } from './preset-dialog.tsx'
import { movedTo, shadowed } from './preset-rules.ts'
import { useConditions } from './use-conditions.ts'
import '../provisioning/provisioning.css'
import './presets.css'

/** Presets: tried from the top, the first whose conditions fit is taken. */
export const PresetsScreen = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const rights = useRights()
  const { value, failure, refresh } = useQuery(
    'provisioning.presets',
    {},
    { on: ['provisioning.changed'], everyMs: 300 },
  )
  const [edited, setEdited] = useState<Preset | 'new' | null>(null)
  const presets = value?.presets ?? []
  useShortcut('refresh', refresh)
  useOfferedActions(
    rights.presets
      ? [{ id: 'new-preset', label: t('presets.new'), icon: IconPlus, run: () => setEdited('new') }]
      : [],
  )
  const add = rights.presets && (
    <Button
      leftSection={<IconPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setEdited('new')}
    >
      {t('presets.new')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <div className="npv-title">
          <nav className="nc-small nc-soft" aria-label={t('waiting.title')}>
            <RouteLink to={paths.unconfigured()}>{t('waiting.title')}</RouteLink>
          </nav>
          <h1>
            {t('presets.title')}{' '}
            {presets.length > 0 && (
              <span className="npv-note">{format.number(presets.length)}</span>
            )}
          </h1>
        </div>
        {presets.length > 0 && add}
      </header>
      <p className="nc-soft">{t('presets.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : presets.length === 0 ? (
        <EmptyState
          icon={IconTemplate}
          title={t('presets.emptyTitle')}
          text={t('presets.emptyText')}
          action={add}
        />
      ) : (
        <PresetTable presets={presets} mayManage={rights.presets} onEdit={setEdited} />
      )}
      {edited !== null && (
        <PresetDialog preset={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </div>
  )
}

interface PresetTableProps {
  readonly presets: readonly Preset[]
  readonly mayManage: boolean
  readonly onEdit: (preset: Preset) => void
}

const orderOf = (list: readonly Preset[]): string[] => list.map(({ id }) => id)

const PresetTable = ({ presets, mayManage, onEdit }: PresetTableProps) => {
  const { t } = useTranslation('provisioning')
  const body = useRef<HTMLTableSectionElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const hidden = shadowed(presets)
  const conditionsOf = useConditions()
  const place = (from: number, to: number): void => {
    const next = movedTo(presets, from, to)
    if (next === presets) return
    const id = presets[from]?.id
    void act('provisioning.orderPresets', { presetIds: orderOf(next) }, t('presets.moved'), () => {
      void act('provisioning.orderPresets', { presetIds: orderOf(presets) })
    }).then(() =>
      // The row keeps the keyboard at its new place.
      setTimeout(
        () => body.current?.querySelector<HTMLElement>(`tr[data-row="${id}"]`)?.focus(),
        350,
      ),
    )
  }
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const preset = presets[at]
    if (event.key === 'Enter' && mayManage && preset !== undefined) {
      event.preventDefault()
      onEdit(preset)
    } else if (step !== 0) {
      event.preventDefault()
      if (event.altKey && mayManage) return place(at, at + step)
      const rows = body.current?.querySelectorAll<HTMLElement>('tr[data-row]')
      rows?.[at + step]?.focus()
    }
  }
  const turn = (preset: Preset, part: 'enabled' | 'auto'): void => {
    const { id, version, name, when, settings, speedId, enabled, auto } = preset
    const input = (on: boolean) => ({
      presetId: id,
      baseVersion: version,
      preset: { name, when, settings, speedId, enabled, auto, [part]: on },
    })
    void act('provisioning.savePreset', input(!preset[part]))
  }
  const remove = (preset: Preset): void => {
    const { name, when, settings, speedId, enabled, auto } = preset
    const title = t('presets.removed', { name })
    void act('provisioning.removePreset', { presetId: preset.id }, title, () => {
      void act('provisioning.savePreset', {
        presetId: null,
        baseVersion: 0,
        preset: { name, when, settings, speedId, enabled, auto },
      })
    })
  }
  return (
    <section className="nc-panel npw-scroll" tabIndex={-1}>
      <table className="nc-table npp-table" aria-label={t('presets.title')}>
        <thead>
          <tr>
            <th scope="col">{t('presets.order')}</th>
            <th scope="col">{t('presets.name')}</th>
            <th scope="col">{t('presets.when')}</th>
            <th scope="col">{t('saved.settings')}</th>
            <th scope="col">{t('presets.enabled')}</th>
            <th scope="col">{t('presets.auto')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('waiting.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {presets.map((preset, at) => (
            <tr
              key={preset.id}
              data-row={preset.id}
              data-off={!preset.enabled || undefined}
              data-over={(over === at && dragged !== at) || undefined}
              tabIndex={at === 0 ? 0 : -1}
              draggable={mayManage}
              onKeyDown={(event) => onKeyDown(event, at)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                setDragged(at)
              }}
              onDragOver={(event) => {
                event.preventDefault()
                setOver(at)
              }}
              onDragEnd={() => {
                setDragged(null)
                setOver(null)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged !== null) place(dragged, at)
                setDragged(null)
                setOver(null)
              }}
            >
              <td className="npp-order">
                {mayManage && (
                  <IconGripVertical
                    size={14}
                    stroke={1.7}
                    aria-hidden="true"
                    className="nc-icon npp-grip"
                  />
                )}
                <span className="nc-soft">{at + 1}</span>
                {mayManage && (
                  <>
                    <ActionIcon
                      size={20}
                      disabled={at === 0}
                      aria-label={t('presets.up', { name: preset.name })}
                      onClick={() => place(at, at - 1)}
                    >
                      <IconArrowUp size={13} aria-hidden="true" />
                    </ActionIcon>
                    <ActionIcon
                      size={20}
                      disabled={at === presets.length - 1}
                      aria-label={t('presets.down', { name: preset.name })}
                      onClick={() => place(at, at + 1)}
                    >
                      <IconArrowDown size={13} aria-hidden="true" />
                    </ActionIcon>
                  </>
                )}
              </td>
              <td>
                <strong>{preset.name}</strong>
                {hidden.has(preset.id) && (
                  <span className="npv-chip npp-hidden" title={t('presets.shadowedHint')}>
                    {t('presets.shadowed')}
                  </span>
                )}
              </td>
              <td className="npp-wrap">{conditionsOf(preset)}</td>
              <td className="npp-wrap nc-soft">{settingsLine(preset.settings)}</td>
              <td>
                <Switch
                  aria-label={t('presets.enableOne', { name: preset.name })}
                  checked={preset.enabled}
                  disabled={!mayManage}
                  onChange={() => turn(preset, 'enabled')}
                />
              </td>
              <td>
                <Switch
                  aria-label={t('presets.autoOne', { name: preset.name })}
                  checked={preset.auto}
                  disabled={!mayManage || !preset.enabled}
                  onChange={() => turn(preset, 'auto')}
                />
              </td>
              <td className="npw-acts">
                {mayManage && (
                  <>
                    <ActionIcon
                      aria-label={t('presets.editOne', { name: preset.name })}
                      onClick={() => onEdit(preset)}
                    >
                      <IconPencil size={15} stroke={1.7} aria-hidden="true" />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('presets.removeOne', { name: preset.name })}
                      onClick={() => remove(preset)}
                    >
                      <IconTrash size={15} stroke={1.7} aria-hidden="true" />
                    </ActionIcon>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
