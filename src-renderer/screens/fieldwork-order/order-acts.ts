import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import type { WorkOrderRecord } from '../../../src-shared/contract/fieldwork-model.ts'
import type { WorkOrderMove, WorkOrderState } from '../../../src-shared/domain/work-order.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure } from '../../components/toast.tsx'

export type { WorkOrderRecord }

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

/** Moves without a word. */
export const plainMoves = [
  'dispatched',
  'accepted',
  'departed',
  'arrived',
  'resumed',
  'done',
  'closed',
] as const
export type PlainMove = (typeof plainMoves)[number]

/** Moves that want a reason. */
export const reasonMoves = ['paused', 'reopened', 'unsigned', 'cancelled', 'not-completed'] as const
export type ReasonMove = (typeof reasonMoves)[number]

/** What comes next as a rule, for each state: the one button that stands out. */
export const nextMove: Readonly<Partial<Record<WorkOrderState, PlainMove | 'schedule' | 'sign'>>> =
  {
    draft: 'schedule',
    scheduled: 'dispatched',
    dispatched: 'accepted',
    accepted: 'departed',
    'en-route': 'arrived',
    'on-site': 'done',
    paused: 'resumed',
    done: 'sign',
    'signed-off': 'closed',
  }

/** Who hands out work does these. */
export const isPlanners = (move: WorkOrderMove | 'schedule' | 'sign'): boolean =>
  move === 'schedule' || move === 'dispatched' || move === 'cancelled' || move === 'closed'

/** The way of an order that goes as planned: for the bar of steps. */
export const usualSteps = [
  'draft',
  'scheduled',
  'dispatched',
  'accepted',
  'en-route',
  'on-site',
  'done',
  'signed-off',
  'closed',
] as const satisfies readonly WorkOrderState[]
