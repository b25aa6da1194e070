import i18next from 'i18next'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import type { FamilySummary } from './family-list.ts'

const say = () => i18next.getFixedT(i18next.language, 'families')

/** Reads the folder now and says what came of it. */
export const reloadFamilies = async (onChange: () => void): Promise<void> => {
  try {
    await runCommand('families.reload', {})
    const { families, refused } = await callQuery('families.list', {})
    showToast({
      kind: 'done',
      title: say()('reloaded'),
      text: say()('reloadedText', {
        families: families.filter(({ source }) => source === 'own').length,
        refused: refused.length,
      }),
    })
    onChange()
  } catch (error) {
    showFailure(failureOf(error))
  }
}

/** At once; the message offers to trust the same content again. */
export const withdrawTrust = async (family: FamilySummary, onChange: () => void): Promise<void> => {
  const { id, title, contentHash } = family
  try {
    await runCommand('families.withdrawTrust', { id })
    onChange()
    showToast({
      kind: 'done',
      title: say()('withdrawn', { title }),
      // A profile that has changed since cannot be trusted without being looked at.
      ...(contentHash === null || family.trust !== 'trusted'
        ? {}
        : { undo: () => void trustAgain(family, contentHash, onChange) }),
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

const trustAgain = async (
  { id, title }: FamilySummary,
  contentHash: string,
  onChange: () => void,
): Promise<void> => {
  try {
    await runCommand('families.trust', { id, contentHash, typedName: id })
    showToast({ kind: 'done', title: say()('given', { title }) })
    onChange()
  } catch (error) {
    showFailure(failureOf(error))
  }
}
