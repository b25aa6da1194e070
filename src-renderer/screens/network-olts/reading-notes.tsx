import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import { useFieldNames } from './probe-result.tsx'

/** What could not be read, what the firmware does not have, and what is not proved. */
export const ReadingNotes = ({ page }: { readonly page: Output<'network.olt'> }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { readingProblems } = page
  const notOffered = [page.notOffered, page.boardsNotOffered, page.ponPortsNotOffered] as const
  const unproven = [page.unproven, page.boardsUnproven, page.ponPortsUnproven] as const
  const anyNotOffered = notOffered.some((fields) => fields.length > 0)
  const anyUnproven = unproven.some((fields) => fields.length > 0)
  if (readingProblems.length === 0 && !anyNotOffered && !anyUnproven) return null
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
      {!anyNotOffered ? null : (
        <div>
          <h3>{t('olts.page.notOffered')}</h3>
          <Places fields={notOffered} />
        </div>
      )}
      {!anyUnproven ? null : (
        <div>
          <h3>{t('olts.page.unproven')}</h3>
          <Places fields={unproven} />
          <p className="nc-faint nc-small">{t('olts.page.unprovenHint')}</p>
        </div>
      )}
    </section>
  )
}

const places = ['inOnus', 'inBoards', 'inPonPorts'] as const

/** Fields by the table they are in; a table without any stays away. */
const Places = ({
  fields,
}: {
  readonly fields: readonly [readonly string[], readonly string[], readonly string[]]
}) => {
  const { t } = useTranslation('care')
  const namesOf = useFieldNames()
  return places.map((place, position) => {
    const names = fields[position] ?? []
    return names.length === 0 ? null : (
      <p key={place} className="nc-soft">
        {t(`trust.${place}`, { fields: namesOf(names) })}
      </p>
    )
  })
}
