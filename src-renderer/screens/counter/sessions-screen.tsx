import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { IconCashRegister, IconDownload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams } from 'wouter'
import type { CashSession } from '../../../src-shared/contract/billing-counter-model.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { MoneyField, minorOf } from '../../components/money-field.tsx'
import { Money } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePermissions } from '../../state/workspace.ts'
import { act } from '../billing/billing-acts.ts'
import { CloseDialog } from './close-dialog.tsx'
import { CounterTabs } from './counter-tabs.tsx'
import { Difference, ReportView } from './report-view.tsx'
import { MovesTable } from './session-panel.tsx'
import './counter.css'

const states = ['all', 'open', 'unsigned'] as const

/** All sessions, for who looks after them. */
export const SessionsScreen = () => {
  const { t } = useTranslation('billing-counter')
  const { t: common } = useTranslation()
  const [, go] = useLocation()
  const { sessionId } = useParams<{ sessionId?: string }>()
  const [state, setState] = useState<(typeof states)[number]>('all')
  const { value, failure, refresh } = useQuery(
    'billing.cashSessions',
    { state, limit: 200 },
    { on: ['billing.counterChanged'] },
  )
  const sessions = value?.sessions ?? []
  const exportShown = (): void =>
    exportCsv(
      `${t('sessions.export')}.csv`,
      (
        [
          'till',
          'number',
          'person',
          'opened',
          'closed',
          'expected',
          'counted',
          'difference',
        ] as const
      ).map((column) => t(`sessions.${column}`)),
      sessions.map((one) => {
        const amount = (minor: number | undefined): string =>
          minor === undefined ? '' : formatMinor(minor, one.currency as CurrencyCode)
        return [
          one.tillName,
          one.closed?.number ?? '',
          one.person,
          new Date(one.openedAt).toISOString(),
          one.closed === null ? '' : new Date(one.closed.at).toISOString(),
          amount(one.report.expected),
          amount(one.closed?.counted),
          amount(one.closed?.difference),
        ]
      }),
      false,
    )
  useShortcut('exportList', exportShown, sessions.length > 0 && sessionId === undefined)
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {sessions.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportShown}
          >
            {common('button.export')}
          </Button>
        )}
      </header>
      <CounterTabs />
      <SegmentedControl
        className="nct-filter"
        aria-label={t('sessions.state')}
        value={state}
        onChange={setState}
        data={states.map((one) => ({ value: one, label: t(`sessions.${one}`) }))}
      />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : sessions.length === 0 ? (
        <EmptyState
          icon={IconCashRegister}
          title={t('sessions.none')}
          text={t('sessions.noneText')}
        />
      ) : (
        <SessionTable sessions={sessions} onOpen={(id) => go(paths.cashSession(id))} />
      )}
      {sessionId !== undefined && (
        <SessionDialog sessionId={sessionId} onClose={() => go(paths.cashSessions())} />
      )}
    </div>
  )
}

