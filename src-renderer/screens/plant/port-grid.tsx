import { IconAlertTriangle, IconGhost2, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { portCells, type PortCell } from './port-cells.ts'

export interface PortGridProps {
  readonly detail: Output<'plant.node'>
  /** A free port was chosen. */
  readonly onPlace: (port: number) => void
}

/** Every port as a cell: what hangs on it, or that it is free. */
export const PortGrid = ({ detail, onPlace }: PortGridProps) => {
  const { t } = useTranslation('plant')
  const cells = portCells(detail)
  return (
    <section aria-label={t('ports.title')}>
      <h3 className="np-section">{t('ports.title')}</h3>
      <ul className="np-ports">
        {cells.map((cell) => (
          <li
            key={cell.port}
            className="np-port"
            data-kind={cell.kind}
            data-beyond={isBeyond(cell) || undefined}
          >
            <Cell cell={cell} onPlace={onPlace} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const isBeyond = (cell: PortCell): boolean => cell.kind !== 'free' && cell.beyond

const Cell = ({
  cell,
  onPlace,
}: {
  readonly cell: PortCell
  readonly onPlace: (port: number) => void
}) => {
  const { t } = useTranslation('plant')
  switch (cell.kind) {
    case 'free':
      return (
        <button type="button" className="np-port__free" onClick={() => onPlace(cell.port)}>
          <span className="np-port__number">{cell.port}</span>
          <IconPlus size={14} stroke={1.7} aria-hidden="true" />
          <span>
            {t('ports.free')}
            <span className="nc-hidden">: {t('ports.placeAt')}</span>
          </span>
        </button>
      )
    case 'gone':
      return (
        <div className="np-port__body">
          <span className="np-port__number">{cell.port}</span>
          <span className="np-port__name nc-soft" title={t('gone.hint')}>
            <IconGhost2 size={14} stroke={1.7} aria-hidden="true" className="nc-icon" />{' '}
            {t('gone.word')}
          </span>
          <span className="np-port__place nc-small nc-mono nc-faint nc-cut">
            {formatOnu(cell.gone.address)}
          </span>
        </div>
      )
    case 'onu': {
      const { onu } = cell.hung
      return (
        <RouteLink to={paths.onu(onu.oltId, onu.address)} className="np-port__body">
          <span className="np-port__number">{cell.port}</span>
          <span className="np-port__name nc-cut" title={onu.name ?? onu.serial ?? ''}>
            {onu.name ?? onu.serial ?? formatOnu(onu.address)}
          </span>
          <span className="np-port__place nc-small">
            <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} />
            {cell.beyond && (
              <span className="np-port__beyond">
                <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" /> {t('ports.beyond')}
              </span>
            )}
          </span>
        </RouteLink>
      )
    }
  }
}
