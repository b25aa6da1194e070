import { Button } from '@mantine/core'
import { IconCashRegister } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { MoveDialog, OpenDialog } from './cash-dialogs.tsx'
import { CloseDialog, CountDialog } from './close-dialog.tsx'
import { CounterTabs } from './counter-tabs.tsx'
import { ReceiptDialog } from './receipt-view.tsx'
import { Serve } from './serve.tsx'
import { SessionPanel } from './session-panel.tsx'
import './counter.css'

type Counter = Output<'billing.counter'>
type Open = NonNullable<Counter['session']>

/** The counter: one's till, who stands before it, and what was taken. */
export const CounterScreen = () => {
  const { t } = useTranslation('billing-counter')
  const { value, failure, refresh } = useQuery(
    'billing.counter',
    {},
    { on: ['billing.counterChanged'], everyMs: 100 },
  )
  return (
    <div className="nc-page nct-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
      </header>
      <CounterTabs />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : value.session === null ? (
        <NoSession />
      ) : (
        <Running counter={value} session={value.session} />
      )}
    </div>
  )
}

const NoSession = () => {
  const { t } = useTranslation('billing-counter')
  const { value, failure, refresh } = useQuery(
    'billing.tills',
    {},
    { on: ['billing.counterChanged'] },
  )
  const [opening, setOpening] = useState(false)
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={3} />
  const tills = value.tills.filter(({ archived }) => !archived)
  return (
    <>
      <EmptyState
        icon={IconCashRegister}
        title={t('none.title')}
        text={t(tills.length === 0 ? 'none.noTills' : 'none.text')}
        action={
          tills.length > 0 && (
            <Button autoFocus onClick={() => setOpening(true)}>
              {t('none.open')}
            </Button>
          )
        }
      />
      {opening && <OpenDialog tills={tills} onClose={() => setOpening(false)} />}
    </>
  )
}

type Window = 'move' | 'count' | 'close' | { readonly receipt: string }

const Running = ({ counter, session }: { readonly counter: Counter; readonly session: Open }) => {
  const { t } = useTranslation('billing-counter')
  const format = useFormat()
  const [window, setWindow] = useState<Window | undefined>()
  const shut = (): void => setWindow(undefined)
  useShortcut('counterMove', () => setWindow('move'))
  useShortcut('counterCount', () => setWindow('count'))
  useShortcut('counterClose', () => setWindow('close'))
  const { clockBack } = session.report
  return (
    <>
      {session.openedOn !== counter.today && (
        <p className="nct-told" role="status">
          {t('left', { day: format.instant(session.openedAt) })}
        </p>
      )}
      {clockBack > 0 && (
        <p className="nct-told" role="status">
          {t('clockBack', { count: clockBack })}
        </p>
      )}
      <div className="nct-grid">
        <Serve session={session} till={counter.till} />
        <SessionPanel
          session={session}
          moves={counter.moves}
          onAct={setWindow}
          onReceipt={(receipt) => setWindow({ receipt })}
        />
      </div>
      {window === 'move' && <MoveDialog session={session} onClose={shut} />}
      {window === 'count' && <CountDialog session={session} onClose={shut} />}
      {window === 'close' && <CloseDialog session={session} onClose={shut} />}
      {typeof window === 'object' && (
        <ReceiptDialog paymentId={window.receipt} till={counter.till} onClose={shut} />
      )}
    </>
  )
}
