import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import { FieldNames } from './probe-result.tsx'

/** What could not be read, what the firmware does not have, and what is not proved. */
export const ReadingNotes = ({ page }: { readonly page: Output<'network.olt'> }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { readingProblems, notOffered, unproven } = page
  if (readingProblems.length + notOffered.length + unproven.length === 0) return null
  return (
    <section className="nc-panel nc-panel__body no-notes">
      {readingProblems.length === 0 ? null : (
        <div>
          <h3>{t('olts.page.problems')}</h3>
          <p className="nc-soft">{t('olts.page.problemsText')}</p>
          <ul>
            {readingProblems.map((problem) => (
              <li key={problem.text}>
                <span className="nc-mono">{problem.text}</span>{' '}
                <span className="nc-faint">{`${format.number(problem.count)}×`}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {notOffered.length === 0 ? null : (
        <div>
          <h3>{t('olts.page.notOffered')}</h3>
          <p className="nc-soft">
            <FieldNames fields={notOffered} />
          </p>
        </div>
      )}
      {unproven.length === 0 ? null : (
        <div>
          <h3>{t('olts.page.unproven')}</h3>
          <p className="nc-soft">
            <FieldNames fields={unproven} />
          </p>
          <p className="nc-faint nc-small">{t('olts.page.unprovenHint')}</p>
        </div>
      )}
    </section>
  )
}
