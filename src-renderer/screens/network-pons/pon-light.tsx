import { SegmentedControl } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { binLevels } from '../../components/charts/level-bins.ts'
import type { StripShape } from '../../components/charts/heat-strip.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { Levels } from '../network-olts/levels-panel.tsx'
import { LoadedStrip } from '../network-olts/olt-strip.tsx'
import { StripLegend } from '../network-olts/strip-legend.tsx'
import { useStrip } from '../network-olts/use-strip.ts'
import '../network-olts/olt-page.css'
import { PonCompare } from './pon-compare.tsx'
import { PonScatter } from './pon-scatter.tsx'
import { levelsOf, scatterOf, sliceOfPon, type Direction } from './pon-strip.ts'
import { PonWorst } from './pon-worst.tsx'

const shape: StripShape = { kind: 'flow', height: 84, maxCell: 26 }
const everyMs = 4000

/** The light of one port: a cell per ONU, how it spreads, where it is lost, and what has changed. */
export const PonLight = ({
  olt,
  pon,
}: {
  readonly olt: OltRow
  readonly pon: PonAddress
}): ReactNode => {
  const { t } = useTranslation('pons')
  const [direction, setDirection] = useState<Direction>('onuRx')
  const { value, failure, refresh } = useStrip(olt, everyMs)
  const strip = useMemo(
    () => (value === undefined ? undefined : sliceOfPon(value, pon)),
    [value, pon],
  )
  return (
    <>
      <section className="nc-panel" aria-label={t('light.title')}>
        <header className="nc-panel__head">
          <h2>{t('light.title')}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t('light.which')}
            value={direction}
            onChange={(next) => setDirection(next === 'oltRx' ? 'oltRx' : 'onuRx')}
            data={[
              { value: 'onuRx', label: t('light.onuRx') },
              { value: 'oltRx', label: t('light.oltRx') },
            ]}
          />
          <StripLegend brief />
          <span className="nc-small">
            <DataAge at={olt.ages.optics} intervalS={olt.intervals.opticsS} exact />
          </span>
        </header>
        {strip === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={6} brief />
        ) : (
          <PonPictures olt={olt} strip={strip} direction={direction} />
        )}
      </section>
      <div className="np-pair">
        <PonWorst olt={olt} pon={pon} direction={direction} />
        {strip !== undefined && (
          <PonCompare olt={olt} pon={pon} strip={strip} direction={direction} />
        )}
      </div>
    </>
  )
}

const PonPictures = ({
  olt,
  strip,
  direction,
}: {
  readonly olt: OltRow
  readonly strip: ReturnType<typeof sliceOfPon>
  readonly direction: Direction
}): ReactNode => {
  const { t } = useTranslation('pons')
  const range = opticClasses[olt.opticClass][direction]
  const histogram = useMemo(
    () => binLevels(levelsOf(strip, direction), range),
    [strip, direction, range],
  )
  const points = useMemo(() => scatterOf(strip, direction), [strip, direction])
  return (
    <div className="nc-panel__body np-pictures">
      <div className="np-cells">
        <LoadedStrip olt={olt} shape={shape} strip={strip} />
      </div>
      <div>
        <h3>{t('levels.title')}</h3>
        {histogram.bins.length === 0 ? (
          <p className="nc-soft">{t(olt.ages.optics === null ? 'light.never' : 'light.none')}</p>
        ) : (
          <Levels histogram={histogram} minDbm={range.minDbm} />
        )}
      </div>
      <div>
        <h3>{t('scatter.title')}</h3>
        {points.length === 0 ? (
          <p className="nc-soft">{t('scatter.none')}</p>
        ) : (
          <PonScatter oltId={olt.id} points={points} range={range} />
        )}
      </div>
    </div>
  )
}
