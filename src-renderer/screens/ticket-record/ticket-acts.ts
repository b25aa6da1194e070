import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure } from '../../components/toast.tsx'

export type TicketRecord = Output<'tickets.ticket'>
export type TicketEvent = Output<'tickets.timeline'>['events'][number]

/** Carries it out; null: refused, and told why. */
export const act = async <Name extends CommandName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Output<Name> | null> => {
  try {
    return await runCommand(name, input)
  } catch (error) {
    showFailure(failureOf(error))
    return null
  }
}

/** What was typed and not sent yet, by ticket: it stays while the console is open. */
const drafts = new Map<string, string>()
const mostDrafts = 50

export const draftOf = (ticketId: string): string => drafts.get(ticketId) ?? ''

export const keepDraft = (ticketId: string, text: string): void => {
  drafts.delete(ticketId)
  if (text.trim() === '') return
  drafts.set(ticketId, text)
  const [oldest] = drafts.keys()
  if (drafts.size > mostDrafts && oldest !== undefined) drafts.delete(oldest)
}
