import i18next from 'i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import type { Retention } from './history-plan.ts'

const say = () => i18next.getFixedT(i18next.language, 'settings')

/** Saves; what was kept before can be had back until the next turn of the hour. */
export const configureHistory = async (
  before: Retention,
  after: Retention,
  onChanged: () => void,
): Promise<Failure | undefined> => {
  try {
    await runCommand('history.configure', after)
    showToast({
      kind: 'done',
      title: say()('history.saved'),
      undo: () => {
        runCommand('history.configure', before)
          .then(
            () => showToast({ kind: 'done', title: say()('history.restored') }),
            (error: unknown) => showFailure(failureOf(error)),
          )
          .finally(onChanged)
      },
    })
    return undefined
  } catch (error) {
    return failureOf(error)
  } finally {
    onChanged()
  }
}
