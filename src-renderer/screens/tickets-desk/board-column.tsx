import { ActionIcon, Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { memo, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { mostOfColumn, type BoardBy, type BoardColumn } from './board-model.ts'
import { TicketDue, TicketPriorityMark } from '../tickets/ticket-words.tsx'

export interface CardProps {
  readonly ticket: TicketRow
  readonly by: BoardBy
  readonly now: number
  readonly onMove: ((ticket: TicketRow) => void) | null
  readonly onDrag: (ticket: TicketRow | null) => void
}

/** From one card to the next as they stand on the screen. */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
    event.key
  ]
  const column = event.currentTarget.closest('[data-column]')
  const board = column?.parentElement
  if (step === undefined || column === null || !board) return
  const cardsOf = (one: Element | undefined): HTMLElement[] => [
    ...(one?.querySelectorAll<HTMLElement>('.ntd-card') ?? []),
  ]
  const columns = [...board.children].filter((one) => cardsOf(one).length > 0)
  const at = columns.indexOf(column)
  const place = cardsOf(column).indexOf(event.currentTarget)
  const cards = cardsOf(columns[at + step[0]!])
  const next = step[0] === 0 ? cards[place + step[1]!] : cards[Math.min(place, cards.length - 1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

const Card = memo(({ ticket, by, now, onMove, onDrag }: CardProps) => {
  const { t } = useTranslation('tickets-desk')
  const { t: list } = useTranslation('tickets')
  const [, go] = useLocation()
  const { id, number, subject, owner, queue, subscriber } = ticket
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter') go(paths.ticket(id))
    else if (event.key === 'm' && onMove !== null && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      onMove(ticket)
    } else walk(event)
  }
  return (
    <article
      className="ntd-card"
      tabIndex={0}
      aria-label={`${number} ${subject}`}
      draggable={onMove !== null}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', number)
        onDrag(ticket)
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={onKeyDown}
    >
      <div className="ntd-card__line">
        <RouteLink to={paths.ticket(id)} className="ntd-card__number">
          {number}
        </RouteLink>
        {by !== 'priority' && <TicketPriorityMark priority={ticket.priority} />}
        {ticket.dueAt !== null && <TicketDue ticket={ticket} now={now} />}
      </div>
      <div className="ntd-card__subject" title={subject}>
        {subject}
      </div>
      <div className="ntd-card__foot">
        {subscriber !== null && <span className="nc-cut">{subscriber.name}</span>}
        {by !== 'state' && <span className="nc-cut">{list(`state.${ticket.state}`)}</span>}
        {by !== 'queue' && queue !== null && <span className="nc-cut">{queue.name}</span>}
        {by !== 'owner' && <span className="nc-cut">{owner?.name ?? t('nobody')}</span>}
        {onMove !== null && (
          <ActionIcon
            size="xs"
            variant="subtle"
            className="ntd-card__move"
            aria-label={t('board.move', { number })}
            title={t('board.move', { number })}
            onClick={() => onMove(ticket)}
          >
            <IconArrowRight size={13} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
    </article>
  )
})
Card.displayName = 'Card'

export interface ColumnProps extends Omit<CardProps, 'ticket'> {
  readonly column: BoardColumn
  readonly word: string
  /** While a card is in the air: whether it may come down here. */
  readonly drop: 'yes' | 'no' | null
  readonly onDrop: (key: string | null) => void
  readonly onMore: () => void
}

export const Column = ({ column, word, drop, onDrop, onMore, ...card }: ColumnProps) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const { key, total, tickets } = column
  const over = (event: DragEvent): void => {
    if (drop === null) return
    // Taken also where it may not lie: it is said why.
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
  }
  return (
    <section
      className="ntd-column"
      data-column={key ?? 'none'}
      data-drop={drop ?? undefined}
      aria-label={word}
      onDragOver={over}
      onDrop={(event) => {
        event.preventDefault()
        onDrop(key)
      }}
    >
      <header>
        <h2>{word}</h2>
        <span className="nc-soft nc-num" title={t('board.count', { shown: tickets.length, total })}>
          {format.number(total)}
        </span>
      </header>
      <div className="ntd-column__cards">
        {tickets.length === 0 && <p className="nc-faint nc-small">{t('board.emptyColumn')}</p>}
        {tickets.map((ticket) => (
          <Card key={ticket.id} ticket={ticket} {...card} />
        ))}
        {tickets.length < total &&
          (tickets.length < mostOfColumn ? (
            <Button size="compact-sm" variant="subtle" onClick={onMore}>
              {t('board.more')} ·{' '}
              {t('board.count', {
                shown: format.number(tickets.length),
                total: format.number(total),
              })}
            </Button>
          ) : (
            <p className="nc-soft nc-small">
              {t('board.count', {
                shown: format.number(tickets.length),
                total: format.number(total),
              })}
              . {t('board.rest')}
            </p>
          ))}
      </div>
    </section>
  )
}
