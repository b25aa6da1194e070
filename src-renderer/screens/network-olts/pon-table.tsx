import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OltRow, PonPort } from '../../../src-shared/contract/network-model.ts'
import { DataAge } from '../../components/data-age.tsx'
import { Dbm } from '../../components/dbm.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CountsBar } from './counts-bar.tsx'
import { FieldMark } from './field-mark.tsx'
import { SortHead } from './olt-table.tsx'
import { sortPonPorts, type PonSort, type PonSortColumn } from './pon-order.ts'
import { onusOfPon } from './onu-links.ts'
import { PonHistoryLink } from './history-pon-link.tsx'
import { chassisS } from './reading-plan.ts'

/** PON ports: how many are on, and how their light is at both ends. */
export const PonTable = ({ page }: { readonly page: Output<'network.olt'> }) => {
  const { t } = useTranslation('network')
  const { olt, ponPorts, ponPortsAt } = page
  const trust = { notOffered: page.ponPortsNotOffered, unproven: page.ponPortsUnproven }
  const [sort, setSort] = useState<PonSort>({ column: 'pon', descending: false })
  const sorted = useMemo(() => sortPonPorts(ponPorts, sort), [ponPorts, sort])
  const named = ponPorts.some((port) => port.description !== null && port.description !== '')
  const head = (column: PonSortColumn, label: string, field?: string, number = true) => (
    <SortHead
      label={label}
      {...(field === undefined ? {} : { mark: <FieldMark field={field} {...trust} /> })}
      number={number}
      direction={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
      onSort={() =>
        setSort({ column, descending: sort.column === column ? !sort.descending : false })
      }
    />
  )
  return (
    <section className="nc-panel" aria-label={t('olts.page.ponPorts')}>
      <header className="nc-panel__head">
        <h2>{t('olts.page.ponPorts')}</h2>
        <span className="nc-small">
          <DataAge at={ponPortsAt} intervalS={chassisS} exact />
        </span>
      </header>
      {ponPorts.length === 0 ? (
        <p className="no-quiet">{t('olts.page.ponPortsNone')}</p>
      ) : (
        <div className="no-scroll">
          <table className="nc-table no-pon-table">
            <thead>
              <tr>
                {head('pon', t('olts.page.pon'), undefined, false)}
                <th scope="col">
                  {t('olts.page.ponName')}
                  <FieldMark field="name" {...trust} />
                </th>
                {named ? (
                  <th scope="col">
                    {t('field.description')}
                    <FieldMark field="description" {...trust} />
                  </th>
                ) : null}
                {head('state', t('olts.page.ponState'), 'state', false)}
                <th scope="col">{t('olts.page.distribution')}</th>
                {head('online', t('olts.page.onus'))}
                {head('averageOnuRxDbm', t('olts.page.averageOnuRx'))}
                {head('worstOnuRxDbm', t('olts.page.worstOnuRx'))}
                {head('averageOltRxDbm', t('olts.page.averageOltRx'))}
                {head('worstOltRxDbm', t('olts.page.worstOltRx'))}
                {head('txDbm', t('olts.page.tx'), 'txDbm')}
                {head('temperatureC', t('olts.page.temperature'), 'temperatureC')}
              </tr>
            </thead>
            <tbody>
              {sorted.map((port) => (
                <PonRow key={formatPon(port)} olt={olt} port={port} named={named} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

const PonRow = ({
  olt,
  port,
  named,
}: {
  readonly olt: OltRow
  readonly port: PonPort
  readonly named: boolean
}) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const limits = opticClasses[olt.opticClass]
  const { counts } = port
  return (
    <tr>
      <td>
        <Link
          className="nc-mono no-name"
          href={onusOfPon(olt.id, port)}
          aria-label={t('olts.page.openPon', { pon: formatPon(port) })}
        >
          {formatPon(port)}
        </Link>
        <PonHistoryLink oltId={olt.id} pon={port} />
      </td>
      <td className="nc-mono nc-soft">{port.name ?? '–'}</td>
      {named ? <td className="nc-soft">{port.description ?? ''}</td> : null}
      <td className="no-pon-state" data-state={port.state}>
        {t(`olts.page.ponStates.${port.state}`)}
      </td>
      <td className="no-pon-bar">{counts.total === 0 ? null : <CountsBar counts={counts} />}</td>
      <td
        className="nc-num"
        title={
          port.capacity === null ? undefined : t('olts.page.capacity', { count: port.capacity })
        }
      >
        {counts.unknown < counts.total || counts.total === 0 ? format.number(counts.online) : '–'}
        <span className="nc-faint">/{format.number(counts.total)}</span>
      </td>
      <td className="nc-num">
        <Dbm value={port.averageOnuRxDbm} range={limits.onuRx} />
      </td>
      <td className="nc-num">
        <Dbm value={port.worstOnuRxDbm} range={limits.onuRx} />
      </td>
      <td className="nc-num">
        <Dbm value={port.averageOltRxDbm} range={limits.oltRx} />
      </td>
      <td className="nc-num">
        <Dbm value={port.worstOltRxDbm} range={limits.oltRx} />
      </td>
      <td className="nc-num">{format.number(port.txDbm, 1)}</td>
      <td className="nc-num">{format.number(port.temperatureC)}</td>
    </tr>
  )
}
