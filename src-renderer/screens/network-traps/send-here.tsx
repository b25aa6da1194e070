import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/copy-button.tsx'
import { plainText } from './plain-text.ts'
import { testLine } from './trap-line.ts'
import type { TrapStatus } from './trap-state.ts'

/** How the traps of an OLT come here: what to set there, and here. */
export const SendHere = ({ status }: { readonly status: TrapStatus }) => {
  const { t } = useTranslation('traps')
  const { redirectLine, engineId } = status
  const port = status.listening?.port ?? status.settings.port
  return (
    <section className="ntr-guide" aria-label={t('guide.title')}>
      <h3>{t('guide.title')}</h3>
      <ol>
        <li>{t('guide.target', { port })}</li>
        <li>{t('guide.source')}</li>
        {redirectLine === null ? null : (
          <li>
            {t('guide.redirect')}
            <CodeLine text={redirectLine} label={t('guide.redirectLine')} />
            <span className="nc-small nc-faint">{t('guide.redirectNote')}</span>
          </li>
        )}
        <li>
          {t('guide.test')}
          <CodeLine text={testLine(port)} label={t('guide.testLine')} />
          <span className="nc-small nc-faint">{t('guide.testNote')}</span>
        </li>
      </ol>
      <h3>{t('guide.engineId')}</h3>
      <CodeLine text={engineId} label={t('guide.engineId')} />
      <span className="nc-small nc-faint">{t('guide.engineIdNote')}</span>
    </section>
  )
}

const CodeLine = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <div className="ntr-code">
    <code className="nc-mono">{plainText(text)}</code>
    <CopyButton text={text} label={label} />
  </div>
)
