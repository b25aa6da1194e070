import { ActionIcon } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { settingsLine } from '../provisioning-form/settings-model.ts'
import type { SavedOnu } from './waiting-rules.ts'

export interface SavedPanelProps {
  readonly saved: readonly SavedOnu[] | undefined
  readonly onEdit: (saved: SavedOnu) => void
}

/** ONUs that were announced and have not been seen yet. */
export const SavedPanel = ({ saved, onEdit }: SavedPanelProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const rights = useRights()
  const olts = useQuery('network.olts', {}, { skip: saved === undefined || saved.length === 0 })
  if (saved === undefined || saved.length === 0) return null
  const nameOf = (oltId: string | null): string =>
    olts.value?.olts.find(({ id }) => id === oltId)?.name ?? ''
  const remove = (one: SavedOnu): void => {
    const { serial, settings, speedId, oltId, pon, auto, note } = one
    void act(
      'provisioning.removeSaved',
      { savedId: one.id },
      t('saved.removed', { serial }),
      () => {
        const input = { savedId: null, serial, settings, speedId, oltId, pon, auto, note }
        void act('provisioning.saveOnu', input)
      },
    )
  }
  return (
    <section className="nc-panel" aria-label={t('saved.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('saved.title')} <span className="npv-note">{format.number(saved.length)}</span>
        </h2>
      </header>
      <div className="npv-scroll" tabIndex={0} role="group" aria-label={t('saved.title')}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('waiting.serial')}</th>
              <th scope="col">{t('saved.where')}</th>
              <th scope="col">{t('saved.settings')}</th>
              <th scope="col">{t('saved.auto')}</th>
              <th scope="col">{t('saved.note')}</th>
              <th scope="col">{t('saved.by')}</th>
              <th scope="col" className="nc-num">
                {t('saved.at')}
              </th>
              <th scope="col">
                <span className="nc-hidden">{t('waiting.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {saved.map((one) => (
              <tr key={one.id}>
                <td className="nc-mono">{one.serial}</td>
                <td>
                  {one.oltId === null ? (
                    <span className="nc-soft">{t('saved.anywhere')}</span>
                  ) : (
                    <>
                      {nameOf(one.oltId)}{' '}
                      {one.pon !== null && <span className="nc-mono">{formatPon(one.pon)}</span>}
                    </>
                  )}
                </td>
                <td className="nc-soft">{settingsLine(one.settings)}</td>
                <td>{t(one.auto ? 'value.yes' : 'value.no')}</td>
                <td className="npw-wrap">{one.note}</td>
                <td>{one.by}</td>
                <td className="nc-num">
                  <Since at={one.createdAt} />
                </td>
                <td className="npw-acts">
                  {rights.make && (
                    <>
                      <ActionIcon
                        aria-label={t('saved.editOne', { serial: one.serial })}
                        onClick={() => onEdit(one)}
                      >
                        <IconPencil size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={t('saved.removeOne', { serial: one.serial })}
                        onClick={() => remove(one)}
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
      </div>
    </section>
  )
}
