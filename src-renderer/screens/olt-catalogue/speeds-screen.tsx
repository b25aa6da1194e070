import { ActionIcon, Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconDownload,
  IconGauge,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useOlts } from '../network-olts/use-olts.ts'
import { useMay } from '../olt-cli/use-may.ts'
import { SpeedDialog } from './speed-dialog.tsx'
import { gapsOf, type Speed } from './speed-model.ts'
import '../network-olts/olts.css'
import './olt-catalogue.css'

/** What customers buy, and what stands for it on each OLT. */
export const SpeedsScreen = () => {
  const { t } = useTranslation('catalogue')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { value, failure, refresh } = useQuery(
    'provisioning.speeds',
    {},
    { on: ['provisioning.changed'], everyMs: 500 },
  )
  const olts = useOlts().value?.olts ?? []
  const manages = useMay('provisioning.catalogue.manage')
  const [editing, setEditing] = useState<Speed | 'new' | undefined>()
  const speeds = (value?.speeds ?? []).toSorted((a, b) => a.downKbps - b.downKbps)

  const remove = async (speed: Speed): Promise<void> => {
    const yes = await confirm({
      title: t('speeds.removeTitle', { name: speed.name }),
      text: t('speeds.removeText'),
      confirmLabel: t('speeds.remove'),
      danger: true,
    })
    if (!yes) return
    try {
      await runCommand('provisioning.removeSpeed', { speedId: speed.id })
      showToast({ kind: 'done', title: t('speeds.removed', { name: speed.name }) })
      refresh()
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  const exportShown = (): void =>
    exportCsv(
      'speeds.csv',
      [
        t('speeds.name'),
        t('column.downKbps'),
        t('column.upKbps'),
        'OLT',
        ...(['lineProfile', 'serviceProfile', 'upProfile', 'downProfile'] as const).map((part) =>
          t(`part.${part}`),
        ),
      ],
      speeds.flatMap((speed) =>
        olts.map((olt) => {
          const on = speed.onOlts.find(({ oltId }) => oltId === olt.id)
          return [
            speed.name,
            speed.downKbps,
            speed.upKbps,
            olt.name,
            on?.lineProfile,
            on?.serviceProfile,
            on?.upProfile,
            on?.downProfile,
          ]
        }),
      ),
      false,
    )
  useShortcut('exportList', exportShown, speeds.length > 0)
  useShortcut('refresh', refresh)
  useOfferedActions(
    manages
      ? [{ id: 'speed-add', label: t('speeds.add'), icon: IconPlus, run: () => setEditing('new') }]
      : [],
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('speeds.title')}</h1>
        {speeds.length === 0 ? null : (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportShown}
          >
            {common('button.export')}
          </Button>
        )}
        {manages ? (
          <Button
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setEditing('new')}
          >
            {t('speeds.add')}
          </Button>
        ) : null}
      </header>
      <p className="nc-soft">{t('speeds.intro')}</p>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : speeds.length === 0 ? (
        <EmptyState icon={IconGauge} title={t('speeds.empty')} text={t('speeds.emptyText')} />
      ) : (
        <div className="nc-panel no-table">
          <table className="nc-table" aria-label={t('speeds.title')}>
            <thead>
              <tr>
                <th scope="col">{t('speeds.name')}</th>
                <th scope="col" className="nc-num">
                  {t('column.downKbps')}
                </th>
                <th scope="col" className="nc-num">
                  {t('column.upKbps')}
                </th>
                <th scope="col">{t('speeds.onOlts')}</th>
                <th>
                  <span className="nc-hidden">{t('speeds.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {speeds.map((speed) => {
                const gaps = gapsOf(speed, olts)
                return (
                  <tr key={speed.id}>
                    <td className="ncat-name">{speed.name}</td>
                    <td className="nc-num">{format.rate(speed.downKbps)}</td>
                    <td className="nc-num">{format.rate(speed.upKbps)}</td>
                    <td className="ncat-wide">
                      {gaps.length === 0 ? (
                        <span className="nc-soft">
                          {t('speeds.everywhere', { count: olts.length })}
                        </span>
                      ) : (
                        <span className="ncat-gap" title={gaps.map(({ name }) => name).join(', ')}>
                          <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
                          {t('speeds.gaps', {
                            count: gaps.length,
                            total: format.number(olts.length),
                          })}{' '}
                          <span className="nc-soft">
                            {gaps
                              .slice(0, 4)
                              .map(({ name }) => name)
                              .join(', ')}
                            {gaps.length > 4 ? ' …' : ''}
                          </span>
                        </span>
                      )}
                    </td>
                    <td className="ncat-acts">
                      {manages ? (
                        <>
                          <ActionIcon
                            aria-label={t('speeds.edit', { name: speed.name })}
                            onClick={() => setEditing(speed)}
                          >
                            <IconPencil size={15} aria-hidden="true" />
                          </ActionIcon>
                          <ActionIcon
                            aria-label={t('speeds.removeOne', { name: speed.name })}
                            onClick={() => void remove(speed)}
                          >
                            <IconTrash size={15} aria-hidden="true" />
                          </ActionIcon>
                        </>
                      ) : null}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {editing === undefined ? null : (
        <SpeedDialog
          speed={editing === 'new' ? undefined : editing}
          olts={olts}
          onClose={() => setEditing(undefined)}
          onSaved={refresh}
        />
      )}
    </div>
  )
}
