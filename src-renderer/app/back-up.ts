import i18next from 'i18next'
import { create } from 'zustand'
import { onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { makeUuidV7 } from '../client/uuid.ts'
import { formatBytes } from '../components/format.ts'
import { showFailure, showToast } from '../components/toast.tsx'

interface BackUpState {
  readonly busy: boolean
  /** What is being done: `copy`, `write` or `prove`; null: not said yet. */
  readonly step: string | null
  /** How many ended since the start: a list of them asks anew. */
  readonly ended: number
}

/** The settings and the palette start the same one. */
export const useBackUp = create<BackUpState>(() => ({ busy: false, step: null, ended: 0 }))

let running: string | null = null

export const backUpNow = async (): Promise<void> => {
  if (useBackUp.getState().busy) return
  const taskId = makeUuidV7()
  running = taskId
  useBackUp.setState({ busy: true, step: null })
  const stop = onEvent('workspace.progress', (told) => {
    if (told.taskId === taskId) useBackUp.setState({ step: told.step })
  })
  const t = i18next.getFixedT(i18next.language, 'backup')
  try {
    const { name, bytes } = await runCommand('workspace.backUp', { taskId })
    const size = formatBytes(bytes, i18next.language === 'id' ? 'id' : 'en')
    showToast({ kind: 'done', title: t('made'), text: t('madeText', { name, size }) })
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'cancelled') {
      showToast({ kind: 'done', title: i18next.t('run.cancelled', { ns: 'backups' }) })
    } else showFailure(failure)
  } finally {
    stop()
    running = null
    useBackUp.setState(({ ended }) => ({ busy: false, step: null, ended: ended + 1 }))
  }
}

/** Nothing is left of the one that runs. */
export const cancelBackUp = (): void => {
  if (running === null) return
  runCommand('workspace.cancel', { taskId: running }).catch(() => undefined)
}
