import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanTargetRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import type { GridColumn } from '../../components/table/grid-column.ts'
import { noValue } from '../../components/format.ts'
import { useFormat } from '../../components/use-format.ts'
import { useDifferenceText } from './use-difference-text.ts'
import { CanaryMark, RiskMark, TargetStateMark } from './marks.tsx'

export type TargetColumn = GridColumn<PlanTargetRow, null>

/** Columns of the target list of a plan. */
export const useTargetColumns = (narrow: boolean): readonly TargetColumn[] => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const textOf = useDifferenceText()
  return useMemo(() => {
    const changeOf = ({ differences }: PlanTargetRow): string => textOf(differences)
    const problemOf = ({ problem }: PlanTargetRow): string =>
      problem === null ? '' : tError(`${problem.code}.what`, problem.params)
    const all: readonly (TargetColumn & { readonly wide?: true })[] = [
      {
        id: 'state',
        label: t('target.state'),
        // With the mark of the canary.
        width: 180,
        initially: true,
        cell: (row) => (
          <span className="npv-cell">
            <TargetStateMark state={row.state} />
            {row.canary && <CanaryMark />}
          </span>
        ),
        plain: (row) => row.state,
      },
      {
        id: 'name',
        label: t('part.name'),
        width: 130,
        initially: true,
        grows: true,
        length: (row) => (row.name ?? '').length,
        cell: (row) => row.name ?? noValue,
        plain: (row) => row.name,
      },
      {
        id: 'serial',
        label: t('target.serial'),
        width: 128,
        initially: true,
        mono: true,
        cell: (row) => row.serial,
        plain: (row) => row.serial,
      },
      {
        id: 'olt',
        label: t('target.olt'),
        width: 110,
        initially: true,
        length: (row) => row.oltName.length,
        cell: (row) => row.oltName,
        plain: (row) => row.oltName,
      },
      {
        id: 'address',
        label: t('target.address'),
        width: 90,
        initially: true,
        mono: true,
        cell: (row) => formatOnu(row.address),
        plain: (row) => formatOnu(row.address),
      },
      {
        id: 'change',
        label: t('target.change'),
        width: 220,
        initially: true,
        grows: true,
        wide: true,
        length: (row) => changeOf(row).length,
        cell: (row) =>
          row.problem === null ? changeOf(row) : <span className="npv-bad">{problemOf(row)}</span>,
        hover: (row) => [problemOf(row), changeOf(row)].filter((text) => text !== '').join('\n'),
        plain: (row) => [changeOf(row), problemOf(row)].filter((text) => text !== '').join(' | '),
      },
      {
        id: 'risk',
        label: t('target.risk'),
        width: 110,
        initially: true,
        wide: true,
        cell: (row) => <RiskMark risk={row.risk} />,
        plain: (row) => row.risk,
      },
      {
        id: 'loss',
        label: t('target.loss'),
        width: 90,
        initially: true,
        alignEnd: true,
        wide: true,
        cell: (row) => (row.serviceLossS === null ? noValue : format.duration(row.serviceLossS)),
        plain: (row) => row.serviceLossS,
      },
    ]
    return narrow ? all.filter(({ wide }) => wide !== true) : all
  }, [t, tError, format, narrow, textOf])
}
