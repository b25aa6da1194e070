import i18next from 'i18next'
import type { OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { downloadBytes } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

const say = () => i18next.getFixedT(i18next.language, 'olt-backups')

/** The page never sees what is written: the engine asks in a window of its own and writes the file. */
export const exportUnmasked = async (version: OltBackupVersion, oltName: string): Promise<void> => {
  const yes = await confirm({
    title: say()('unmasked.title', { name: oltName }),
    text: say()('unmasked.text'),
    confirmLabel: say()('unmasked.button'),
  })
  if (!yes) return
  try {
    const { folder, fileName } = await runCommand('olt-backups.exportUnmasked', {
      versionId: version.id,
    })
    showToast({ kind: 'done', title: say()('unmasked.done'), text: `${folder}/${fileName}` })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

/** Letters of any script, digits, `-` and `.`: a name that every file system takes. */
export const fileNameOf = (...parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-')).join('-')

/** `terminal-Kemang-1-2026-11-23T04-30.txt`: of now, in UTC. */
export const nameOfNow = (kind: string, name: string): string =>
  `${fileNameOf(kind, name, new Date().toISOString().slice(0, 16))}.txt`

export const saveText = (name: string, text: string): void => {
  downloadBytes(name, new TextEncoder().encode(text), 'text/plain;charset=utf-8')
  showToast({ kind: 'done', title: say()('text.saved'), text: name })
}
