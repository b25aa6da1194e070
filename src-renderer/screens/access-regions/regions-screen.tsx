import { ActionIcon, Button } from '@mantine/core'
import { IconMapPinPlus, IconMapPins, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Region } from '../../../src-shared/contract/access-scope.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../access-accounts/access-acts.ts'
import { PeopleTabs } from '../access-accounts/people-tabs.tsx'
import { useMe, useRegions } from '../access-accounts/use-people.ts'
import { useOlts } from '../network-olts/use-olts.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import { RegionDialog } from './region-dialog.tsx'

/** Named sets of OLTs: a town, a site, a franchise. An account may reach some of them alone. */
export const RegionsScreen = () => {
  const { t } = useTranslation('access-people')
  const { value, failure, refresh } = useRegions()
  const manages = useMe().permissions.includes('access.account.manage')
  const [edited, setEdited] = useState<Region | 'new' | null>(null)
  const regions = value?.regions ?? []
  useShortcut('refresh', refresh)
  useOfferedActions(
    manages
      ? [
          {
            id: 'region-new',
            label: t('regions.new'),
            icon: IconMapPinPlus,
            run: () => setEdited('new'),
          },
        ]
      : [],
  )
  const add = manages && (
    <Button
      leftSection={<IconMapPinPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setEdited('new')}
    >
      {t('regions.new')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {regions.length > 0 && add}
      </header>
      <PeopleTabs />
      <p className="nc-soft">{t('regions.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : regions.length === 0 ? (
        <EmptyState
          icon={IconMapPins}
          title={t('regions.empty')}
          text={t('regions.emptyText')}
          action={add}
        />
      ) : (
        <RegionTable regions={regions} manages={manages} onEdit={setEdited} />
      )}
      {edited !== null && (
        <RegionDialog region={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </div>
  )
}

interface RegionTableProps {
  readonly regions: readonly Region[]
  readonly manages: boolean
  readonly onEdit: (region: Region) => void
}

const RegionTable = ({ regions, manages, onEdit }: RegionTableProps) => {
  const { t } = useTranslation('access-people')
  const format = useFormat()
  const olts = useOlts().value?.olts ?? []
  const keys = useRowKeys(
    useMemo(() => regions.map(({ id }) => id), [regions]),
    (id) => {
      const region = regions.find((each) => each.id === id)
      if (region !== undefined && manages) onEdit(region)
    },
  )
  const remove = async ({ id, version, name, oltIds }: Region): Promise<void> => {
    await act('access.removeRegion', { regionId: id, baseVersion: version }, () => ({
      title: t('regions.removed', { name }),
      undo: () =>
        void act('access.saveRegion', { regionId: null, baseVersion: 0, name, oltIds }, () => ({
          title: t('regions.saved', { name }),
        })),
    }))
  }
  return (
    <section className="nc-panel ncp-scroll" tabIndex={-1} aria-label={t('regions.title')}>
      <table className="nc-table ncp-table" aria-label={t('regions.title')}>
        <thead>
          <tr>
            <th scope="col">{t('regions.name')}</th>
            <th scope="col">{t('regions.olts')}</th>
            <th scope="col" className="nc-num">
              {t('regions.accounts')}
            </th>
            <th scope="col">
              <span className="nc-hidden">{t('act.title')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {regions.map((region) => (
            <tr
              key={region.id}
              data-row={region.id}
              tabIndex={keys.isCurrent(region.id) ? 0 : -1}
              onFocus={() => keys.onFocus(region.id)}
            >
              <td>
                <strong>{region.name}</strong>
              </td>
              <td className="ncp-reach">
                {region.oltIds.length === 0 ? (
                  <span className="nc-soft">{t('regions.noOlt')}</span>
                ) : (
                  region.oltIds.map((oltId) => (
                    <RouteLink key={oltId} to={paths.olt(oltId)}>
                      {olts.find(({ id }) => id === oltId)?.name ?? t('regions.oltGone')}
                    </RouteLink>
                  ))
                )}
              </td>
              <td className="nc-num">{format.number(region.accounts)}</td>
              <td className="nc-num">
                {manages && (
                  <>
                    <ActionIcon
                      aria-label={t('regions.edit', { name: region.name })}
                      onClick={() => onEdit(region)}
                    >
                      <IconPencil size={15} stroke={1.7} aria-hidden="true" />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('regions.remove', { name: region.name })}
                      onClick={() => void remove(region)}
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
