import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { DataAge } from '../../components/data-age.tsx'
import { signalColour } from '../../components/signal-level.ts'
import { useFormat } from '../../components/use-format.ts'

export interface WorstLightProps {
  /** No OLT's optics were read yet. */
  readonly unread: boolean
  /** How often optics are read, for the ages; seconds, by OLT. */
  readonly opticsS: ReadonlyMap<string, number>
}

/** The ONUs with the least margin; the arrows move. */
export const WorstLight = ({ unread, opticsS }: WorstLightProps) => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useQuery(
    'network.worstSignals',
    { limit: 40 },
    { on: ['network.changed'], everyMs: 5000 },
  )
  return (
    <>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} brief />
      ) : value.onus.length === 0 ? (
        <p className="nd-quiet">{t(unread ? 'dashboard.worst.waiting' : 'dashboard.worst.none')}</p>
      ) : (
        <WorstList onus={value.onus} opticsS={opticsS} />
      )}
    </>
  )
}

const WorstList = ({
  onus,
  opticsS,
}: {
  readonly onus: readonly OnuRow[]
  readonly opticsS: ReadonlyMap<string, number>
}) => {
  const { t } = useTranslation('network')
  const list = useRef<HTMLOListElement>(null)
  const [current, setCurrent] = useState(0)
  const at = Math.min(current, onus.length - 1)
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    list.current?.querySelectorAll('a')[at]?.focus()
  }, [at])
  const move = (step: number): void => {
    moved.current = true
    const next = Math.max(0, Math.min(onus.length - 1, at + step))
    if (next === at) list.current?.querySelectorAll('a')[at]?.focus()
    setCurrent(next)
  }
  return (
    <ol
      ref={list}
      className="nd-worst__list"
      aria-label={t('dashboard.worst.list')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
        event.preventDefault()
        move(event.key === 'ArrowDown' ? 1 : -1)
      }}
    >
      {onus.map((onu, i) => (
        <WorstRow
          key={onu.row}
          onu={onu}
          intervalS={opticsS.get(onu.oltId) ?? 3600}
          tabIndex={i === at ? 0 : -1}
          onFocus={() => setCurrent(i)}
        />
      ))}
    </ol>
  )
}

interface WorstRowProps {
  readonly onu: OnuRow
  readonly intervalS: number
  readonly tabIndex: number
  readonly onFocus: () => void
}

const WorstRow = ({ onu, intervalS, tabIndex, onFocus }: WorstRowProps) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const margin = onu.marginDb
  return (
    <li>
      <Link
        href={paths.onu(onu.oltId, onu.address)}
        className="nd-worst__row"
        tabIndex={tabIndex}
        onFocus={onFocus}
      >
        <span
          className="nd-worst__mark"
          style={{ background: signalColour(onu.signal, margin) }}
          aria-hidden="true"
        />
        <span className="nd-worst__who">
          <span className="nd-worst__line">
            <span className="nc-mono">{onu.serial ?? '–'}</span>
            <span className="nc-cut">{onu.name ?? ''}</span>
          </span>
          <span className="nd-worst__line nc-faint nc-small">
            <span className="nc-cut">{onu.oltName}</span>
            <span className="nc-mono">{formatOnu(onu.address)}</span>
            <span title={format.distance(onu.distanceM)}>
              {onu.distanceM === null ? '–' : `${format.number(onu.distanceM / 1000, 1)} km`}
            </span>
            <DataAge at={onu.opticsAt} intervalS={intervalS} exact />
          </span>
        </span>
        <span className="nd-worst__light nc-small">
          <span>
            <span className="nc-faint">{t('dashboard.worst.onuRx')}</span>{' '}
            {format.number(onu.onuRxDbm, 1)}
          </span>
          <span>
            <span className="nc-faint">{t('dashboard.worst.oltRx')}</span>{' '}
            {format.number(onu.oltRxDbm, 1)}
          </span>
        </span>
        <span
          className="nd-worst__margin"
          data-signal={onu.signal}
          title={t(`signalHint.${onu.signal}`)}
        >
          {margin !== null && margin >= 0 ? '+' : ''}
          {format.number(margin, 1)}
          <span className="nd-worst__unit">dB</span>
        </span>
      </Link>
    </li>
  )
}
