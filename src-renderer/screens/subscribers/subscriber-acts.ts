import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { useShownMoment } from '../../client/moment.ts'
import { showFailure } from '../../components/toast.tsx'
import { useEntrance } from '../../state/workspace.ts'

type SubscriberCommand = Extract<CommandName, `subscribers.${string}`>

/** Null: refused, and said so. What was typed stays in its window. */
export const act = async <Name extends SubscriberCommand>(
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

/** The same, with the refusal for the caller, who shows it where it was typed. */
export const attempt = async <Name extends SubscriberCommand>(
  name: Name,
  input: CallInput<Name>,
): Promise<{ readonly done: Output<Name> } | { readonly failure: Failure }> => {
  try {
    return { done: await runCommand(name, input) }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

export interface SubscriberRights {
  readonly manage: boolean
  readonly files: boolean
  readonly export: boolean
  readonly importing: boolean
  readonly agent: boolean
  readonly settings: boolean
  /** Wanted states of services (provisioning). */
  readonly line: boolean
}

/** What the person may do; nothing while a past moment is shown. */
export const useSubscriberRights = (): SubscriberRights => {
  const permissions = useEntrance((state) => state.session?.permissions)
  const present = useShownMoment() === null
  const may = (name: string): boolean => present && (permissions?.includes(name) ?? false)
  return {
    manage: may('subscribers.subscriber.manage'),
    files: may('subscribers.file.read'),
    export: may('subscribers.subscriber.export'),
    importing: may('subscribers.subscriber.import'),
    agent: may('subscribers.agent.set'),
    settings: may('subscribers.settings.manage'),
    line: may('provisioning.service.set'),
  }
}
