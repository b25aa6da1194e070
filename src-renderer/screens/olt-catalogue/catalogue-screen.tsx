import { Button, SegmentedControl } from '@mantine/core'
import { IconBooks, IconDownload, IconFilterOff, IconGauge, IconRefresh } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useMay } from '../olt-cli/use-may.ts'
import {
  catalogueKinds,
  columnsWith,
  fitsEntry,
  sortEntries,
  type CatalogueEntry,
  type CatalogueKind,
} from './catalogue-model.ts'
import { CatalogueTable, useCatalogueSort } from './catalogue-table.tsx'
import { ReadNow, useReading } from './read-now.tsx'
import '../network-olts/olts.css'
import '../olt-backups/olt-backups.css'

const none: readonly CatalogueEntry[] = []

/** What an OLT offers: profiles, VLANs, traffic tables, ONU types, as it told them last. */
export const CatalogueScreen = () => {
  const { oltId } = useParams<{ oltId: string }>()
  return <CataloguePage key={oltId} oltId={oltId} />
}

const CataloguePage = ({ oltId }: { readonly oltId: string }) => {
  const { t } = useTranslation('catalogue')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'provisioning.catalogue',
    { oltId },
    { on: ['provisioning.changed'], everyMs: 1000 },
  )
  const name = useQuery('network.olt', { oltId }).value?.olt.name ?? ''
  const manages = useMay('provisioning.catalogue.manage')
  const [kind, setKind] = useState<CatalogueKind>('line-profiles')
  const [text, setText] = useState('')
  const [sort] = useCatalogueSort()
  const input = useRef<HTMLInputElement>(null)
  const reading = useReading(oltId, refresh)
  const isRead = value !== undefined && value.readAt !== null
  const entries = value?.lists[kind] ?? none
  const shown = useMemo(() => entries.filter((entry) => fitsEntry(entry, text)), [entries, text])
  const exportShown = (): void => {
    const columns = columnsWith(entries)
    exportCsv(
      `${kind}-${name}.csv`,
      columns.map((column) => t(`column.${column}`)),
      sortEntries(shown, sort).map((entry) => columns.map((column) => entry[column])),
      false,
    )
  }
  useShortcut('focusFilter', () => input.current?.focus(), entries.length > 0)
  useShortcut('exportList', exportShown, shown.length > 0)
  useOfferedActions(
    manages
      ? [{ id: 'catalogue-read', label: t('read'), icon: IconRefresh, run: reading.start }]
      : [],
  )
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>
          <RouteLink to={paths.olt(oltId)} className="nb-crumb">
            {name}
          </RouteLink>{' '}
          {t('title')}
        </h1>
        {value === undefined ? null : (
          <span className="nc-soft">
            {value.readAt === null ? t('neverRead') : <ReadAt at={value.readAt} />}
          </span>
        )}
        {isRead ? (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('filter')} />
            <Button
              variant="default"
              disabled={shown.length === 0}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {common('button.export')}
            </Button>
          </>
        ) : null}
        <Button
          component={Link}
          href={paths.speeds()}
          variant="default"
          leftSection={<IconGauge size={14} aria-hidden="true" />}
        >
          {t('speeds.title')}
        </Button>
        {manages && isRead ? (
          <PresentOnly>
            <ReadNow reading={reading} />
          </PresentOnly>
        ) : null}
      </header>
      {reading.task.state.kind === 'failed' ? (
        <FailureState failure={reading.task.state.failure} onRetry={reading.start} brief />
      ) : null}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : value.readAt === null ? (
        <EmptyState
          icon={IconBooks}
          title={t('empty.title')}
          text={t('empty.text')}
          action={
            manages ? (
              <PresentOnly>
                <ReadNow reading={reading} />
              </PresentOnly>
            ) : undefined
          }
        />
      ) : (
        <>
          <div>
            <SegmentedControl
              aria-label={t('lists')}
              value={kind}
              onChange={setKind}
              data={catalogueKinds.map((each) => ({
                value: each,
                label: `${t(`kind.${each}`)} (${value.lists[each]?.length ?? '–'})`,
              }))}
            />
          </div>
          {value.lists[kind] === undefined ? (
            <EmptyState icon={IconBooks} title={t('notTold')} text={t('notToldText')} />
          ) : shown.length === 0 ? (
            <EmptyState
              icon={IconFilterOff}
              title={entries.length === 0 ? t('noneHere') : t('noneFit', { text: text.trim() })}
            />
          ) : (
            <CatalogueTable
              entries={shown}
              columns={columnsWith(entries)}
              label={t(`kind.${kind}`)}
            />
          )}
        </>
      )}
    </div>
  )
}

const ReadAt = ({ at }: { readonly at: number }) => {
  const { t } = useTranslation('catalogue')
  return (
    <>
      {t('age')} <Since at={at} />
    </>
  )
}
