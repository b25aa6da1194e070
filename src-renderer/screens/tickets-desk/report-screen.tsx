import { Button, Select, TextInput } from '@mantine/core'
import { IconChartBar, IconDownload } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv, type CsvCell } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TicketsTabs } from '../tickets/tickets-tabs.tsx'
import { dayOf, spanOf, type TicketReport } from './report-model.ts'
import { CountsPanel, TimesPanel, VolumePanel } from './report-panels.tsx'
import '../billing/finance/finance.css'
import './desk.css'

const spans = ['7', '30', '90', '365'] as const
const dayMs = 86_400_000

const Figure = ({
  word,
  note,
  children,
}: {
  readonly word: string
  readonly note?: string
  readonly children: ReactNode
}) => (
  <div className="nfi-figure">
    <dt>{word}</dt>
    <dd>
      <strong>{children}</strong>
      {note !== undefined && <span className="nc-soft nc-small">{note}</span>}
    </dd>
  </div>
)

const daysBack = (days: number): { from: string; through: string } => {
  const now = Date.now()
  return { from: dayOf(now - (days - 1) * dayMs), through: dayOf(now) }
}

/** How much came, how fast it was done, from what, and what came back. */
export const ReportScreen = () => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [span, setSpan] = useState<string>('30')
  const [days, setDays] = useState(() => daysBack(30))
  const [queueId, setQueueId] = useState<string | null>(null)
  const { from, through } = days
  const asked = spanOf(from, through)
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const { value, failure, refresh } = useQuery(
    'tickets.report',
    { from: asked?.from ?? 0, to: asked?.to ?? 1, queueId, timeZone },
    { skip: asked === null },
  )
  const setup = useQuery('tickets.setup', {}).value
  useShortcut('refresh', refresh)
  const report = asked === null ? undefined : value
  const exportShown = (): void => {
    if (report !== undefined) {
      exportCsv(
        `tickets-${from}-${through}.csv`,
        (['part', 'key', 'figure', 'value'] as const).map((key) => t(`report.file.${key}`)),
        linesOf(report),
        false,
      )
    }
  }
  useShortcut('exportList', exportShown, report !== undefined)
  const linesOf = (of: TicketReport): CsvCell[][] => {
    const figures = ['opened', 'solved', 'open', 'merged', 'reopened'] as const
    const minutes = (ms: number | null): CsvCell => (ms === null ? null : Math.round(ms / 60_000))
    const inMinutes = (key: 'median' | 'p90'): string =>
      t('report.file.minutes', { what: t(`report.${key}`) })
    const counted = (
      title: string,
      rows: readonly { readonly word: string; readonly count: number }[],
    ): CsvCell[][] => rows.map(({ word, count }) => [title, word, t('report.count'), count])
    return [
      ...figures.map((key) => [t('report.file.figures'), '', t(`report.${key}`), of[key]]),
      ...of.days.flatMap(({ on, opened, solved }) => [
        [t('report.volume'), on, t('report.opened'), opened],
        [t('report.volume'), on, t('report.solved'), solved],
      ]),
      ...of.promises.flatMap(({ metric, promised, met, missed, medianMs, p90Ms }) => {
        const line = (word: string, cell: CsvCell): CsvCell[] => [
          t('report.times'),
          t(`metric.${metric}`),
          word,
          cell,
        ]
        return [
          line(t('report.promised'), promised),
          line(t('report.met'), met),
          line(t('report.missed'), missed),
          line(inMinutes('median'), minutes(medianMs)),
          line(inMinutes('p90'), minutes(p90Ms)),
        ]
      }),
      ...counted(
        t('report.causes'),
        of.tags.map(({ key, count }) => ({ word: key, count })),
      ),
      ...counted(
        t('report.priorities'),
        of.priorities.map(({ key, count }) => ({ word: key, count })),
      ),
      ...counted(
        t('report.sources'),
        of.sources.map(({ key, count }) => ({ word: t(`source.${key}`), count })),
      ),
      ...counted(
        t('report.queues'),
        of.queues.map(({ name, count }) => ({ word: name ?? t('noQueue'), count })),
      ),
      [t('report.satisfaction'), '', t('report.count'), of.satisfaction.answered],
      [t('report.satisfaction'), '', t('report.file.value'), of.satisfaction.average],
    ]
  }
  const missed = report?.promises.reduce((sum, one) => sum + one.missed, 0) ?? 0
  const promised = report?.promises.reduce((sum, one) => sum + one.promised, 0) ?? 0
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('tickets')}</h1>
        <Select
          w={170}
          aria-label={t('report.queue')}
          allowDeselect={false}
          data={[
            { value: '', label: t('board.anyQueue') },
            ...(setup?.queues ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={queueId ?? ''}
          onChange={(next) => setQueueId(next === null || next === '' ? null : next)}
        />
        <Select
          w={120}
          aria-label={t('report.span')}
          allowDeselect={false}
          data={[
            ...spans.map((count) => ({
              value: count,
              label: t('report.days', { count: Number(count) }),
            })),
            { value: 'own', label: t('report.own') },
          ]}
          value={span}
          onChange={(next) => {
            setSpan(next ?? '30')
            if (next !== null && next !== 'own') setDays(daysBack(Number(next)))
          }}
        />
        {(['from', 'through'] as const).map((key) => (
          <TextInput
            key={key}
            type="date"
            aria-label={t(`report.${key}`)}
            title={t(`report.${key}`)}
            value={days[key]}
            onChange={(event) => {
              const { value: typed } = event.currentTarget
              setSpan('own')
              setDays((before) => ({ ...before, [key]: typed }))
            }}
          />
        ))}
        <Button
          variant="default"
          title={t('report.export')}
          disabled={report === undefined}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={exportShown}
        >
          {common('button.export')}
        </Button>
      </header>
      <TicketsTabs />
      <p className="nc-soft nfi-line" role="status">
        {asked === null ? t('report.badSpan') : t('report.intro')}
      </p>
      {report !== undefined && failure !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {asked === null ? null : report === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : report.opened + report.merged === 0 ? (
        <EmptyState icon={IconChartBar} title={t('report.empty')} text={t('report.emptyText')} />
      ) : (
        <>
          <dl className="nfi-figures">
            {(['opened', 'solved', 'open'] as const).map((key) => (
              <Figure key={key} word={t(`report.${key}`)}>
                {format.number(report[key])}
              </Figure>
            ))}
            <Figure
              word={t('report.reopened')}
              note={t('report.reopenedNote', {
                share: format.percent(report.opened === 0 ? 0 : report.reopened / report.opened, 1),
              })}
            >
              {format.number(report.reopened)}
            </Figure>
            <Figure
              word={t('report.missed')}
              note={t('report.missedNote', { number: format.number(promised) })}
            >
              {format.number(missed)}
            </Figure>
            <Figure
              word={t('report.satisfaction')}
              note={
                report.satisfaction.answered === 0
                  ? t('report.satisfactionNone')
                  : t('report.satisfactionNote', {
                      answered: format.number(report.satisfaction.answered),
                      asked: format.number(report.satisfaction.asked),
                    })
              }
            >
              {report.satisfaction.average === null
                ? '–'
                : `${format.number(report.satisfaction.average, 1)} / 5`}
            </Figure>
          </dl>
          <div className="ntd-report">
            <VolumePanel report={report} from={from} through={through} />
            <TimesPanel promises={report.promises} />
            <CountsPanel
              title={t('report.causes')}
              rows={report.tags.map(({ key, count }) => ({ key, word: key, count }))}
            />
            <CountsPanel
              title={t('report.priorities')}
              rows={report.priorities.map(({ key, count }) => ({
                key,
                word: list(`priorityLong.${key}`),
                count,
              }))}
            />
            <CountsPanel
              title={t('report.sources')}
              rows={report.sources.map(({ key, count }) => ({
                key,
                word: t(`source.${key}`),
                count,
              }))}
            />
            <CountsPanel
              title={t('report.queues')}
              rows={report.queues.map(({ id, name, count }) => ({
                key: id ?? 'none',
                word: name ?? t('noQueue'),
                count,
              }))}
            />
          </div>
        </>
      )}
    </div>
  )
}
