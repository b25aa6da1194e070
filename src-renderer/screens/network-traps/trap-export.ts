import type { TFunction } from 'i18next'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { exportCsv } from '../../components/export-csv.ts'
import { showToast } from '../../components/toast.tsx'
import type { UnknownTrap } from './trap-line.ts'
import { unknownColumns, unknownExportRow, type TrapNews } from './trap-list.ts'
import { meaningWords } from './trap-words.ts'

/** The two lists as files, in the order that is shown. */

const fileName = (list: string): string =>
  `traps-${list}-${new Date().toISOString().slice(0, 10)}.csv`

const exported = (t: TFunction<'traps'>, count: number): void =>
  showToast({ kind: 'done', title: t('exported', { count }) })

export const exportUnknown = (t: TFunction<'traps'>, traps: readonly UnknownTrap[]): void => {
  const head = [...unknownColumns, 'agentAddress', 'varbinds'] as const
  exportCsv(
    fileName('unknown'),
    head.map((column) => t(`column.${column}`)),
    traps.map(unknownExportRow),
  )
  exported(t, traps.length)
}

const lookText = (t: TFunction<'traps'>, look: TrapNews['looks'][number]): string =>
  look.kind === 'onu'
    ? t('look.onu', { onu: formatOnu(look.address) })
    : look.kind === 'pon'
      ? t('look.pon', { pon: formatPon(look.pon) })
      : t(`look.${look.kind}`)

export const exportRecent = (t: TFunction<'traps'>, news: readonly TrapNews[]): void => {
  const head = ['firstAt', 'lastAt', 'olt', 'source', 'count', 'meanings', 'looks'] as const
  exportCsv(
    fileName('looked-at'),
    head.map((column) => t(`column.${column}`)),
    news.map((each) => [
      new Date(each.firstAt).toISOString(),
      new Date(each.lastAt).toISOString(),
      each.oltName,
      each.source,
      each.count,
      meaningWords(t, each),
      each.looks.map((look) => lookText(t, look)).join('; '),
    ]),
  )
  exported(t, news.length)
}
