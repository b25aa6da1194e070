import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'

/** What is no more, and where what was kept of it lies. */
export const WipedList = ({ wiped }: { readonly wiped: Output<'workspace.list'>['wiped'] }) => {
  const { t } = useTranslation('workspaces')
  const format = useFormat()
  if (wiped.length === 0) return null
  return (
    <section className="nc-workspaces__wiped">
      <h2>{t('wiped.title')}</h2>
      <ul>
        {wiped.map(({ id, name, at, backupsFolder }) => (
          <li key={id} className="nc-small">
            {t('wiped.done', { name, at: format.instant(at) })}{' '}
            {backupsFolder === null
              ? t('wiped.noBackups')
              : t('wiped.backups', { folder: backupsFolder })}
          </li>
        ))}
      </ul>
    </section>
  )
}
