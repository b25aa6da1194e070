import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

type BackupCommand = Extract<CommandName, `backups.${string}` | `workspace.${string}`>

/** Called off by the person himself: nothing to tell him. */
const ownWill = new Set(['step-up-needed', 'cancelled'])

/** Does it; null: it was refused, which is said. */
export const act = async <Name extends BackupCommand>(
  name: Name,
  input: CallInput<Name>,
  done?: { readonly title: string; readonly text?: string },
): Promise<Output<Name> | null> => {
  try {
    const output = await runCommand(name, input)
    if (done !== undefined) showToast({ kind: 'done', ...done })
    return output
  } catch (error) {
    const failure = failureOf(error)
    if (!ownWill.has(failure.code)) showFailure(failure)
    return null
  }
}
