import { useTranslation } from 'react-i18next'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { signalColour } from '../../components/signal-level.ts'
import { useFormat } from '../../components/use-format.ts'

const most = 7

/** What loses light, and what has least of it. */
export const WallLight = () => (
  <div className="nw-halves">
    <Falling />
    <Worst />
  </div>
)

const Falling = () => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const { value } = useQuery(
    'alarms.degradation',
    { limit: most },
    { on: ['network.changed'], everyMs: 30_000 },
  )
  return (
    <section aria-label={t('light.falling')}>
      <h3>{t('light.falling')}</h3>
      {value === undefined ? null : value.pons.length === 0 ? (
        <p className="nw-quiet">
          {t(value.mediansAt === null ? 'light.young' : 'light.noneFalling')}
        </p>
      ) : (
        <ol className="nw-lines">
          {value.pons.slice(0, most).map((pon) => (
            <li key={`${pon.oltId} ${formatPon(pon.pon)}`}>
              <span className="nc-cut">
                <span className="nc-mono">{formatPon(pon.pon)}</span> {pon.oltName}
              </span>
              <span className="nw-lines__sub">
                {t('light.onus', { number: format.number(pon.degraded) })}
              </span>
              <strong>
                {t('light.drop', { drop: `−${format.number(Math.abs(pon.averageDropDb), 1)}` })}
              </strong>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Worst = () => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const { value } = useQuery(
    'network.worstSignals',
    { limit: most },
    { on: ['network.changed'], everyMs: 10_000 },
  )
  return (
    <section aria-label={t('light.worst')}>
      <h3>{t('light.worst')}</h3>
      {value === undefined ? null : value.onus.length === 0 ? (
        <p className="nw-quiet">{t('light.noneWorst')}</p>
      ) : (
        <ol className="nw-lines">
          {value.onus.map((onu) => (
            <li key={onu.row}>
              <span
                className="nw-lines__mark"
                style={{ background: signalColour(onu.signal, onu.marginDb) }}
                aria-hidden="true"
              />
              <span className="nc-cut">
                {onu.name ?? onu.serial ?? '–'}{' '}
                <span className="nw-lines__sub">
                  {onu.oltName} <span className="nc-mono">{formatOnu(onu.address)}</span>
                </span>
              </span>
              <strong data-signal={onu.signal}>
                {t('light.margin', {
                  margin: `${onu.marginDb !== null && onu.marginDb >= 0 ? '+' : ''}${format.number(onu.marginDb, 1)}`,
                })}
              </strong>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
