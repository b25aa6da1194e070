import type { CallInput, CommandName } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

type SetupCommand = Extract<
  CommandName,
  `tickets.${'save' | 'remove'}${string}` | 'tickets.configure'
>

/** Carries it out and says so; false: refused, and told why. */
export const saveSetup = async <Name extends SetupCommand>(
  name: Name,
  input: CallInput<Name>,
  done: string,
): Promise<boolean> => {
  try {
    await runCommand(name, input)
    showToast({ kind: 'done', title: done })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}
