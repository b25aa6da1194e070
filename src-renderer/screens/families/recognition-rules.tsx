import { useTranslation } from 'react-i18next'
import { CertaintyMark } from './certainty-mark.tsx'
import { ruleWords, type RecognitionRule } from './rule-words.ts'

/** The rules as sentences, with what an OLT is then called. */
export const RecognitionRules = ({ rules }: { readonly rules: readonly RecognitionRule[] }) => {
  const { t } = useTranslation('families')
  if (rules.length === 0) {
    return <p className="nc-panel__body nc-soft">{t('page.neverRecognised')}</p>
  }
  return (
    <div className="nc-panel__body">
      <p className="nc-small nc-faint">{t('page.recognitionHint')}</p>
      <ul className="fa-rules">
        {rules.map((rule, index) => (
          <li key={index}>
            <span>
              {ruleWords(t, rule)} <strong>{t('rule.is', { model: rule.model })}</strong>
            </span>
            <CertaintyMark certainty={rule.certainty} />
          </li>
        ))}
      </ul>
    </div>
  )
}
