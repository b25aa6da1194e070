import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconArrowMerge, IconCheck, IconPencil, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ticketPriorities, type TicketState } from '../../../src-shared/domain/ticket-state.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { MoveDialog } from '../tickets-desk/move-dialog.tsx'
import { TicketStateBadge } from '../tickets/ticket-words.tsx'
import { MergeDialog } from './other-ticket-dialogs.tsx'
import { act, type TicketRecord } from './ticket-acts.ts'

const none = 'none'

/** What it is, how it stands, whose it is, and where it may go from here. */
export const RecordHead = ({
  record,
  mayWork,
}: {
  readonly record: TicketRecord
  readonly mayWork: boolean
}) => {
  const { t } = useTranslation(['ticket-record', 'tickets', 'tickets-desk'])
  const { ticket, next } = record
  const me = useEntrance((state) => state.session?.account.id ?? '')
  const [moveTo, setMoveTo] = useState<TicketState | null>(null)
  const [isMerging, setMerging] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const isShut = ticket.state === 'closed' || ticket.state === 'merged'
  const mayChange = mayWork && !isShut
  const at = { id: ticket.id, baseVersion: ticket.version }
  const take = (): void => void act('tickets.change', { ...at, ownerId: me })
  useShortcut('assign', take, mayChange && ticket.owner?.id !== me)
  const saveSubject = async (): Promise<void> => {
    const subject = typed?.trim() ?? ''
    if (subject === '' || subject === ticket.subject) {
      setTyped(null)
      return
    }
    if ((await act('tickets.change', { ...at, subject })) !== null) setTyped(null)
  }
  return (
    <header className="ntr-head">
      <nav className="nc-small nc-soft" aria-label={t('list')}>
        <RouteLink to={paths.tickets()}>{t('list')}</RouteLink>
        {' › '}
        <span className="nc-mono">{ticket.number}</span>{' '}
        <CopyButton text={ticket.number} label={t('number')} />
      </nav>
      <div className="ntr-head__row">
        {typed === null ? (
          <h1>
            {ticket.subject}{' '}
            {mayChange && (
              <ActionIcon
                size="sm"
                variant="subtle"
                aria-label={t('editSubject')}
                title={t('editSubject')}
                onClick={() => setTyped(ticket.subject)}
              >
                <IconPencil size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </h1>
        ) : (
          <form
            className="ntr-subject"
            onSubmit={(event) => {
              event.preventDefault()
              void saveSubject()
            }}
          >
            <TextInput
              aria-label={t('subject')}
              value={typed}
              maxLength={200}
              data-autofocus
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') {
                  event.stopPropagation()
                  setTyped(null)
                }
              }}
            />
            <ActionIcon type="submit" variant="default" aria-label={t('saveSubject')}>
              <IconCheck size={16} aria-hidden="true" />
            </ActionIcon>
          </form>
        )}
        <TicketStateBadge state={ticket.state} />
        <span className="ntr-head__gap" />
        {mayWork && ticket.state !== 'merged' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowMerge size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setMerging(true)}
          >
            {t('merge')}
          </Button>
        )}
      </div>
      <div className="ntr-head__row" role="group" aria-label={t('standing')}>
        <Select
          size="xs"
          w={140}
          aria-label={t('priority')}
          allowDeselect={false}
          disabled={!mayChange}
          value={ticket.priority}
          onChange={(value) => {
            const priority = ticketPriorities.find((one) => one === value)
            if (priority !== undefined) void act('tickets.change', { ...at, priority })
          }}
          data={ticketPriorities.map((value) => ({
            value,
            label: t(`priorityLong.${value}`, { ns: 'tickets' }),
          }))}
        />
        <QueueSelect record={record} mayChange={mayChange} />
        <OwnerSelect record={record} mayChange={mayChange} />
        {mayChange && ticket.owner?.id !== me && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUserCheck size={15} stroke={1.7} aria-hidden="true" />}
            onClick={take}
          >
            {t('take')}
          </Button>
        )}
        <span className="ntr-head__gap" />
        {mayWork &&
          next.map((to) => (
            <Button
              key={to}
              size="xs"
              variant={to === 'solved' ? 'filled' : 'default'}
              onClick={() => setMoveTo(to)}
            >
              {t(`moveTo.${to === 'open' && isOverState(ticket.state) ? 'reopen' : to}`)}
            </Button>
          ))}
      </div>
      {moveTo !== null && (
        <MoveDialog
          ticket={ticket}
          by="state"
          to={moveTo}
          targets={next.map((key) => ({
            key,
            word: t(`state.${key}`, { ns: 'tickets' }),
          }))}
          onClose={() => setMoveTo(null)}
          onMove={async (key, more) => {
            const to = next.find((state) => state === key)
            if (to === undefined || to === 'new' || to === 'merged') return false
            const withChildren = record.links.some(({ kind, from }) => kind === 'child' && !from)
            const done = await act('tickets.move', { ...at, to, ...more, withChildren })
            if (done === null) return false
            const word = t(`state.${to}`, { ns: 'tickets' })
            showToast({
              kind: 'done',
              title:
                done.children > 0
                  ? t('movedWith', { number: ticket.number, state: word, count: done.children })
                  : t('moved', { number: ticket.number, state: word }),
            })
            return true
          }}
        />
      )}
      {isMerging && <MergeDialog ticket={ticket} onClose={() => setMerging(false)} />}
    </header>
  )
}

const isOverState = (state: TicketState): boolean => state === 'solved' || state === 'closed'

interface SelectProps {
  readonly record: TicketRecord
  readonly mayChange: boolean
}

const QueueSelect = ({ record: { ticket }, mayChange }: SelectProps) => {
  const { t } = useTranslation('ticket-record')
  const { value: setup } = useQuery('tickets.setup', {}, { on: ['tickets.changed'] })
  const queues = (setup?.queues ?? []).filter(({ active, id }) => active || id === ticket.queue?.id)
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t('queue')}
      allowDeselect={false}
      disabled={!mayChange}
      value={ticket.queue?.id ?? none}
      onChange={(value) =>
        void act('tickets.change', {
          id: ticket.id,
          baseVersion: ticket.version,
          queueId: value === none ? null : value,
        })
      }
      data={[
        { value: none, label: t('noQueue') },
        ...(setup === undefined && ticket.queue !== null ? [ticket.queue] : queues).map(
          ({ id, name }) => ({ value: id, label: name }),
        ),
      ]}
    />
  )
}

const OwnerSelect = ({ record: { ticket }, mayChange }: SelectProps) => {
  const { t } = useTranslation('ticket-record')
  const { value } = useQuery('access.people', {})
  const owner = ticket.owner
  const people = value?.people ?? []
  const all = [
    ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
    // Somebody who is gone, or not seen from here.
    ...(owner === null || people.some(({ accountId }) => accountId === owner.id)
      ? []
      : [{ value: owner.id, label: owner.name }]),
  ]
  return (
    <Select
      size="xs"
      w={170}
      searchable={all.length > 8}
      aria-label={t('owner')}
      allowDeselect={false}
      disabled={!mayChange}
      value={owner?.id ?? none}
      onChange={(chosen) =>
        void act('tickets.change', {
          id: ticket.id,
          baseVersion: ticket.version,
          ownerId: chosen === none ? null : chosen,
        })
      }
      data={[{ value: none, label: t('nobody') }, ...all]}
    />
  )
}
