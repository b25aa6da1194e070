import i18next from 'i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'

const say = () => i18next.getFixedT(i18next.language, 'olt-cli')

const attempt = async (work: Promise<unknown>, title: string): Promise<boolean> => {
  try {
    await work
    showToast({ kind: 'done', title })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}

type Named = Pick<OltRow, 'id' | 'name'>

export const trustHostKey = async (
  olt: Named,
  fingerprint: string,
  onChange: () => void,
): Promise<void> => {
  const work = runCommand('olt-cli.trustHostKey', { oltId: olt.id, fingerprint })
  if (await attempt(work, say()('key.trusted', { name: olt.name }))) onChange()
}

export const resumeLogins = async (olt: Named, onChange: () => void): Promise<void> => {
  const work = runCommand('olt-cli.resumeLogins', { oltId: olt.id })
  if (await attempt(work, say()('act.resumed', { name: olt.name }))) onChange()
}

/** Stored passwords go with it and cannot come back: asked first. */
export const removeAccess = async (
  olt: Named,
  access: OltCliAccess,
  onChange: () => void,
): Promise<boolean> => {
  const yes = await confirm({
    title: say()('remove.title', { name: olt.name }),
    text: say()('remove.text'),
    confirmLabel: say()('remove.button'),
    danger: true,
  })
  if (!yes) return false
  const work = runCommand('olt-cli.removeAccess', { oltId: olt.id, baseVersion: access.version })
  const done = await attempt(work, say()('remove.done', { name: olt.name }))
  if (done) onChange()
  return done
}
