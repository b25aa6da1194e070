import i18next from 'i18next'
import type { CallInput, CommandName } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** What people do about an outage: done at once, said, and taken back where it can be. */

type OutageCommand = Extract<CommandName, `outages.${string}`>

const say = () => i18next.getFixedT(i18next.language, 'outages')

/** false: it was refused, and a message says why. */
const act = async <Name extends OutageCommand>(
  name: Name,
  input: CallInput<Name>,
  title: string,
  undo?: () => void,
): Promise<boolean> => {
  try {
    await runCommand(name, input)
    showToast({ kind: 'done', title, ...(undo === undefined ? {} : { undo }) })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}

export const acknowledge = (outage: OutageRow, acknowledged: boolean): Promise<boolean> =>
  act(
    'outages.acknowledge',
    { id: outage.id, acknowledged },
    say()(acknowledged ? 'act.acknowledged' : 'act.unacknowledged'),
    () => void acknowledge(outage, !acknowledged),
  )

export const writeNote = (outage: OutageRow, note: string): Promise<boolean> =>
  act('outages.note', { id: outage.id, note }, say()('act.noted'))

export interface Somebody {
  readonly accountId: string
  readonly name: string
}

export const assign = (outage: OutageRow, to: Somebody | null): Promise<boolean> => {
  const before = outage.owner?.accountId ?? null
  return act(
    'outages.assign',
    { id: outage.id, accountId: to?.accountId ?? null },
    to === null ? say()('act.unassigned') : say()('act.assigned', { name: to.name }),
    () =>
      void act(
        'outages.assign',
        { id: outage.id, accountId: before },
        before === null
          ? say()('act.unassigned')
          : say()('act.assigned', { name: outage.owner?.name ?? '' }),
      ),
  )
}

export const setTicket = (outage: OutageRow, ticket: string | null): Promise<boolean> => {
  const title = (linked: string | null): string =>
    say()(linked === null ? 'act.unticketed' : 'act.ticketed')
  const before = outage.ticket
  return act(
    'outages.setTicket',
    { id: outage.id, ticket },
    title(ticket),
    () => void act('outages.setTicket', { id: outage.id, ticket: before }, title(before)),
  )
}

export const correct = (
  outage: OutageRow,
  verdict: OutageRow['verdict'] | null,
  note: string,
): Promise<boolean> => {
  const before = outage.corrected
  return act(
    'outages.correct',
    { id: outage.id, verdict, note },
    say()(verdict === null ? 'act.uncorrected' : 'act.correctedDone'),
    () =>
      void act(
        'outages.correct',
        { id: outage.id, verdict: before?.verdict ?? null, note: before?.note ?? '' },
        say()(before === null ? 'act.uncorrected' : 'act.correctedDone'),
      ),
  )
}
