import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Day, useDayText } from '../../../components/day.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import {
  planColumns,
  stateOf,
  type PlanColumn,
  type PlanLine,
  type PlanSort,
} from './plan-model.ts'
import { PriceText } from './price-text.tsx'
import { SpeedMark } from './speed-mark.tsx'
import '../../network-olts/olts.css'

const byCode = { column: 'code', descending: false } as const

export const usePlanSort = (): readonly [PlanSort, (column: PlanColumn) => void] =>
  useTrapSort<PlanColumn>('plans', planColumns, byCode)

export const PlanTable = ({
  plans,
  onOpen,
}: {
  readonly plans: readonly PlanLine[]
  readonly onOpen: (planId: string) => void
}) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  const [sort, setSort] = usePlanSort()
  const keys = useRowKeys(
    useMemo(() => plans.map(({ id }) => id), [plans]),
    onOpen,
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('plans.title')}>
      <table className="nc-table" aria-label={t('plans.title')}>
        <thead>
          <tr>
            {planColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`plans.column.${column}`)}
                number={column === 'price' || column === 'live'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {plans.map((plan) => (
            <tr
              key={plan.id}
              data-row={plan.id}
              tabIndex={keys.isCurrent(plan.id) ? 0 : -1}
              onFocus={() => keys.onFocus(plan.id)}
            >
              <td className="nc-mono">{plan.code}</td>
              <td>
                <button type="button" className="nbl-open" onClick={() => onOpen(plan.id)}>
                  {plan.name}
                </button>
              </td>
              <td className="nc-soft">
                {t(`kind.${plan.kind}`)} · {t(`payment.${plan.payment}`)}
              </td>
              <td className="nc-num">
                {plan.current === null ? (
                  <span className="nc-faint">–</span>
                ) : (
                  <PriceText version={plan.current} />
                )}
              </td>
              <td className="nc-soft">
                {plan.current === null ? '–' : t(`interval.${plan.current.interval}`)}
              </td>
              <td>
                {plan.current === null ? (
                  <span className="nc-faint">–</span>
                ) : (
                  <SpeedMark speed={plan.current.speed} />
                )}
              </td>
              <td className="nc-num">{plan.live === null ? '–' : format.number(plan.live)}</td>
              <td>
                <StateChip plan={plan} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const StateChip = ({ plan }: { readonly plan: PlanLine }) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const state = stateOf(plan)
  return (
    <>
      <span
        className="nbl-chip"
        data-tone={state === 'sold' ? 'live' : state === 'none' ? 'warn' : 'off'}
      >
        {state === 'later'
          ? t('plans.state.later', { day: day(plan.nextOn ?? '') })
          : t(`plans.state.${state}`)}
      </span>
      {state === 'sold' && plan.nextOn !== null && (
        <span className="nc-soft nc-small">
          {' '}
          → <Day on={plan.nextOn} />
        </span>
      )}
    </>
  )
}
