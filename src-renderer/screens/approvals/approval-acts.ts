import type { CallInput, CommandName } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

type ApprovalsCommand = Extract<CommandName, `approvals.${string}`>

/** False: refused, and the refusal is said. */
export const act = async <Name extends ApprovalsCommand>(
  name: Name,
  input: CallInput<Name>,
  done?: string,
): Promise<boolean> => {
  try {
    await runCommand(name, input)
    if (done !== undefined) showToast({ kind: 'done', title: done })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}
