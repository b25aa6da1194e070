import { Button, Menu } from '@mantine/core'
import { IconDownload, IconPhoto, IconTable, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { exportCsv } from '../export-csv.ts'
import { showFailure, showToast } from '../toast.tsx'
import { useFormat } from '../use-format.ts'
import type { TimeWindow } from './chart-range.ts'
import { columnsOfLine, csvRows, historyFileName, partsOf, type CsvColumn } from './history-csv.ts'
import { metricCharts } from './metric-charts.ts'
import type { SeriesPoints } from './series-points.ts'

export interface ExportedSubject {
  readonly name: string
  readonly series: HistorySeries
  readonly lines: ReadonlyMap<HistoryMetric, SeriesPoints>
}

export interface HistoryExportProps {
  readonly subjects: readonly ExportedSubject[]
  /** Of the open charts. */
  readonly metrics: readonly HistoryMetric[]
  readonly window: TimeWindow
  readonly onPicture: () => Promise<void>
}

const partMs = 7 * 86_400_000

/** What is seen, as a table or a picture. */
export const HistoryExport = (props: HistoryExportProps): ReactNode => {
  const { subjects, metrics, window, onPicture } = props
  const { t } = useTranslation('history')
  const format = useFormat()
  const [share, setShare] = useState<number | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const first = subjects[0]?.name ?? 'history'

  const write = (columns: readonly CsvColumn[], what: 'points' | 'readings'): void => {
    const rows = [...csvRows(columns)]
    if (rows.length === 0) {
      showToast({ kind: 'info', title: t('export.nothing') })
      return
    }
    const head = [t('export.time'), ...columns.map((column) => column.head)]
    exportCsv(historyFileName(first, window, what), head, rows, false)
    showToast({ kind: 'done', title: t('export.done', { count: rows.length }) })
  }

  const headOf = (name: string, metric: HistoryMetric, unit: string): string =>
    `${name}: ${t(`metric.${metric}`)} (${unit})`

  const drawn = (): void => {
    const words = {
      least: t('export.least'),
      mean: t('export.mean'),
      greatest: t('export.greatest'),
    }
    write(
      subjects.flatMap(({ name, lines }) =>
        metrics.flatMap((metric) => {
          const points = lines.get(metric)
          const { unit, digits } = metricCharts[metric]
          const head = headOf(name, metric, t(`unit.${unit}`))
          return points === undefined ? [] : columnsOfLine(head, points, window, words, digits)
        }),
      ),
      'points',
    )
  }

  const samples = async (): Promise<void> => {
    if (running.current !== null) return
    const stop = new AbortController()
    running.current = stop
    setShare(0)
    try {
      const read = await readSamples(subjects, metrics, window, stop.signal, setShare)
      if (read === null) {
        showToast({ kind: 'info', title: t('export.cancelled') })
        return
      }
      write(
        read.map(({ name, metric, at, values }) => ({
          head: headOf(name, metric, t(`unit.${sampleUnit(metric)}`)),
          at,
          values,
        })),
        'readings',
      )
    } catch (error) {
      showFailure(failureOf(error))
    } finally {
      running.current = null
      setShare(null)
    }
  }

  const picture = (): void => {
    onPicture().then(
      () => showToast({ kind: 'done', title: t('export.pictureDone') }),
      () => showToast({ kind: 'failure', title: t('export.pictureFailed') }),
    )
  }

  if (share !== null) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('export.cancel')}
        rightSection={<IconX size={13} aria-hidden="true" />}
        onClick={() => running.current?.abort()}
      >
        {t('export.progress', { share: format.percent(share) })}
      </Button>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.7} aria-hidden="true" />}
        >
          {t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Item icon={IconTable} text={t('export.drawn')} hint={t('export.drawnHint')} run={drawn} />
        <Item
          icon={IconTable}
          text={t('export.samples')}
          hint={t('export.samplesHint')}
          run={() => void samples()}
        />
        <Menu.Divider />
        <Item icon={IconPhoto} text={t('export.picture')} run={picture} />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ItemProps {
  readonly icon: typeof IconTable
  readonly text: string
  readonly hint?: string
  readonly run: () => void
}

const Item = ({ icon: Icon, text, hint, run }: ItemProps): ReactNode => (
  <Menu.Item leftSection={<Icon size={15} stroke={1.7} aria-hidden="true" />} onClick={run}>
    {text}
    {hint !== undefined && <div className="nc-small nc-soft">{hint}</div>}
  </Menu.Item>
)

/** Samples are as they were read: counters are bytes, not rates; uptime is seconds. */
const sampleUnit = (metric: HistoryMetric) =>
  metric === 'upBytes' || metric === 'downBytes'
    ? ('bytes' as const)
    : metric === 'oltUptimeS'
      ? ('seconds' as const)
      : metricCharts[metric].unit

interface ReadColumn {
  readonly name: string
  readonly metric: HistoryMetric
  readonly at: number[]
  readonly values: number[]
}

/** null: it was stopped. Asks part after part, so that the engine serves others in between. */
const readSamples = async (
  subjects: readonly ExportedSubject[],
  metrics: readonly HistoryMetric[],
  window: TimeWindow,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<readonly ReadColumn[] | null> => {
  if (metrics.length === 0) return []
  // Before the first file there is nothing to ask for; who may not see the state asks for all.
  const oldestAt = await callQuery('history.status', {}).then(
    (status) => status.oldestAt,
    () => null,
  )
  const from = Math.min(window.to, Math.max(window.from, oldestAt ?? window.from))
  const parts = partsOf({ from, to: window.to }, partMs)
  const columns: ReadColumn[] = []
  for (const [turn, { name, series }] of subjects.entries()) {
    const own = metrics.map((metric): ReadColumn => ({ name, metric, at: [], values: [] }))
    columns.push(...own)
    for (const [index, part] of parts.entries()) {
      if (signal.aborted) return null
      const answer = await callQuery('history.samples', { series, ...part, metrics: [...metrics] })
      for (const column of own) {
        const found = answer.series.find(({ metric }) => metric === column.metric)
        found?.at.forEach((at, place) => {
          column.at.push(at)
          column.values.push(found.values[place]!)
        })
      }
      onShare((turn * parts.length + index + 1) / (parts.length * subjects.length))
    }
  }
  return signal.aborted ? null : columns
}
