import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatOnu,
  formatPon,
  unpackOnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { HeatStrip, type StripShape } from '../../components/charts/heat-strip.tsx'
import { countCells, stripCellOf, type StripData } from '../../components/charts/strip-cells.ts'
import { useFormat } from '../../components/use-format.ts'
import { onusOfPon } from './onu-links.ts'
import { useStrip } from './use-strip.ts'
import './olt-parts.css'

export interface OltStripProps {
  readonly olt: OltRow
  readonly shape: StripShape
}

const everyMs = 4000

/** The heat strip of one OLT, kept current while it is on the screen. */
export const OltStrip = ({ olt, shape }: OltStripProps) => {
  const { t } = useTranslation('network')
  const { value, failure } = useStrip(olt, everyMs)
  if (value === undefined) {
    return (
      <p className="nc-faint nc-small" role="status">
        {t(failure === undefined ? 'olts.strip.loading' : 'olts.strip.failed')}
      </p>
    )
  }
  if (value.rows.length === 0) {
    return <p className="nc-faint nc-small">{t('olts.strip.none')}</p>
  }
  return <LoadedStrip olt={olt} shape={shape} strip={value} />
}

export const LoadedStrip = ({
  olt,
  shape,
  strip,
}: OltStripProps & { readonly strip: StripData }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const describeOnu = useCallback(
    (onu: number) => {
      const cell = stripCellOf(strip, onu)
      const margin = strip.marginsDb[onu]
      return (
        <>
          <strong className="nc-mono">
            {formatOnu(unpackOnuAddress(strip.addresses[onu] ?? 0))}
          </strong>
          <div>{t(`olts.strip.kind.${cell.kind}`)}</div>
          {cell.kind === 'step' ? (
            <div className="nc-soft">
              {t('olts.strip.margin', { margin: `${format.number(margin, 1)} dB` })}
            </div>
          ) : null}
        </>
      )
    },
    [format, strip, t],
  )
  const describePon = useCallback(
    (pon: PonAddress, first: number, count: number) => {
      const counts = countCells(strip, first, count)
      const online = ['step', 'none', 'too-strong', 'invalid'] as const
      const sum = online.reduce((total, kind) => total + (counts.get(kind) ?? 0), 0)
      return (
        <>
          <strong>{t('olts.strip.pon', { pon: formatPon(pon) })}</strong>
          <div>
            {t('olts.strip.onlineOf', { online: format.number(sum), total: format.number(count) })}
          </div>
          <div className="nc-soft">{t('olts.strip.ponShow')}</div>
        </>
      )
    },
    [format, strip, t],
  )
  return (
    <HeatStrip
      strip={strip}
      shape={shape}
      label={t('olts.strip.label', { name: olt.name, count: strip.rows.length })}
      describeOnu={describeOnu}
      describePon={describePon}
      onOpenOnu={(address) => navigate(paths.onu(olt.id, address))}
      onOpenPon={(pon) => navigate(onusOfPon(olt.id, pon))}
    />
  )
}
