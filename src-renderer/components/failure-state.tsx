import { Button } from '@mantine/core'
import { IconAlertOctagon, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'
import { errorText, type ErrorText, type Told } from './error-text.ts'
import './plain-state.css'

export interface FailureStateProps {
  readonly failure: Told
  readonly onRetry?: (() => void) | undefined
  /** One line only: for a small panel. */
  readonly brief?: boolean
  /** In place of the words of the code, where the place knows better. */
  readonly text?: ErrorText | undefined
}

/** What happened, what it means, what to do; the trace id finds the log's lines about it. */
export const FailureState = ({ failure, onRetry, brief = false, ...rest }: FailureStateProps) => {
  const { t } = useTranslation()
  const { t: tError, i18n } = useTranslation('error')
  const text = rest.text ?? errorText(tError, failure)
  const params = Object.entries(failure.params).filter(([, value]) => value !== null)
  // An expected refusal in a small panel needs no support; an unexpected one always does.
  const traceId = brief && failure.code !== 'internal' ? undefined : failure.traceId
  const nameOf = (name: string): string =>
    i18n.exists(`error:param.${name}`) ? tError(`param.${name}` as 'param.host') : name
  return (
    <div className="nc-failure" role="alert">
      <IconAlertOctagon size={18} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <h2>{text.what}</h2>
      <div className="nc-failure__rest">
        {!brief && <p className="nc-soft">{text.means}</p>}
        <p>{text.toDo}</p>
        {!brief && params.length > 0 && (
          <dl className="nc-failure__params">
            {params.map(([name, value]) => (
              <div key={name}>
                <dt>{nameOf(name)}</dt>
                <dd className="nc-mono">{String(value)}</dd>
              </div>
            ))}
          </dl>
        )}
        {(onRetry !== undefined || traceId !== undefined) && (
          <div className="nc-failure__foot">
            {onRetry !== undefined && (
              <Button
                variant="default"
                onClick={onRetry}
                leftSection={<IconRefresh size={14} aria-hidden="true" />}
              >
                {t('button.retry')}
              </Button>
            )}
            {traceId !== undefined && (
              <span className="nc-small nc-faint">
                {tError('trace')} <span className="nc-mono">{traceId}</span>{' '}
                <CopyButton text={traceId} label={tError('trace')} />
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  )
}
