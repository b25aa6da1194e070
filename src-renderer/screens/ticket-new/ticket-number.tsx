import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { usePermissions } from '../../state/workspace.ts'

/** As a number of this desk may look; what another desk calls its own is shown as it is. */
const ours = /^[A-Z0-9][A-Z0-9-]{0,11}\d{1,12}$/u

export const isOurNumber = (text: string): boolean => ours.test(text)

/** The number of a ticket, and the way to it for who may see tickets. */
export const TicketNumber = ({ number }: { readonly number: string }) => {
  const mayRead = usePermissions().includes('tickets.ticket.read')
  return mayRead && isOurNumber(number) ? (
    <RouteLink to={paths.ticketOfNumber(number)}>{number}</RouteLink>
  ) : (
    number
  )
}
