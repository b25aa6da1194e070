import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { Since } from '../../components/data-age.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './subscriber-acts.ts'

type Import = Output<'subscribers.imports'>['imports'][number]

/** Imports so far: each can be undone as a whole, as long as nothing was built upon it. */
export const ImportList = () => {
  const { t } = useTranslation('subscribers')
  const { value } = useQuery('subscribers.imports', {}, { on: ['subscribers.changed'] })
  if (value === undefined || value.imports.length === 0) return null
  const undo = async ({ id, fileName, added }: Import): Promise<void> => {
    const isSure = await confirm({
      title: t('import.undoTitle'),
      text: t('import.undoText', { count: added, name: fileName }),
      confirmLabel: t('import.undo'),
      danger: true,
    })
    const done = isSure ? await act('subscribers.undoImport', { importId: id }) : null
    if (done !== null) {
      showToast({ kind: 'done', title: t('import.undone', { count: done.removed }) })
    }
  }
  return (
    <section aria-label={t('import.before')}>
      <h3>{t('import.before')}</h3>
      <table className="nc-table">
        <tbody>
          {value.imports.map((one) => (
            <tr key={one.id}>
              <td>{one.fileName}</td>
              <td>{t('import.adds', { count: one.added })}</td>
              <td>
                <Since at={one.at} /> {one.by}
              </td>
              <td>
                {one.undoneAt !== null ? (
                  <span className="nc-soft">{t('import.wasUndone')}</span>
                ) : one.builtUpon > 0 ? (
                  <span className="nc-soft">{t('import.builtUpon', { count: one.builtUpon })}</span>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('import.undoOne', { name: one.fileName })}
                    onClick={() => void undo(one)}
                  >
                    {t('import.undo')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
