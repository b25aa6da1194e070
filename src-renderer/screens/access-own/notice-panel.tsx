import { useTranslation } from 'react-i18next'
import type { SignIn } from '../../../src-shared/contract/access.ts'
import { NoticeLine } from './notice-line.tsx'

export interface NoticePanelProps {
  readonly notices: readonly SignIn[]
  readonly ownId: string
  readonly onAnswered: () => void
}

/** Nothing where nothing is open. */
export const NoticePanel = ({ notices, ownId, onAnswered }: NoticePanelProps) => {
  const { t } = useTranslation('access-own')
  if (notices.length === 0) return null
  return (
    <section className="nc-panel" aria-label={t('notice.label')}>
      <header className="nc-panel__head">
        <h2>{t('notice.label')}</h2>
      </header>
      <div className="nc-panel__body">
        {notices.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} ownId={ownId} onAnswered={onAnswered} />
        ))}
      </div>
    </section>
  )
}
