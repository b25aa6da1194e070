import i18next from 'i18next'
import { create } from 'zustand'
import { runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { formatBytes } from '../components/format.ts'
import { showFailure, showToast } from '../components/toast.tsx'

interface BackUpState {
  readonly busy: boolean
  /** How many ended since the start: a list of them asks anew. */
  readonly ended: number
}

/** The settings and the palette start the same one. */
export const useBackUp = create<BackUpState>(() => ({ busy: false, ended: 0 }))

export const backUpNow = async (): Promise<void> => {
  if (useBackUp.getState().busy) return
  useBackUp.setState({ busy: true })
  try {
    const { name, bytes } = await runCommand('workspace.backUp', {})
    const t = i18next.getFixedT(i18next.language, 'backup')
    const size = formatBytes(bytes, i18next.language === 'id' ? 'id' : 'en')
    showToast({ kind: 'done', title: t('made'), text: t('madeText', { name, size }) })
  } catch (error) {
    showFailure(failureOf(error))
  } finally {
    useBackUp.setState(({ ended }) => ({ busy: false, ended: ended + 1 }))
  }
}
