import { Button } from '@mantine/core'
import { IconBroadcast, IconBroadcastOff, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FailureState } from '../../components/failure-state.tsx'
import { Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { plainText } from './plain-text.ts'
import { configureTraps } from './trap-actions.ts'
import {
  loudestSources,
  refusedReasons,
  refusedTotal,
  trapStateOf,
  type TrapStatus,
} from './trap-state.ts'

export interface TrapStatusPanelProps {
  readonly status: TrapStatus
  readonly onChanged: () => void
}

/** One line of state, one of counts. */
export const TrapStatusPanel = ({ status, onChanged }: TrapStatusPanelProps) => (
  <section className="nc-panel ntr-status">
    <StateLine status={status} onChanged={onChanged} />
    <Counts status={status} />
  </section>
)

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

const StateLine = ({ status, onChanged }: TrapStatusPanelProps) => {
  const { t } = useTranslation('traps')
  const state = trapStateOf(status)
  const { startedAt } = status
  switch (state.kind) {
    case 'problem':
      return (
        <div className="ntr-problem">
          <FailureState failure={state.problem} brief />
        </div>
      )
    case 'off':
      return (
        <p className="ntr-state" role="status">
          <IconBroadcastOff size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
          <strong>{t('state.off')}</strong>
          <span className="nc-soft">{t('state.offHint')}</span>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              void configureTraps(status.settings, { ...status.settings, enabled: true }, onChanged)
            }
          >
            {t('state.turnOn')}
          </Button>
        </p>
      )
    case 'starting':
      return (
        <p className="ntr-state" role="status">
          <IconLoader2 size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
          <strong>{t('state.starting', { port: state.port })}</strong>
        </p>
      )
    case 'listening':
      return (
        <p className="ntr-state" role="status">
          <IconBroadcast size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
          <strong>{t('state.listening', { port: state.port })}</strong>
          <span className="nc-soft">
            {everywhere.has(state.address)
              ? t('state.everywhere')
              : t('state.at', { address: state.address })}
          </span>
          {startedAt === null ? null : (
            <span className="ntr-since nc-small nc-soft">
              {t('counts.since')} <Since at={startedAt} />
            </span>
          )}
        </p>
      )
  }
}

const Counts = ({ status: { stats } }: { readonly status: TrapStatus }) => {
  const { t } = useTranslation('traps')
  const format = useFormat()
  const loudest = loudestSources(stats)
  const { ofSeveral = 0 } = stats
  const counts = [
    { name: 'received', value: stats.received },
    { name: 'accepted', value: stats.accepted },
    { name: 'acknowledged', value: stats.acknowledged },
    { name: 'unknown', value: stats.unknown },
    { name: 'fromStrangers', value: stats.fromStrangers },
    { name: 'garbage', value: stats.garbage },
    { name: 'refused', value: refusedTotal(stats) },
    { name: 'dropped', value: stats.dropped },
  ] as const
  return (
    <>
      <dl className="ntr-counts" aria-label={t('counts.title')}>
        {counts.map(({ name, value }) => (
          <div key={name} title={t(`counts.${name}Hint`)} data-zero={value === 0 ? '' : undefined}>
            <dt>{t(`counts.${name}`)}</dt>
            <dd>{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      {refusedTotal(stats) + ofSeveral === 0 && loudest.length === 0 ? null : (
        <div className="ntr-why nc-small">
          {refusedTotal(stats) === 0 ? null : (
            <p>
              <span className="nc-soft">{t('counts.refused')}: </span>
              {refusedReasons(stats)
                .map(({ why, count }) => `${format.number(count)} ${t(`refusal.${why}`)}`)
                .join(' · ')}
            </p>
          )}
          {ofSeveral === 0 ? null : (
            <p title={t('counts.ofSeveralHint')}>
              <span className="nc-soft">{t('counts.ofSeveral')}: </span>
              {format.number(ofSeveral)}
            </p>
          )}
          {loudest.length === 0 ? null : (
            <p>
              <span className="nc-soft">
                {t('counts.dropped')}, {t('counts.loudest').toLowerCase()}:{' '}
              </span>
              {loudest.slice(0, 5).map(({ address, dropped }, position) => (
                <span key={address}>
                  {position === 0 ? '' : ' · '}
                  <span className="nc-mono">{plainText(address)}</span> {format.number(dropped)}
                </span>
              ))}
            </p>
          )}
        </div>
      )}
    </>
  )
}
