import { useContext, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { HistoryPanel, type HistorySubject } from '../../components/time-chart/history-panel.tsx'
import { useChartRange } from '../../components/time-chart/use-chart-range.ts'
import { ComparePicker } from './compare-picker.tsx'
import { FieldTrustContext } from './record-fact.tsx'
import { useComparedOnu } from './use-compared-onu.ts'

const metrics: readonly HistoryMetric[] = [
  'onuRxDbm',
  'oltRxDbm',
  'downBytes',
  'upBytes',
  'onuTxDbm',
  'temperatureC',
  'voltageV',
  'biasMa',
]
const openAtFirst = metrics.slice(0, 4)

export interface OnuHistoryProps {
  readonly oltId: string
  readonly address: OnuAddress
  readonly name: string
  readonly limits: Output<'network.onu'>['limits']
  readonly opticsS: number
  /** In a drawer: the route is the list's, so the range is not kept in it. */
  readonly narrow: boolean
}

/** What was read of this ONU over the years; nothing is made up between readings. */
export const OnuHistory = (props: OnuHistoryProps): ReactNode => {
  const { oltId, address, name, limits, opticsS, narrow } = props
  const { t } = useTranslation('history')
  const state = useChartRange(!narrow)
  const { compared, compare } = useComparedOnu(!narrow)
  const here = formatOnu(address)
  const subject = useMemo<HistorySubject>(
    () => ({ name, series: { kind: 'onu', oltId, address } }),
    // The address by its text: the same place may come as another object.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [name, oltId, here],
  )
  const around = useMemo<readonly HistorySeries[]>(() => {
    const { shelf, slot, port } = address
    return [
      { kind: 'pon', oltId, pon: { shelf, slot, port } },
      { kind: 'olt', oltId },
    ]
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [oltId, here])
  const other = useQuery(
    'network.onu',
    { oltId: compared?.oltId ?? oltId, address: compared?.address ?? address },
    { skip: compared === null },
  )
  const otherName = other.failure === undefined ? nameOf(other.value) : t('compare.gone')
  const over = useMemo<HistorySubject | null>(
    () =>
      compared === null
        ? null
        : { name: otherName ?? formatOnu(compared.address), series: { kind: 'onu', ...compared } },
    [compared, otherName],
  )
  const trust = useContext(FieldTrustContext)
  // A metric of an ONU has the name of its field.
  const unproven = useMemo(() => metrics.filter((metric) => trust.unproven.has(metric)), [trust])
  const bounds = useMemo(
    () => ({
      onuRxDbm: { min: limits.onuRxMinDbm, max: limits.onuRxMaxDbm },
      oltRxDbm: { min: limits.oltRxMinDbm, max: limits.oltRxMaxDbm },
    }),
    [limits.onuRxMinDbm, limits.onuRxMaxDbm, limits.oltRxMinDbm, limits.oltRxMaxDbm],
  )
  return (
    <HistoryPanel
      name="history-onu"
      state={state}
      subject={subject}
      over={over}
      around={around}
      metrics={metrics}
      openAtFirst={openAtFirst}
      limits={bounds}
      unproven={unproven}
      slowestS={opticsS}
      plotHeight={narrow ? 92 : 108}
      tools={<ComparePicker onu={{ oltId, address }} compared={over} onCompare={compare} />}
    />
  )
}

const nameOf = (details: Output<'network.onu'> | undefined): string | undefined =>
  details === undefined
    ? undefined
    : [details.onu.serial, details.onu.name].filter((part) => part !== null).join(' ') ||
      formatOnu(details.onu.address)
