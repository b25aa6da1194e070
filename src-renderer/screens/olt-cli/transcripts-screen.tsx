import { Button } from '@mantine/core'
import { IconDownload, IconListDetails } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate, useHashLocation } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import '../network-olts/olts.css'
import './terminal.css'

const perPage = 100
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Who was on the CLI of which OLT, the latest first. */
export const TranscriptsScreen = () => {
  const { t } = useTranslation('olt-cli')
  const { t: common } = useTranslation()
  const format = useFormat()
  const query = new URLSearchParams(useHashLocation.searchHook())
  const wanted = query.get('olt')
  const oltId = wanted !== null && uuidPattern.test(wanted) ? wanted : null
  const offset = Math.max(0, Math.floor(Number(query.get('from') ?? 0)) || 0)
  const { value, failure, refresh } = useQuery('olt-cli.transcripts', {
    oltId,
    offset,
    limit: perPage,
  })
  const rows = useMemo(() => value?.transcripts ?? [], [value])
  const keys = useRowKeys(
    useMemo(() => rows.map(({ id }) => id), [rows]),
    (id) => navigate(paths.transcript(id)),
  )
  const go = (from: number): void => {
    const next = new URLSearchParams()
    if (oltId !== null) next.set('olt', oltId)
    if (from > 0) next.set('from', String(from))
    navigate(paths.transcripts(next.toString()))
  }
  const columns = ['startedAt', 'olt', 'by', 'took', 'lines', 'kind'] as const
  const tookOf = (row: (typeof rows)[number]): string =>
    row.endedAt === null
      ? t('transcripts.running')
      : format.duration((row.endedAt - row.startedAt) / 1000)
  const kindOf = (row: (typeof rows)[number]): string =>
    t(row.mayWrite ? 'terminal.writing' : 'terminal.readOnly')
  const exportShown = (): void =>
    exportCsv(
      'cli-sessions.csv',
      columns.map((column) => t(`transcripts.${column}`)),
      rows.map((row) => [
        new Date(row.startedAt).toISOString(),
        row.oltName,
        row.by,
        tookOf(row),
        row.lines,
        kindOf(row),
      ]),
      false,
    )
  useShortcut('exportList', exportShown, rows.length > 0)
  useShortcut('refresh', refresh)
  const total = value?.total ?? 0
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>
          {oltId === null || rows[0] === undefined
            ? t('transcripts.title')
            : t('transcripts.ofOlt', { name: rows[0].oltName })}
        </h1>
        {oltId === null ? null : (
          <Button variant="default" onClick={() => navigate(paths.transcripts())}>
            {t('transcripts.all')}
          </Button>
        )}
        <Button
          variant="default"
          disabled={rows.length === 0}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={exportShown}
        >
          {common('button.export')}
        </Button>
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={IconListDetails}
          title={t('transcripts.empty')}
          text={t('transcripts.emptyText')}
        />
      ) : (
        <>
          <div className="nc-panel no-table">
            <table className="nc-table" aria-label={t('transcripts.title')}>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th
                      key={column}
                      scope="col"
                      className={column === 'lines' ? 'nc-num' : undefined}
                    >
                      {t(`transcripts.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
                {rows.map((row) => (
                  <tr
                    key={row.id}
                    data-row={row.id}
                    tabIndex={keys.isCurrent(row.id) ? 0 : -1}
                    onFocus={() => keys.onFocus(row.id)}
                  >
                    <td>
                      <RouteLink to={paths.transcript(row.id)} className="no-name">
                        {format.instant(row.startedAt)}
                      </RouteLink>
                    </td>
                    <td>
                      <RouteLink to={paths.olt(row.oltId)}>{row.oltName}</RouteLink>
                    </td>
                    <td>{row.by}</td>
                    <td className="nc-soft">{tookOf(row)}</td>
                    <td className="nc-num">{format.number(row.lines)}</td>
                    <td className={row.mayWrite ? 'noc-wrote' : 'nc-soft'}>{kindOf(row)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {total > perPage ? (
            <div className="noc-transcripts__foot">
              <Button
                variant="default"
                disabled={offset === 0}
                onClick={() => go(Math.max(0, offset - perPage))}
              >
                {t('transcripts.newer')}
              </Button>
              <span className="nc-soft">
                {t('transcripts.range', {
                  from: format.number(offset + 1),
                  to: format.number(offset + rows.length),
                  total: format.number(total),
                })}
              </span>
              <Button
                variant="default"
                disabled={offset + rows.length >= total}
                onClick={() => go(offset + perPage)}
              >
                {t('transcripts.older')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </div>
  )
}
