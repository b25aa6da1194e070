import { IconFileAlert } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/copy-button.tsx'
import { issueLine, issueLines, type RefusedFamily } from './family-list.ts'

/** What is wrong with profiles, where an editor finds it: each left out alone. */
export const RefusedFamilies = ({ refused }: { readonly refused: readonly RefusedFamily[] }) => {
  const { t } = useTranslation('families')
  return (
    <section className="nc-panel fa-refused" role="alert">
      <header className="nc-panel__head">
        <IconFileAlert size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
        <h2>{t('refused.title', { count: refused.length })}</h2>
      </header>
      <div className="nc-panel__body">
        <p className="nc-soft">{t('refused.text')}</p>
        {refused.map((family) => (
          <div key={family.name} className="fa-refused__family">
            <div className="fa-refused__file">
              <strong>{family.name}</strong>
              <span className="nc-mono nc-soft nc-cut" title={family.file}>
                {family.file}
              </span>
              <CopyButton
                text={issueLines(family)}
                label={t('refused.copyAll', { name: family.name })}
              />
            </div>
            <ul>
              {family.issues.map((issue, index) => (
                <li key={index}>
                  <span className="nc-mono fa-refused__place">
                    {issue.line}:{issue.column}
                  </span>
                  <span className="nc-mono nc-soft">
                    {issue.path === '' ? t('refused.whole') : issue.path}
                  </span>
                  <span>{issue.message}</span>
                  <CopyButton text={issueLine(family.file, issue)} label={t('refused.copyOne')} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}
