import { Button, Select } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconHistory } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { verdicts } from '../../../src-shared/domain/outage-verdicts.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FilterBox } from '../../components/filter-box.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useNoc } from '../../state/noc.ts'
import { outageCells, outageHead } from './outage-csv.ts'
import {
  parseOutageQuery,
  periods,
  periodStart,
  serialiseOutageQuery,
  type OutageQuery,
} from './outage-query.ts'
import { OutageTable } from './outage-table.tsx'
import { useLastValue, useOpenOutages, useOutages } from './use-outages.ts'
import './outages.css'

/** Open outages first, then those that have ended. */
export const OutagesScreen = () => {
  const { t } = useTranslation('outages')
  return (
    <div className="nc-page nu-page">
      <h1 className="nc-hidden">{t('title')}</h1>
      <OpenOutagesPanel />
      <EndedOutagesPanel />
    </div>
  )
}

const OpenOutagesPanel = () => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { value, failure, refresh } = useOpenOutages()
  const outages = value?.outages
  const onus = outages?.reduce((sum, outage) => sum + outage.affectedOnus, 0) ?? 0
  return (
    <section className="nc-panel" aria-label={t('list.open')}>
      <header className="nc-panel__head">
        <h2>
          {t('list.open')}{' '}
          {value === undefined || value.total === 0 ? null : (
            <span className="nu-note">
              {t('list.openCount', {
                count: value.total,
                number: format.number(value.total),
                onus: format.number(onus),
              })}
            </span>
          )}
        </h2>
      </header>
      {outages === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : outages.length === 0 ? (
        <NoneOpen />
      ) : (
        <OutageTable
          outages={outages}
          kind="open"
          label={t('list.table', { count: outages.length })}
        />
      )}
    </section>
  )
}

/** Calm, and since when. */
const NoneOpen = () => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const since = useNoc((state) => state.lastOutageEndedAt)
  const age = useTicking(
    useCallback((now: number) => (since == null ? '' : format.age(now - since)), [format, since]),
  )
  return (
    <div className="nu-calm" role="status">
      <IconCircleCheck size={20} stroke={1.6} aria-hidden="true" className="nc-icon" />
      <strong>{t('list.none')}</strong>
      <span className="nc-soft">
        {since == null
          ? t('list.noneEver')
          : t('list.noneSince', { age, time: format.instant(since) })}
      </span>
    </div>
  )
}

const pageSize = 50

const EndedOutagesPanel = () => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const address = useSearch()
  const query = useMemo(() => parseOutageQuery(address), [address])
  const change = (part: Partial<OutageQuery>): void =>
    navigate(paths.outages(serialiseOutageQuery({ ...query, ...part })), { replace: true })
  const [limit, setLimit] = useState(pageSize)
  useEffect(() => setLimit(pageSize), [address])
  const box = useRef<HTMLInputElement>(null)
  useShortcut('focusFilter', () => box.current?.focus())
  const [opened] = useState(() => Date.now())
  const search = useDeferredValue(query.search)
  const answer = useOutages({
    state: 'ended',
    sort: 'beganAt',
    descending: true,
    search,
    from: periodStart(query.period, opened),
    verdicts: query.cause === null ? [] : [query.cause],
    limit,
  })
  const value = useLastValue(answer.value)
  const rows = value?.outages ?? []
  const save = (): void => {
    const day = new Date().toISOString().slice(0, 10)
    exportCsv(
      `outages-${day}.csv`,
      outageHead(t),
      rows.map((outage) => outageCells(t, outage)),
    )
  }
  useShortcut('exportList', save, rows.length > 0)
  return (
    <section className="nc-panel" aria-label={t('list.ended')}>
      <header className="nc-panel__head nu-filters">
        <h2>
          {t('list.ended')}{' '}
          {value === undefined || value.total === 0 ? null : (
            <span className="nu-note">
              {t('list.rowsShown', {
                shown: format.number(rows.length),
                total: format.number(value.total),
              })}
            </span>
          )}
        </h2>
        <FilterBox
          input={box}
          text={query.search}
          onText={(text) => change({ search: text })}
          label={t('list.search')}
        />
        <Select
          aria-label={t('list.verdicts')}
          value={query.cause ?? ''}
          onChange={(cause) =>
            change({ cause: verdicts.find((verdict) => verdict === cause) ?? null })
          }
          allowDeselect={false}
          w={190}
          data={[
            { value: '', label: t('list.allVerdicts') },
            ...verdicts.map((verdict) => ({ value: verdict, label: t(`verdict.${verdict}`) })),
          ]}
        />
        <Select
          aria-label={t('list.period')}
          value={query.period}
          onChange={(next) => change({ period: periods.find((each) => each === next) ?? 'week' })}
          allowDeselect={false}
          w={112}
          data={periods.map((period) => ({ value: period, label: t(`list.periodOf.${period}`) }))}
        />
        <ExportButton onSave={save} disabled={rows.length === 0} />
      </header>
      {value === undefined ? (
        <Awaiting failure={answer.failure} onRetry={answer.refresh} rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconHistory} title={t('list.endedNone')} text={t('list.endedNoneText')} />
      ) : (
        <>
          <OutageTable
            outages={rows}
            kind="ended"
            label={t('list.table', { count: rows.length })}
          />
          {rows.length < value.total && limit < 500 ? (
            <div className="nu-more">
              <Button variant="default" onClick={() => setLimit(Math.min(500, limit + 100))}>
                {t('list.more')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </section>
  )
}

const ExportButton = ({
  onSave,
  disabled,
}: {
  readonly onSave: () => void
  readonly disabled: boolean
}) => {
  const { t } = useTranslation()
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
      onClick={onSave}
      disabled={disabled}
    >
      {t('button.export')}
    </Button>
  )
}
