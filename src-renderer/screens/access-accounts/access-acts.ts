import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast, type NewToast } from '../../components/toast.tsx'

type AccessCommand = Extract<CommandName, `access.${string}`>

/** Called off by the person himself: nothing to tell him. */
const ownWill = new Set(['step-up-needed', 'cancelled'])

/** Does it and says so; null: it was refused, which is said too. */
export const act = async <Name extends AccessCommand>(
  name: Name,
  input: CallInput<Name>,
  done?: (output: Output<Name>) => Omit<NewToast, 'kind'>,
): Promise<Output<Name> | null> => {
  try {
    const output = await runCommand(name, input)
    if (done !== undefined) showToast({ kind: 'done', ...done(output) })
    return output
  } catch (error) {
    const failure = failureOf(error)
    if (!ownWill.has(failure.code)) showFailure(failure)
    return null
  }
}
