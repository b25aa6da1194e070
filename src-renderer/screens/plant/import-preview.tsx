import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'

type Preview = Output<'plant.previewImport'>

/** What a file would change, and what in it cannot be used. */
export const ImportPreview = ({ preview }: { readonly preview: Preview }) => {
  const { t } = useTranslation('plant')
  const format = useFormat()
  const known = preview.columns.filter(({ field }) => field !== null)
  const ignored = preview.columns.filter(({ field }) => field === null)
  const separator = preview.separator === '\t' ? t('import.tab') : preview.separator
  return (
    <section className="np-preview" aria-label={t('import.preview')}>
      <dl className="np-sums">
        {(['adds', 'changes', 'same'] as const).map((what) => (
          <div key={what}>
            <dt>{t(`import.${what}`)}</dt>
            <dd>{format.number(preview[what])}</dd>
          </div>
        ))}
        <div data-some={preview.problemsTotal > 0 || undefined}>
          <dt>{t('import.problems')}</dt>
          <dd>{format.number(preview.problemsTotal)}</dd>
        </div>
      </dl>
      <p className="nc-small nc-soft">
        {t('import.read', {
          rows: format.number(preview.rows),
          encoding: preview.encoding,
          separator,
          columns: known.map(({ header }) => header).join(', '),
        })}
        {ignored.length > 0 && (
          <>
            {' '}
            {t('import.ignored', {
              columns: ignored.map(({ header }) => header || '–').join(', '),
            })}
          </>
        )}
      </p>
      {preview.problems.length > 0 && (
        <div className="np-list" tabIndex={0} role="group" aria-label={t('import.problems')}>
          <table className="nc-table">
            <thead>
              <tr>
                <th className="nc-num">{t('import.line')}</th>
                <th>{t('import.column')}</th>
                <th>{t('import.what')}</th>
                <th>{t('import.cell')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.problems.map((problem, at) => (
                <tr key={`${problem.line} ${at}`}>
                  <td className="nc-num">{format.number(problem.line)}</td>
                  <td>{problem.column ?? ''}</td>
                  <td>{t(`import.problem.${problem.code as 'quote'}`)}</td>
                  <td className="nc-mono np-cell">{problem.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.problemsTotal > 0 && (
        <p className="nc-soft">
          {preview.problemsTotal > preview.problems.length &&
            `${t('import.moreProblems', {
              count: preview.problemsTotal - preview.problems.length,
            })} `}
          {t('import.leftOut')}
        </p>
      )}
      {preview.sample.length > 0 && (
        <div className="np-list" tabIndex={0} role="group" aria-label={t('import.sample')}>
          <table className="nc-table">
            <thead>
              <tr>
                <th className="nc-num">{t('import.line')}</th>
                <th>{t('import.result')}</th>
                <th>{t('import.row')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.sample.map(({ line, text, what }) => (
                <tr key={line}>
                  <td className="nc-num">{format.number(line)}</td>
                  <td className={what === 'same' ? 'nc-faint' : undefined}>
                    {t(`import.resultOf.${what}`)}
                  </td>
                  <td className="np-cell">{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
