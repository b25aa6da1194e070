import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconPrinter, IconReportMoney, IconX } from '@tabler/icons-react'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { callQuery } from '../../../client/client.ts'
import { useTask } from '../../../client/use-task.ts'
import { useDayText } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv, type CsvCell } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { LoadingState } from '../../../components/loading-state.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { dayAfter, rangeNames, rangeOf } from './report-model.ts'

type Report = Output<'billing.report'>

interface Days {
  readonly from: string
  readonly through: string
}

/** What was issued on some days: its taxes by rate, its revenue by what was sold, its sums. */
export const TaxReport = ({
  days,
  today,
  onDays,
}: {
  readonly days: Days
  readonly today: string
  readonly onDays: (days: Days) => void
}) => {
  const { t } = useTranslation('billing-finance')
  const { t: common } = useTranslation()
  const format = useFormat()
  const day = useDayText()
  const [report, setReport] = useState<Report | null>(null)
  const { state, start, cancel } = useTask<Report>()
  const { from, through } = days
  const isGood = from !== '' && through !== '' && from <= through
  const read = useCallback((): void => {
    if (!isGood) return
    start((taskId) =>
      callQuery('billing.report', { fromOn: from, untilOn: dayAfter(through), taskId }),
    )
  }, [start, isGood, from, through])
  // Of other days it is another report.
  useEffect(() => {
    setReport(null)
    read()
  }, [read])
  useEffect(() => {
    if (state.kind === 'done') setReport(state.result)
  }, [state])
  const exportShown = (): void => {
    if (report !== null) writeCsv(`tax-report-${from}-${through}.csv`, report, t)
  }
  useShortcut('refresh', read)
  useShortcut('exportList', exportShown, report !== null)
  return (
    <>
      <div className="nre-ask">
        <TextInput
          type="date"
          label={t('reports.from')}
          value={from}
          onChange={(event) => onDays({ from: event.currentTarget.value, through })}
        />
        <TextInput
          type="date"
          label={t('reports.until')}
          value={through}
          error={from !== '' && through !== '' && !isGood ? t('reports.badDays') : undefined}
          onChange={(event) => onDays({ from, through: event.currentTarget.value })}
        />
        <div className="nre-ranges">
          {rangeNames.map((name) => (
            <Button
              key={name}
              variant="default"
              size="compact-sm"
              onClick={() => onDays(rangeOf(name, today))}
            >
              {t(`reports.${name}`)}
            </Button>
          ))}
        </div>
        <span className="nbl-grow" />
        <Button
          variant="default"
          disabled={report === null}
          leftSection={<IconPrinter size={14} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('reports.print')}
        </Button>
        <Button
          variant="default"
          title={t('reports.exportTax')}
          disabled={report === null}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={exportShown}
        >
          {common('button.export')}
        </Button>
      </div>
      <p className="nc-soft nre-line">{t('reports.taxIntro')}</p>
      <h2 className="nre-title">
        {t('reports.tax')} · {t('reports.of', { from: day(from), until: day(through) })}
      </h2>
      {state.kind === 'failed' && <FailureState failure={state.failure} onRetry={read} />}
      {state.kind === 'running' && (
        <p className="nc-soft nre-line" role="status">
          {t('reports.counting', { count: state.done, number: format.number(state.done) })}
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={13} aria-hidden="true" />}
            onClick={cancel}
          >
            {t('reports.cancel')}
          </Button>
        </p>
      )}
      {report === null ? (
        state.kind === 'running' && <LoadingState rows={6} />
      ) : report.documents === 0 ? (
        <EmptyState icon={IconReportMoney} title={t('reports.none')} text={t('reports.noneText')} />
      ) : (
        <Tables report={report} />
      )}
    </>
  )
}

const share = (num: number, den: number): string => `${num}/${den}`

