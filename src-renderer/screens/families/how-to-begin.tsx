import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../components/copy-button.tsx'
import { exampleFolder } from './family-list.ts'

/** The short of docs/add-an-olt-family.md, for where no browser and no network is. */
export const HowToBegin = ({ folder }: { readonly folder: string }) => {
  const { t } = useTranslation('families')
  const example = exampleFolder(folder)
  const check = `npm run cli -- family check "${example}"`
  return (
    <div className="fa-begin">
      <p className="nc-soft">{t('begin.text')}</p>
      <ol>
        <li>
          {t('begin.step1')} <Copyable text={example} label={t('copyFolder')} />
        </li>
        <li>{t('begin.step2')}</li>
        <li>{t('begin.step3')}</li>
        <li>{t('begin.step4')}</li>
        <li>
          {t('begin.step5')} <Copyable text={check} />
        </li>
        <li>{t('begin.step6')}</li>
      </ol>
    </div>
  )
}

export const Copyable = ({ text, label }: { readonly text: string; readonly label?: string }) => (
  <span className="fa-copyable">
    <code className="nc-mono" title={text}>
      {text}
    </code>
    <CopyButton text={text} {...(label === undefined ? {} : { label })} />
  </span>
)
