import { useQuery } from '../../client/hooks.ts'
import { isOurNumber } from './ticket-number.tsx'

/** The ticket with that number; null: none that may be seen; undefined: not known yet. */
export const useTicketOfNumber = (
  number: string | null,
): { readonly id: string | null | undefined } => {
  const asked = number !== null && isOurNumber(number)
  const { value, failure } = useQuery(
    'tickets.list',
    { filter: { search: number ?? '' }, sort: 'number', limit: 20 },
    { skip: !asked },
  )
  if (!asked || failure !== undefined) return { id: null }
  if (value === undefined) return { id: undefined }
  return { id: value.tickets.find((ticket) => ticket.number === number)?.id ?? null }
}
