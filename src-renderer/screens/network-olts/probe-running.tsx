import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import type { ProbeState } from './use-probe.ts'

export interface ProbeRunningProps {
  readonly state: Extract<ProbeState, { kind: 'running' }>
  readonly host: string
}

/** The test as it goes: which step, how far, how long. */
export const ProbeRunning = ({ state, host }: ProbeRunningProps) => {
  const { t, i18n } = useTranslation('network')
  const format = useFormat()
  const { startedAt } = state
  const seconds = useTicking(
    useCallback((now: number) => Math.max(0, Math.floor((now - startedAt) / 1000)), [startedAt]),
  )
  const step = state.step ?? 'recognise'
  const known = i18n.exists(`network:olts.addScreen.steps.${step}`)
  const share =
    state.total === null || state.total === 0 ? undefined : Math.min(1, state.done / state.total)
  return (
    <div className="no-result" data-kind="running" role="status">
      <div className="no-result__head">
        <h2>{t('olts.addScreen.running', { host })}</h2>
        <span className="nc-faint">
          {t('olts.addScreen.elapsed', { seconds: format.number(seconds) })}
        </span>
      </div>
      <div className="no-running" aria-hidden="true">
        <span style={{ width: `${(share ?? 0.08) * 100}%` }} />
      </div>
      <p className="nc-soft">
        {t(`olts.addScreen.steps.${known ? (step as 'recognise') : 'other'}`)}
        {state.done === 0 ? null : (
          <span className="nc-faint">
            {' · '}
            {state.total === null
              ? t('olts.addScreen.stepSome', { done: format.number(state.done) })
              : t('olts.addScreen.stepCount', {
                  done: format.number(state.done),
                  total: format.number(state.total),
                })}
          </span>
        )}
      </p>
    </div>
  )
}
