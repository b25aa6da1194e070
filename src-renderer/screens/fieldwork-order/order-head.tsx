import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayMoveOrder } from '../../../src-shared/domain/work-order.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { OrderStateBadge } from '../fieldwork/order-words.tsx'
import {
  act,
  isPlanners,
  nextMove,
  reasonMoves,
  usualSteps,
  type PlainMove,
  type ReasonMove,
  type WorkOrderRecord,
} from './order-acts.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { SignDialog } from './sign-dialog.tsx'

/** What it is, how far it has come, and what comes next: one button, and the others in a menu. */
export const OrderHead = ({ record }: { readonly record: WorkOrderRecord }) => {
  const { t, i18n } = useTranslation('fieldwork')
  const { order, may, missing } = record
  const [dialog, setDialog] = useState<'schedule' | 'sign' | ReasonMove | null>(null)
  const [busy, setBusy] = useState(false)
  const language = i18n.language === 'id' ? 'id' : 'en'

  const mayMove = (move: Parameters<typeof isPlanners>[0]): boolean =>
    (isPlanners(move) ? may.plan : may.work) &&
    (move === 'schedule'
      ? mayMoveOrder(order.state, 'scheduled')
      : mayMoveOrder(order.state, move === 'sign' ? 'signed' : move))

  const go = async (kind: PlainMove): Promise<void> => {
    setBusy(true)
    const move =
      kind === 'arrived' ? ({ kind, latE7: null, lngE7: null } as const) : ({ kind } as const)
    await act('fieldwork.move', { id: order.id, baseVersion: order.version, move })
    setBusy(false)
  }
  const certificate = async (): Promise<void> => {
    const done = await act('fieldwork.certificate', { id: order.id, language })
    if (done === null) return
    showToast({ kind: 'done', title: t('written', { file: done.fileName, folder: done.folder }) })
  }
  const next = nextMove[order.state]
  const run = (): void => {
    if (next === 'schedule' || next === 'sign') setDialog(next)
    else if (next !== undefined) void go(next)
  }
  const mayNext = next !== undefined && mayMove(next)
  const others: readonly (ReasonMove | 'schedule' | 'arrived')[] = [
    ...(order.state === 'draft' ? [] : (['schedule'] as const)),
    ...(order.state === 'accepted' ? (['arrived'] as const) : []),
    ...reasonMoves,
  ]
  const offered = others.filter(mayMove)
  const at = usualSteps.findIndex((step) => step === order.state)
  const isSigned = order.state === 'signed-off' || order.state === 'closed'
  return (
    <header className="ntr-head">
      <nav className="nc-small nc-soft" aria-label={t('title')}>
        <RouteLink to={paths.workOrders()}>{t('title')}</RouteLink>
        {' › '}
        <span className="nc-mono">{order.number}</span>{' '}
        <CopyButton text={order.number} label={t('col.number')} />
      </nav>
      <div className="ntr-head__row">
        <h1>{order.subject}</h1>
        <span className="nc-soft">{order.type[language]}</span>
        <OrderStateBadge state={order.state} />
        <span className="ntr-head__gap" />
        {isSigned && may.work && (
          <Button size="xs" variant="default" onClick={() => void certificate()}>
            {t('certificatePdf')}
          </Button>
        )}
        {offered.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDots size={15} aria-hidden="true" />}
              >
                {t('more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {offered.map((move) => (
                <Menu.Item
                  key={move}
                  onClick={() => (move === 'arrived' ? void go(move) : setDialog(move))}
                >
                  {t(`do.${move}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {mayNext && (
          <Button
            size="xs"
            loading={busy}
            disabled={next === 'done' && missing.length > 0}
            title={next === 'done' && missing.length > 0 ? t('missingFirst') : undefined}
            onClick={run}
          >
            {t(`do.${next}`)}
          </Button>
        )}
      </div>
      <ol className="nfo-steps" aria-label={t('steps')}>
        {usualSteps.map((step, index) => (
          <li
            key={step}
            data-stand={at < 0 ? 'off' : index < at ? 'past' : index === at ? 'now' : 'next'}
            aria-current={index === at ? 'step' : undefined}
          >
            {t(`state.${step}`)}
          </li>
        ))}
      </ol>
      {record.reason !== null && (
        <p className="nfo-reason">
          {t('because')} {record.reason}
        </p>
      )}
      {dialog === 'schedule' && <ScheduleDialog order={order} onClose={() => setDialog(null)} />}
      {dialog === 'sign' && <SignDialog record={record} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'schedule' && dialog !== 'sign' && (
        <ReasonDialog order={order} move={dialog} onClose={() => setDialog(null)} />
      )}
    </header>
  )
}
