import type { CallInput, CommandName, Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** Carries it out and says so; undefined: refused, and told why. */
export const act = async <Name extends CommandName>(
  name: Name,
  input: CallInput<Name>,
  done: (out: Output<Name>) => { readonly title: string; readonly undo?: () => void },
): Promise<Output<Name> | undefined> => {
  try {
    const out = await runCommand(name, input)
    showToast({ kind: 'done', ...done(out) })
    return out
  } catch (error) {
    showFailure(failureOf(error))
    return undefined
  }
}
