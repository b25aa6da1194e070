import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'

type FallingPon = Output<'alarms.degradation'>['pons'][number]

const keyOf = (pon: FallingPon): string => `${pon.oltId} ${formatPon(pon.pon)}`

/** PONs whose light falls, the worst first; each opens to its ONUs, before and now. */
export const FallingLight = ({ opticsS }: { readonly opticsS: ReadonlyMap<string, number> }) => {
  const { t } = useTranslation('dashboard')
  const { value, failure, refresh } = useQuery(
    'alarms.degradation',
    { limit: 40 },
    { on: ['network.changed'], everyMs: 30_000 },
  )
  const [open, setOpen] = useState<string | null>(null)
  if (value === undefined) {
    return <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
  }
  if (value.pons.length === 0) {
    return <p className="nd-quiet">{t(value.mediansAt === null ? 'light.young' : 'light.none')}</p>
  }
  return (
    <ol className="nd-rows" aria-label={t('light.list')} tabIndex={0}>
      {value.pons.map((pon) => {
        const key = keyOf(pon)
        return (
          <FallingRow
            key={key}
            pon={pon}
            intervalS={opticsS.get(pon.oltId) ?? 3600}
            open={open === key}
            onTurn={() => setOpen(open === key ? null : key)}
          />
        )
      })}
    </ol>
  )
}

interface FallingRowProps {
  readonly pon: FallingPon
  readonly intervalS: number
  readonly open: boolean
  readonly onTurn: () => void
}

const FallingRow = ({ pon, intervalS, open, onTurn }: FallingRowProps) => {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const listId = useId()
  const Turn = open ? IconChevronDown : IconChevronRight
  const name = t('light.pon', { pon: formatPon(pon.pon), olt: pon.oltName })
  return (
    <li>
      <div className="nd-fall">
        <button
          type="button"
          className="nd-fall__turn"
          aria-expanded={open}
          aria-controls={listId}
          aria-label={`${t(open ? 'light.close' : 'light.open')}: ${name}`}
          onClick={onTurn}
        >
          <Turn size={15} aria-hidden="true" />
        </button>
        <span className="nd-fall__who">
          <RouteLink to={paths.pon(pon.oltId, pon.pon)} className="nd-plain nc-cut">
            <span className="nc-mono">{formatPon(pon.pon)}</span> {pon.oltName}
          </RouteLink>
          <span className="nc-cut nc-faint nc-small">
            {t('light.onus', { count: pon.degraded })}
            {' · '}
            {t('light.worstDrop')} −{format.number(Math.abs(pon.worstDropDb), 1)} dB
          </span>
        </span>
        <span className="nd-fall__age nc-small nc-faint">
          <DataAge at={pon.at} intervalS={intervalS} exact />
        </span>
        <span className="nd-fall__drop" title={t('light.drop')}>
          −{format.number(Math.abs(pon.averageDropDb), 1)}
          <span className="nd-worst__unit">dB</span>
        </span>
      </div>
      <ul id={listId} hidden={!open} className="nd-fall__onus">
        {(open ? pon.onus : []).map((onu) => (
          <li key={`${formatOnu(onu.address)} ${onu.direction}`}>
            <RouteLink to={paths.onu(pon.oltId, onu.address)} className="nd-plain nc-cut">
              <span className="nc-mono">{onu.serial ?? formatOnu(onu.address)}</span>{' '}
              {onu.name ?? ''}
            </RouteLink>
            <span className="nc-faint">{t(`light.direction.${onu.direction}`)}</span>
            <span>
              {t('light.fromTo', {
                before: format.number(onu.medianDbm, 1),
                now: format.number(onu.nowDbm, 1),
              })}
            </span>
            <strong>−{format.number(Math.abs(onu.dropDb), 1)}</strong>
          </li>
        ))}
      </ul>
    </li>
  )
}
