import { useTranslation } from 'react-i18next'
import { ticketStates } from '../../../src-shared/domain/ticket-state.ts'
import { useQuery } from '../../client/hooks.ts'
import type { TicketEvent } from './ticket-acts.ts'

const kinds = [
  'opened',
  'subject',
  'priority',
  'queue',
  'owner',
  'tags',
  'state',
  'terms',
  'linked',
  'unlinked',
  'merged-into',
  'merged-from',
  'watchers',
  'file',
  'satisfaction-asked',
  'satisfaction',
  'level',
] as const

const metrics = ['first-response', 'update', 'solution'] as const

/** Of a work order that was opened from it. */
const orderSteps = ['opened', 'done', 'signed', 'cancelled', 'not-completed'] as const

/** A line of the time line in words; what a later version wrote is named as it is. */
export const useEventWords = (): ((event: TicketEvent) => string) => {
  const { t } = useTranslation(['ticket-record', 'tickets', 'tickets-desk'])
  const { value: setup } = useQuery('tickets.setup', {})
  const { value: everybody } = useQuery('access.people', {})
  const nameOf = (id: unknown): string =>
    everybody?.people.find(({ accountId }) => accountId === id)?.name ?? t('somebody')
  const queueOf = (id: unknown): string =>
    id === null ? t('noQueue') : (setup?.queues.find((one) => one.id === id)?.name ?? t('aQueue'))
  const stateOf = (value: unknown): string => {
    const state = ticketStates.find((one) => one === value)
    return state === undefined ? String(value) : t(`state.${state}`, { ns: 'tickets' })
  }
  return ({ kind: told, data }) => {
    const kind = kinds.find((one) => one === told)
    if (kind === undefined) return told
    const text = (key: string): string => String(data[key] ?? '')
    switch (kind) {
      case 'state': {
        const reason = text('reason')
        const to = stateOf(data['to'])
        return reason === '' ? t('event.state', { to }) : t('event.stateBecause', { to, reason })
      }
      case 'queue':
        return t('event.queue', { to: queueOf(data['to']) })
      case 'owner':
        return data['to'] === null
          ? t('event.ownerNone')
          : t('event.owner', { to: nameOf(data['to']) })
      case 'watchers':
        return data['watching'] === true
          ? t('event.watches', { name: nameOf(data['accountId']) })
          : t('event.watchesNot', { name: nameOf(data['accountId']) })
      case 'level': {
        const metric = metrics.find((one) => one === data['metric'])
        const level = Number(data['level'])
        return t(level === 0 ? 'event.warned' : level === 1 ? 'event.missed' : 'event.escalated', {
          what: metric === undefined ? '' : t(`metric.${metric}`, { ns: 'tickets-desk' }),
          level: String(level - 1),
        })
      }
      case 'linked': {
        if (data['link'] !== 'work-order') return t('event.linked', { number: text('number') })
        const step = orderSteps.find((one) => one === data['step']) ?? 'opened'
        const signedWithout = step === 'signed' && text('name') === ''
        return t(signedWithout ? 'event.order.signedWithout' : `event.order.${step}`, {
          number: text('number'),
          name: text('name'),
          reason: text('reason'),
        })
      }
      default:
        return t(`event.${kind}`, {
          to: text('to'),
          number: text('number'),
          name: text('name'),
          tags: text('tags'),
          score: text('score'),
        })
    }
  }
}
