import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconLayoutKanban, IconSearch } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useEntrance, usePermissions } from '../../state/workspace.ts'
import { TicketsTabs } from '../tickets/tickets-tabs.tsx'
import { Column } from './board-column.tsx'
import {
  actOf,
  asksFirst,
  boardWays,
  columnsOf,
  firstOfColumn,
  fitsWay,
  isState,
  keyOf,
  mostOfColumn,
  refusalOf,
  type Act,
  type BoardBy,
  type BoardColumn,
} from './board-model.ts'
import { MoveDialog } from './move-dialog.tsx'
import './desk.css'

const carryOut = (act: Act): Promise<{ readonly version: number }> =>
  act.name === 'tickets.move'
    ? runCommand('tickets.move', act.input)
    : runCommand('tickets.change', act.input)

const words = {
  state: 'byState',
  priority: 'byPriority',
  owner: 'byOwner',
  queue: 'byQueue',
} as const

/** What is not closed, as columns of cards: what is due first stands first. */
export const BoardScreen = () => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const by: BoardBy = boardWays.find((way) => way === asked.get('by')) ?? 'state'
  const whose = asked.get('whose') === 'me' ? 'me' : asked.get('whose') === 'none' ? 'none' : 'all'
  const queue = asked.get('queue')
  const put = (change: Readonly<Record<string, string | null>>): void => {
    const next = new URLSearchParams(asked)
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    go(paths.ticketBoard(next.toString()), { replace: true })
  }
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [perColumn, setPerColumn] = useState(firstOfColumn)
  const permissions = usePermissions()
  const me = useEntrance(({ session }) => session?.account)
  const mayWork = permissions.includes('tickets.ticket.work')
  const mover = {
    accountId: me?.id ?? '',
    mayAssign: permissions.includes('tickets.ticket.assign'),
  }
  const on = { on: ['tickets.changed'] as const, everyMs: 700 }
  const { value, failure, refresh } = useQuery(
    'tickets.board',
    {
      by,
      perColumn,
      filter: { search, queue, owner: whose === 'all' ? null : whose },
    },
    on,
  )
  const setup = useQuery('tickets.setup', {}, { on: ['tickets.changed'], everyMs: 5_000 }).value
  useShortcut('refresh', refresh)
  const [flying, setFlying] = useState<TicketRow | null>(null)
  const [moving, setMoving] = useState<{ ticket: TicketRow; to: string | null | undefined } | null>(
    null,
  )
  const onMove = useCallback((ticket: TicketRow) => setMoving({ ticket, to: undefined }), [])

  const queues = (setup?.queues ?? []).filter(({ active }) => active)
  const known = by === 'queue' ? queues : me === undefined ? [] : [{ id: me.id, name: me.name }]
  const shown = value !== undefined && fitsWay(value.columns, by)
  const columns = !shown ? [] : columnsOf(value, by, known)
  const wordOf = ({ key, name }: Pick<BoardColumn, 'key' | 'name'>): string => {
    if (key === null) return t(by === 'owner' ? 'nobody' : 'noQueue')
    if (by === 'state' && isState(key)) return list(`state.${key}`)
    if (by === 'priority') return list(`priorityLong.${key as TicketRow['priority']}`)
    return name ?? key
  }

  const move = async (
    ticket: TicketRow,
    key: string | null,
    more: { readonly reason: string; readonly until: number | null },
  ): Promise<boolean> => {
    const before = keyOf(ticket, by)
    try {
      const { version } = await carryOut(actOf(ticket, by, key, more))
      const back = (): void => {
        carryOut(actOf({ id: ticket.id, version }, by, before, { reason: '', until: null })).then(
          () => showToast({ kind: 'done', title: t('board.undone', { number: ticket.number }) }),
          (error: unknown) => showFailure(failureOf(error)),
        )
      }
      const column = columns.find((one) => one.key === key)
      showToast({
        kind: 'done',
        title: t('board.moved', {
          number: ticket.number,
          to: column === undefined ? '' : wordOf(column),
        }),
        // What went from one state to another is history; the rest can be put back.
        ...(by === 'state' ? {} : { undo: back }),
      })
      refresh()
      return true
    } catch (error) {
      showFailure(failureOf(error))
      refresh()
      return false
    }
  }
  const drop = (key: string | null): void => {
    const ticket = flying
    setFlying(null)
    if (ticket === null) return
    const refusal = refusalOf(ticket, by, key, mover)
    if (refusal === 'here') return
    if (refusal === 'owner') return showToast({ kind: 'info', title: t('board.refuseOwner') })
    if (refusal === 'state') {
      const [from, to] = [list(`state.${ticket.state}`), isState(key) ? list(`state.${key}`) : '']
      return showToast({ kind: 'info', title: t('board.refuseState', { from, to }) })
    }
    if (asksFirst(by, key)) setMoving({ ticket, to: key })
    else void move(ticket, key, { reason: '', until: null })
  }
  const isFiltered = search !== '' || queue !== null || whose !== 'all'
  const total = columns.reduce((sum, column) => sum + column.total, 0)
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('tickets')}</h1>
        <TextInput
          w={230}
          aria-label={t('board.search')}
          placeholder={t('board.search')}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          w={160}
          aria-label={t('board.queue')}
          data={[
            { value: '', label: t('board.anyQueue') },
            ...queues.map(({ id, name }) => ({ value: id, label: name })),
            { value: 'none', label: t('noQueue') },
          ]}
          allowDeselect={false}
          value={queue ?? ''}
          onChange={(next) => put({ queue: next === null || next === '' ? null : next })}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('board.whose')}
          value={whose}
          onChange={(next) => put({ whose: next === 'all' ? null : next })}
          data={[
            { value: 'all', label: t('board.all') },
            { value: 'me', label: t('board.mine') },
            { value: 'none', label: t('board.nobodys') },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('board.by')}
          value={by}
          onChange={(next) => put({ by: next === 'state' ? null : next })}
          data={boardWays.map((way) => ({ value: way, label: t(`board.${words[way]}`) }))}
        />
      </header>
      <TicketsTabs />
      {value !== undefined && failure !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : total === 0 && shown ? (
        <EmptyState
          icon={IconLayoutKanban}
          title={t('board.empty')}
          text={t(isFiltered ? 'board.filteredText' : 'board.emptyText')}
        />
      ) : (
        <>
          {mayWork && <p className="nc-soft nc-small ntd-hint">{t('board.hint')}</p>}
          <div className="ntd-board" data-by={by}>
            {columns.map((column) => {
              const refusal = flying === null ? null : refusalOf(flying, by, column.key, mover)
              return (
                <Column
                  key={column.key ?? 'none'}
                  column={column}
                  word={wordOf(column)}
                  by={by}
                  now={value.at}
                  drop={
                    flying === null || refusal === 'here' ? null : refusal === null ? 'yes' : 'no'
                  }
                  onDrop={drop}
                  onDrag={setFlying}
                  onMove={mayWork ? onMove : null}
                  onMore={() => setPerColumn((count) => Math.min(mostOfColumn, count * 2))}
                />
              )
            })}
          </div>
        </>
      )}
      {moving !== null && (
        <MoveDialog
          ticket={moving.ticket}
          by={by}
          to={moving.to}
          targets={columns
            .filter(({ key }) => refusalOf(moving.ticket, by, key, mover) === null)
            .map((column) => ({ key: column.key, word: wordOf(column) }))}
          onClose={() => setMoving(null)}
          onMove={(key, more) => move(moving.ticket, key, more)}
        />
      )}
    </div>
  )
}