const Tables = ({ report }: { readonly report: Report }) => {
  const { t } = useTranslation('billing-finance')
  const format = useFormat()
  const money = useMoneyText()
  return (
    <>
      <Table
        title={t('reports.sums')}
        heads={['documents', 'net', 'taxes', 'rounding', 'total']}
        texts={0}
        rows={report.sums.map(({ currency, documents, net, tax, rounding, total }) => [
          format.number(documents),
          money(net, currency),
          money(tax, currency),
          money(rounding, currency),
          <strong key="total">{money(total, currency)}</strong>,
        ])}
      />
      <Table
        title={t('reports.taxes')}
        heads={['tax', 'relief', 'rate', 'share', 'base', 'amount']}
        texts={2}
        rows={report.taxes.map((tax) => [
          `${tax.code} ${tax.name === tax.code ? '' : tax.name}`,
          tax.relief === null ? '' : t(`reports.relief.${tax.relief}`),
          format.percent(tax.ratePpm / 1_000_000, tax.ratePpm % 10_000 === 0 ? 0 : 2),
          share(tax.baseNum, tax.baseDen),
          money(tax.base, tax.currency),
          money(tax.amount, tax.currency),
        ])}
      />
      <Table
        title={t('reports.revenue')}
        heads={['name', 'lines', 'net', 'taxes']}
        texts={1}
        rows={report.revenue.map(({ currency, name, lines, net, tax }) => [
          name,
          format.number(lines),
          money(net, currency),
          money(tax, currency),
        ])}
      />
    </>
  )
}

type Head =
  | 'documents'
  | 'net'
  | 'taxes'
  | 'rounding'
  | 'total'
  | 'tax'
  | 'relief'
  | 'rate'
  | 'share'
  | 'base'
  | 'amount'
  | 'name'
  | 'lines'

/** `texts`: so many columns of words come first, figures after them. */
const Table = ({
  title,
  heads,
  texts,
  rows,
}: {
  readonly title: string
  readonly heads: readonly Head[]
  readonly texts: number
  readonly rows: readonly (readonly ReactNode[])[]
}) => {
  const { t } = useTranslation('billing-finance')
  return (
    <section className="nc-panel nbl-scroll" aria-label={title}>
      <header className="nc-panel__head">
        <h2>{title}</h2>
      </header>
      <table className="nc-table" aria-label={title}>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={at < texts ? undefined : 'nc-num'}>
                {t(`reports.col.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // Rows of a report have no name of their own.
            <tr key={row}>
              {cells.map((cell, at) => (
                <td key={heads[at]} className={at < texts ? undefined : 'nc-num'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Words = ReturnType<typeof useTranslation<'billing-finance'>>['t']

/** One table: what a line is stands first, so that a spreadsheet filters it. */
const writeCsv = (name: string, report: Report, t: Words): void => {
  const text = (minor: number, currency: string): string =>
    formatMinor(minor, currency as CurrencyCode)
  const lines: CsvCell[][] = [
    ...report.taxes.map((tax) => [
      t('reports.taxes'),
      tax.currency,
      `${tax.code} ${tax.name}`,
      tax.ratePpm / 10_000,
      share(tax.baseNum, tax.baseDen),
      tax.relief,
      null,
      text(tax.base, tax.currency),
      text(tax.amount, tax.currency),
      null,
    ]),
    ...report.revenue.map((line) => [
      t('reports.revenue'),
      line.currency,
      line.name,
      null,
      null,
      null,
      line.lines,
      text(line.net, line.currency),
      text(line.tax, line.currency),
      null,
    ]),
    ...report.sums.map((sum) => [
      t('reports.sums'),
      sum.currency,
      null,
      null,
      null,
      null,
      sum.documents,
      text(sum.net, sum.currency),
      text(sum.tax, sum.currency),
      text(sum.total, sum.currency),
    ]),
  ]
  exportCsv(
    name,
    [
      t('reports.show'),
      t('reports.col.currency'),
      t('reports.col.name'),
      t('reports.col.rate'),
      t('reports.col.share'),
      t('reports.col.relief'),
      t('reports.col.lines'),
      t('reports.col.net'),
      t('reports.col.taxes'),
      t('reports.col.total'),
    ],
    lines,
    false,
  )
}
