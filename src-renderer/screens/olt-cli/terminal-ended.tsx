import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../components/error-text.ts'
import type { TerminalState } from './use-terminal.ts'

export interface TerminalEndedProps {
  readonly state: Extract<TerminalState, { kind: 'closed' | 'ended' }>
  readonly onOpen: () => void
}

/** No session: why the last one ended, and the way to another. */
export const TerminalEnded = ({ state, onOpen }: TerminalEndedProps) => {
  const { t } = useTranslation('olt-cli')
  const { t: tError } = useTranslation('error')
  const text =
    state.kind === 'ended' && state.why !== null ? errorText(tError, state.why) : undefined
  return (
    <div className="noc-ended" role={text === undefined ? 'status' : 'alert'}>
      <p>
        {state.kind === 'closed' ? (
          <>
            <strong>{t('terminal.notOpen')}</strong>{' '}
            <span className="nc-soft">{t('terminal.readOnlyHint')}</span>
          </>
        ) : (
          <>
            <strong>{t('terminal.ended')}</strong>{' '}
            {text === undefined ? t('terminal.endedByPerson') : `${text.what} ${text.toDo}`}
          </>
        )}
      </p>
      <Button onClick={onOpen} autoFocus>
        {t(state.kind === 'closed' ? 'terminal.open' : 'terminal.openAgain')}
      </Button>
    </div>
  )
}
