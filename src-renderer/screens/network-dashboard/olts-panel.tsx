import { Button, Select } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { MayOnly } from '../../components/may-only.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { useStripFocus } from '../../components/charts/use-strip-focus.ts'
import { useFormat } from '../../components/use-format.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import { isOltSortColumn, sortOlts, type OltSort } from '../network-olts/olt-trouble.ts'
import { StripLegend } from '../network-olts/strip-legend.tsx'
import { OltCard } from './olt-card.tsx'

const tableName = 'dashboard-olts'

const orders = {
  trouble: { column: 'trouble', descending: false },
  name: { column: 'name', descending: false },
  onus: { column: 'onus', descending: true },
  status: { column: 'status', descending: false },
} as const satisfies Record<string, OltSort>

type Order = keyof typeof orders

const isOrder = (name: string): name is Order => Object.hasOwn(orders, name)

/** The order a person chose last; kept with his preferences. */
const useOrder = (): readonly [Order, (order: Order) => void] => {
  const column = useTablePreferences(tableName)?.sort?.column
  const order =
    column !== undefined && isOltSortColumn(column) && isOrder(column) ? column : 'trouble'
  return [
    order,
    (next) =>
      changeTablePreferences(tableName, { columns: [], widths: {}, sort: { ...orders[next] } }),
  ]
}

/** Height of a card: what is there is shared out, between legible and wasteful. */
const cardHeight = (room: number, count: number): number =>
  Math.max(106, Math.min(240, Math.floor(room / Math.max(1, count))))

export const OltsPanel = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const [order, setOrder] = useOrder()
  useStripFocus()
  const sorted = useMemo(() => sortOlts(olts, orders[order]), [olts, order])
  const reachable = olts.filter((olt) => olt.reachability === 'reachable').length
  return (
    <section className="nc-panel nd-olts" aria-label={t('dashboard.olts.title')}>
      <header className="nc-panel__head">
        <h2>
          <Link href={paths.olts()} className="nd-plain">
            {t('dashboard.olts.title')}
          </Link>{' '}
          <span className="nd-head-note">
            {t('dashboard.olts.answering', {
              reachable: format.number(reachable),
              total: format.number(olts.length),
            })}
          </span>
        </h2>
        <StripLegend brief />
        <Select
          aria-label={t('dashboard.olts.order')}
          value={order}
          onChange={(next) => next !== null && isOrder(next) && setOrder(next)}
          allowDeselect={false}
          w={168}
          data={[
            { value: 'trouble', label: t('dashboard.olts.orderTrouble') },
            { value: 'name', label: t('dashboard.olts.orderName') },
            { value: 'onus', label: t('dashboard.olts.orderOnus') },
            { value: 'status', label: t('dashboard.olts.orderStatus') },
          ]}
        />
        <PresentOnly>
          <MayOnly needs="network.olt.manage">
            <Button
              component={Link}
              href={paths.addOlt()}
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
            >
              {t('dashboard.olts.add')}
            </Button>
          </MayOnly>
        </PresentOnly>
      </header>
      <OltList olts={sorted} />
    </section>
  )
}

const OltList = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('network')
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, height: room } = useElementSize<HTMLDivElement>()
  const height = cardHeight(room, olts.length)
  const virtual = useVirtualizer({
    count: olts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 2,
    getItemKey: (position) => olts[position]?.id ?? position,
  })
  const measured = useRef(height)
  if (measured.current !== height) {
    measured.current = height
    virtual.measure()
  }
  return (
    <div className="nd-olts__room" ref={sizeRef}>
      <div className="nd-olts__scroll" ref={scroller}>
        <ul
          aria-label={t('dashboard.olts.list', { count: olts.length })}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const olt = olts[item.index]
            return olt === undefined ? null : (
              <li
                key={item.key}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                aria-posinset={item.index + 1}
                aria-setsize={olts.length}
              >
                <OltCard olt={olt} height={item.size} />
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}