const SessionTable = (props: {
  readonly sessions: readonly CashSession[]
  readonly onOpen: (sessionId: string) => void
}) => {
  const { t } = useTranslation('billing-counter')
  const format = useFormat()
  return (
    <div className="nc-panel">
      <table className="nc-table" aria-label={t('sessions.title')}>
        <thead>
          <tr>
            <th scope="col">{t('sessions.till')}</th>
            <th scope="col" className="nc-num">
              {t('sessions.number')}
            </th>
            <th scope="col">{t('sessions.person')}</th>
            <th scope="col">{t('sessions.opened')}</th>
            <th scope="col">{t('sessions.closed')}</th>
            <th scope="col" className="nc-num">
              {t('sessions.expected')}
            </th>
            <th scope="col" className="nc-num">
              {t('sessions.counted')}
            </th>
            <th scope="col" className="nc-num">
              {t('sessions.difference')}
            </th>
            <th scope="col">{t('sessions.state')}</th>
          </tr>
        </thead>
        <tbody>
          {props.sessions.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <button type="button" className="nct-link" onClick={() => props.onOpen(one.id)}>
                  {one.tillName}
                </button>
              </th>
              <td className="nc-num">{one.closed?.number ?? '–'}</td>
              <td>{one.person}</td>
              <td>{format.instant(one.openedAt)}</td>
              <td>{one.closed === null ? '–' : format.instant(one.closed.at)}</td>
              <td className="nc-num">
                <Money minor={one.report.expected} currency={one.currency} />
              </td>
              <td className="nc-num">
                <Money minor={one.closed?.counted ?? null} currency={one.currency} />
              </td>
              <td className="nc-num">
                {one.closed === null ? (
                  '–'
                ) : (
                  <Difference minor={one.closed.difference} currency={one.currency} />
                )}
              </td>
              <td>
                {t(
                  one.closed === null
                    ? 'sessions.running'
                    : one.signed === null
                      ? 'report.unsigned'
                      : 'sessions.signed',
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const SessionDialog = (props: { readonly sessionId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('billing-counter')
  const { t: common } = useTranslation()
  const may = usePermissions()
  const { sessionId } = props
  const { value, failure, refresh } = useQuery(
    'billing.cashSession',
    { sessionId },
    { on: ['billing.counterChanged'] },
  )
  const [asked, setAsked] = useState<'correct' | 'close' | undefined>()
  const session = value?.session
  const closed = session?.closed ?? null
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={
        closed === null
          ? t('report.running', { till: session?.tillName ?? '' })
          : t('report.title', { number: closed.number, till: session?.tillName ?? '' })
      }
      closeButtonProps={{ 'aria-label': common('button.close') }}
      size="lg"
      centered
    >
      {value === undefined || session === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : (
        <div className="nct-receipt">
          <ReportView session={session} />
          <div className="nct-moves">
            <MovesTable moves={value.moves} currency={session.currency} />
          </div>
          <Group justify="flex-end" gap="sm">
            {closed === null && may.includes('billing.cash.sign') && (
              <Button variant="default" onClick={() => setAsked('close')}>
                {t('close.button')}
              </Button>
            )}
            {closed !== null && may.includes('billing.cash.correct') && (
              <Button variant="default" onClick={() => setAsked('correct')}>
                {t('report.correct')}
              </Button>
            )}
            {closed !== null && session.signed === null && may.includes('billing.cash.sign') && (
              <Button
                onClick={() =>
                  void act('billing.signCash', { sessionId }, () => ({
                    title: t('report.signDone'),
                  }))
                }
              >
                {t('report.sign')}
              </Button>
            )}
          </Group>
          {asked === 'close' && (
            <CloseDialog session={session} onClose={() => setAsked(undefined)} />
          )}
          {asked === 'correct' && (
            <CorrectDialog session={session} onClose={() => setAsked(undefined)} />
          )}
        </div>
      )}
    </Modal>
  )
}

const CorrectDialog = ({
  session,
  onClose,
}: {
  readonly session: CashSession
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-counter')
  const [sign, setSign] = useState<'more' | 'less'>('more')
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const correctionId = useRef(makeUuidV7())
  const amount = minorOf(typed, session.currency) ?? 0
  return (
    <FormDialog
      title={t('correct.title', { number: session.closed?.number ?? '' })}
      button={t('correct.button')}
      ready={amount > 0 && reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.correctCash',
          {
            correctionId: correctionId.current,
            sessionId: session.id,
            amount: sign === 'more' ? amount : -amount,
            reason: reason.trim(),
          },
          () => ({ title: t('correct.done') }),
        )
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('correct.text')}</p>
      <SegmentedControl
        aria-label={t('correct.amount')}
        fullWidth
        value={sign}
        onChange={setSign}
        data={(['more', 'less'] as const).map((value) => ({ value, label: t(`correct.${value}`) }))}
      />
      <MoneyField
        label={t('correct.amount')}
        currency={session.currency}
        value={typed}
        onChange={setTyped}
        data-autofocus
      />
      <TextInput
        label={t('correct.reason')}
        value={reason}
        maxLength={300}
        required
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
