import i18next from 'i18next'
import { copyText } from './copy-button.tsx'
import { showToast } from './toast.tsx'

/** Copies what is too much for a button beside it, and says whether it went well. */
export const copyTold = (text: string, done: string): void => {
  copyText(text).then(
    () => showToast({ kind: 'done', title: done }),
    () => showToast({ kind: 'failure', title: i18next.t('button.copyFailed') }),
  )
}
