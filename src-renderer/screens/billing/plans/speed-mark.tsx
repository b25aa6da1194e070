import { Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import { useFormat } from '../../../components/use-format.ts'

/** The speed of a version, and where it cannot be given: a gap is told. */
export const SpeedMark = ({ speed }: { readonly speed: PlanVersion['speed'] }) => {
  const { t } = useTranslation('billing')
  if (speed === null) return <span className="nc-faint">{t('speed.none')}</span>
  if (speed.name === null) {
    return (
      <Tooltip label={t('speed.goneHint')} multiline maw={320}>
        <span className="nbl-warn">
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
          {t('speed.gone')}
        </span>
      </Tooltip>
    )
  }
  return (
    <span className="nbl-speed">
      {speed.name}{' '}
      {speed.gaps.length > 0 && (
        <Tooltip label={<GapList speed={speed} />} multiline maw={420}>
          <span className="nbl-warn">
            <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
            {t('speed.gaps', { count: speed.gaps.length })}
          </span>
        </Tooltip>
      )}
    </span>
  )
}

const mostShown = 12

/** Which OLTs cannot give it, and why. */
export const GapList = ({ speed }: { readonly speed: NonNullable<PlanVersion['speed']> }) => {
  const { t } = useTranslation('billing')
  return (
    <ul className="nbl-list">
      {speed.gaps.slice(0, mostShown).map(({ oltId, oltName, family, why, profile }) => (
        <li key={oltId}>
          {t(`speed.${why}`, { olt: oltName, family: family || '–', profile: profile ?? '' })}
        </li>
      ))}
      {speed.gaps.length > mostShown && <li>…</li>}
    </ul>
  )
}

/** In full, for a record page. */
export const SpeedFacts = ({ speed }: { readonly speed: PlanVersion['speed'] }) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  if (speed?.name == null) return <SpeedMark speed={speed} />
  return (
    <>
      {speed.name}{' '}
      <span className="nc-soft">
        ({format.rate(speed.downKbps)} ↓ {format.rate(speed.upKbps)} ↑)
      </span>{' '}
      {speed.gaps.length === 0 ? (
        <span className="nc-soft">{t('speed.everywhere', { count: speed.olts })}</span>
      ) : (
        <div className="nbl-gaps" role="note">
          <span className="nbl-warn">
            <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
            {t('speed.gaps', { count: speed.gaps.length })}
          </span>
          <GapList speed={speed} />
        </div>
      )}
    </>
  )
}
