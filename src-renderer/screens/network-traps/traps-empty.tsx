import { Button } from '@mantine/core'
import {
  IconBroadcast,
  IconBroadcastOff,
  IconCircleCheck,
  IconFilterOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { SendHere } from './send-here.tsx'
import { configureTraps } from './trap-actions.ts'
import type { TrapQuery } from './trap-query.ts'
import type { TrapStatus } from './trap-state.ts'

export interface TrapsEmptyProps {
  readonly status: TrapStatus
  readonly query: TrapQuery
  /** What was typed in the filter; empty: there is nothing even without it. */
  readonly text: string
  readonly onClear: () => void
  readonly onChanged: () => void
}

/** Why there is nothing, and what would bring something here. */
export const TrapsEmpty = ({ status, query, text, onClear, onChanged }: TrapsEmptyProps) => {
  const { t } = useTranslation('traps')
  if (text !== '') {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('noneFit', { text })}
        action={
          <Button variant="default" onClick={onClear}>
            {t('clearFilter')}
          </Button>
        }
      />
    )
  }
  if (!status.settings.enabled) {
    const { settings } = status
    return (
      <EmptyState
        icon={IconBroadcastOff}
        title={t('empty.offTitle')}
        text={t('empty.offText')}
        action={
          <Button
            onClick={() => void configureTraps(settings, { ...settings, enabled: true }, onChanged)}
          >
            {t('state.turnOn')}
          </Button>
        }
      />
    )
  }
  if (status.problem !== null) {
    return (
      <EmptyState
        icon={IconBroadcastOff}
        title={t('state.problem')}
        text={t('empty.problemText')}
      />
    )
  }
  if (query.show === 'unknown' && status.stats.accepted > 0) {
    return (
      <EmptyState
        icon={IconCircleCheck}
        title={t('empty.unknownTitle')}
        text={t('empty.unknownText')}
      />
    )
  }
  return (
    <div className="ntr-empty">
      <EmptyState
        icon={query.show === 'unknown' ? IconCircleCheck : IconBroadcast}
        title={t(
          query.show === 'unknown'
            ? 'empty.unknownTitle'
            : query.oltId === null
              ? 'empty.recentTitle'
              : 'empty.recentOlt',
        )}
        text={t(query.show === 'unknown' ? 'empty.unknownText' : 'empty.recentText')}
      />
      <div className="nc-panel nc-panel__body ntr-empty__guide">
        <SendHere status={status} />
      </div>
    </div>
  )
}
