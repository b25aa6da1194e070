import i18next from 'i18next'
import type { OltRow, ReadingGroup } from '../../../src-shared/contract/network-model.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** What one does to an OLT from the list and from its page. Nothing here touches the device. */

const say = () => i18next.getFixedT(i18next.language, 'network')

/** Takes it out of the console at once; the message offers to take that back. */
export const removeOlt = async (olt: OltRow, onChange: () => void): Promise<boolean> => {
  try {
    const { version } = await runCommand('network.removeOlt', {
      oltId: olt.id,
      baseVersion: olt.version,
    })
    onChange()
    showToast({
      kind: 'done',
      title: say()('olts.actions.removed', { name: olt.name }),
      undo: () => {
        runCommand('network.restoreOlt', { oltId: olt.id, baseVersion: version }).then(
          () => {
            showToast({ kind: 'done', title: say()('olts.actions.restored', { name: olt.name }) })
            onChange()
          },
          (error: unknown) => showFailure(failureOf(error)),
        )
      },
    })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}

export const readNow = async (olt: OltRow, group: ReadingGroup): Promise<void> => {
  try {
    await runCommand('network.pollNow', { oltId: olt.id, group })
  } catch (error) {
    showFailure(failureOf(error))
  }
}
