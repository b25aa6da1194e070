import i18next from 'i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import type { TrapSettings } from './trap-state.ts'

const say = () => i18next.getFixedT(i18next.language, 'traps')

const undone = (before: TrapSettings, onChanged: () => void) => (): void => {
  runCommand('traps.configure', before)
    .then(
      () => showToast({ kind: 'done', title: say()('form.restored') }),
      (error: unknown) => showFailure(failureOf(error)),
    )
    .finally(onChanged)
}

/**
 * Saves and offers to take it back. A port that cannot be had comes back as the failure: the
 * settings are kept all the same, so it can be taken back as well.
 */
export const configureTraps = async (
  before: TrapSettings,
  after: TrapSettings,
  onChanged: () => void,
): Promise<Failure | undefined> => {
  const undo = undone(before, onChanged)
  try {
    await runCommand('traps.configure', after)
    showToast({
      kind: 'done',
      title: say()('form.saved'),
      text: after.enabled ? say()('form.savedOn', { port: after.port }) : say()('form.savedOff'),
      undo,
    })
    return undefined
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'trap-port-unavailable') {
      showToast({ kind: 'info', title: say()('form.saved'), text: say()('form.kept'), undo })
    }
    return failure
  } finally {
    onChanged()
  }
}
