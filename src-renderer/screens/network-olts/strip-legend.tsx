import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { lightFloorsDb } from '../../components/charts/light-cell.ts'
import { stripLetters, type StripCellKind } from '../../components/charts/strip-cells.ts'
import './olt-parts.css'

const otherKinds: readonly StripCellKind[] = [
  'offline-optical',
  'offline-power',
  'offline-other',
  'unknown',
  'disabled',
  'starting',
  'auth-failed',
  'none',
  'too-strong',
  'invalid',
]

/** The scale from good to limit, and what the letters say. `brief`: the letters on demand. */
export const StripLegend = ({ brief = false }: { readonly brief?: boolean }) => {
  const { t } = useTranslation('network')
  const edges = lightFloorsDb.filter(Number.isFinite)
  return (
    <div className="no-legend">
      <span className="no-legend__title">{t('olts.strip.marginScale')}</span>
      <span className="no-scale" role="img" aria-label={edges.join(' · ')}>
        {lightFloorsDb.map((floor, step) => (
          <span
            key={floor}
            className="no-scale__step"
            style={{ background: `var(--nc-level-${step})` }}
          >
            {Number.isFinite(floor) ? <span className="no-scale__edge">{floor}</span> : null}
          </span>
        ))}
      </span>
      {brief ? (
        <Popover position="bottom-end">
          <Popover.Target>
            <ActionIcon
              size={20}
              aria-label={t('olts.strip.legend')}
              title={t('olts.strip.legend')}
            >
              <IconInfoCircle size={15} stroke={1.7} aria-hidden="true" />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown p="sm">
            <div className="no-legend no-legend--tall">
              <Kinds />
            </div>
          </Popover.Dropdown>
        </Popover>
      ) : (
        <Kinds />
      )}
    </div>
  )
}

const Kinds = () => {
  const { t } = useTranslation('network')
  return otherKinds.map((kind) => (
    <span key={kind} className="no-legend__item">
      <span className="no-legend__cell" data-kind={kind} aria-hidden="true">
        {stripLetters[kind]}
      </span>
      {t(`olts.strip.kind.${kind}`)}
    </span>
  ))
}
