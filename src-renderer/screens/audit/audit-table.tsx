import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconInfoCircle,
  IconPointFilled,
  IconUrgent,
  IconX,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditTrailRow } from '../../../src-shared/contract/audit.ts'
import { useFormat } from '../../components/use-format.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import { useAuditWords } from './audit-words.ts'
import type { AuditRows } from './use-audit-rows.ts'

const severityIcons = {
  info: IconPointFilled,
  notice: IconInfoCircle,
  warning: IconAlertTriangle,
  critical: IconUrgent,
} as const

const outcomeIcons = { done: IconCircleCheck, refused: IconBan, failed: IconX } as const

export const SeverityMark = ({ severity }: Pick<AuditTrailRow, 'severity'>) => {
  const { t } = useTranslation('audit')
  const Icon = severityIcons[severity]
  return (
    <span className="nau-mark" data-severity={severity}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {t(`severity.${severity}`)}
    </span>
  )
}

export const OutcomeMark = ({ outcome }: Pick<AuditTrailRow, 'outcome'>) => {
  const { t } = useTranslation('audit')
  const Icon = outcomeIcons[outcome]
  return (
    <span className="nau-mark" data-outcome={outcome}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {t(`outcome.${outcome}`)}
    </span>
  )
}

const columns = [
  'seq',
  'at',
  'who',
  'act',
  'object',
  'about',
  'outcome',
  'severity',
  'category',
] as const

export interface AuditTableProps {
  readonly rows: readonly AuditTrailRow[]
  readonly pages: Pick<AuditRows, 'hasMore' | 'busy' | 'more'>
  readonly openSeq: number | null
  readonly onOpen: (seq: number) => void
}

export const AuditTable = ({ rows, pages, openSeq, onOpen }: AuditTableProps) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const words = useAuditWords()
  const keys = useRowKeys(
    useMemo(() => rows.map(({ seq }) => String(seq)), [rows]),
    (key) => onOpen(Number(key)),
  )
  return (
    <section className="nc-panel nau-scroll" aria-label={t('table')} tabIndex={0}>
      <table className="nc-table nau-table" aria-label={t('table')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={column === 'seq' ? 'nc-num' : undefined}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {rows.map((row) => (
            <tr
              key={row.seq}
              data-row={row.seq}
              data-open={row.seq === openSeq ? 'true' : undefined}
              tabIndex={keys.isCurrent(String(row.seq)) ? 0 : -1}
              onFocus={() => keys.onFocus(String(row.seq))}
            >
              <td className="nc-num nc-mono">
                <button type="button" className="nau-open" onClick={() => onOpen(row.seq)}>
                  {row.seq}
                </button>
              </td>
              <td className="nau-at" title={format.instant(row.at)}>
                {format.instant(row.at)}
              </td>
              <td className="nau-who">{words.who(row)}</td>
              <td className="nau-act" title={row.command}>
                {words.act(row.command)}
              </td>
              <td className="nau-object">{words.object(row) ?? '–'}</td>
              <td>{words.about(row) ?? '–'}</td>
              <td>
                <OutcomeMark outcome={row.outcome} />
              </td>
              <td>
                <SeverityMark severity={row.severity} />
              </td>
              <td className="nc-soft">{t(`category.${row.category}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages.hasMore && (
        <div className="nau-more">
          <Button variant="default" disabled={pages.busy} onClick={pages.more}>
            {t(pages.busy ? 'moreBusy' : 'more')}
          </Button>
        </div>
      )}
    </section>
  )
}
