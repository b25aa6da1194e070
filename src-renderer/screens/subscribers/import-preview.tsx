import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'

type Preview = Output<'subscribers.previewImport'>
export type Field = NonNullable<Preview['columns'][number]['field']>

const fields = [
  'name',
  'code',
  'kind',
  'status',
  'phone',
  'email',
  'street',
  'city',
  'region',
  'postcode',
  'country',
  'latitude',
  'longitude',
  'taxId',
  'language',
  'agent',
  'olt',
  'serial',
  'service',
  'note',
] as const satisfies readonly Field[]
const severalTimes: ReadonlySet<Field> = new Set(['phone', 'email', 'note'])

const separatorWords = { ',': ',', ';': ';', '\t': 'Tab' } as const

/** What each column is taken for, what is left out and why, and the first lines as they would be. */
export const ImportPreview = ({
  preview,
  onMapping,
}: {
  readonly preview: Preview
  readonly onMapping: (mapping: readonly (Field | null)[]) => void
}) => {
  const { t } = useTranslation('subscribers')
  const format = useFormat()
  const { columns } = preview

  const change = (at: number, field: Field | null): void =>
    onMapping(
      columns.map((column, place) => {
        if (place === at) return field
        // A field is one column's, but for those of which there may be several.
        return column.field === field && field !== null && !severalTimes.has(field)
          ? null
          : column.field
      }),
    )
  return (
    <>
      <p role="status">
        {t('import.read', {
          rows: format.number(preview.rows),
          encoding: preview.encoding,
          separator: separatorWords[preview.separator as ','] ?? preview.separator,
        })}
        {' · '}
        <strong>{t('import.adds', { count: preview.adds })}</strong>
        {preview.problemsTotal > 0 && (
          <> · {t('import.problems', { count: preview.problemsTotal })}</>
        )}
      </p>
      <div className="nsu-scroll" tabIndex={0} role="region" aria-label={t('import.columns')}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.field')}</th>
              <th scope="col">{t('import.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, at) => (
              // The same header may stand there twice.
              <tr key={`${at} ${column.header}`}>
                <td>{column.header}</td>
                <td>
                  <Select
                    size="xs"
                    aria-label={`${t('import.field')}: ${column.header}`}
                    value={column.field ?? ''}
                    allowDeselect={false}
                    onChange={(next) => change(at, fields.find((one) => one === next) ?? null)}
                    data={[
                      { value: '', label: t('import.noField') },
                      ...fields.map((value) => ({ value, label: t(`import.fieldOf.${value}`) })),
                    ]}
                  />
                </td>
                <td className="nc-soft">{column.sample.join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.problems.length > 0 && (
        <Lines
          title={t('import.problems', { count: preview.problemsTotal })}
          lines={preview.problems}
        />
      )}
      {preview.warnings.length > 0 && (
        <Lines
          title={t('import.warnings', { count: preview.warningsTotal })}
          lines={preview.warnings}
        />
      )}
      {preview.sample.length > 0 && (
        <details>
          <summary>{t('import.first')}</summary>
          <table className="nc-table">
            <tbody>
              {preview.sample.map((one) => (
                <tr key={one.line}>
                  <td className="nc-num">{one.line}</td>
                  <td className="nc-mono">{one.code}</td>
                  <td>{one.name}</td>
                  <td>{one.phone}</td>
                  <td>{one.address}</td>
                  <td className="nc-mono">{one.serial}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  )
}

const Lines = ({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly { readonly line: number; readonly code: string; readonly text: string }[]
}) => {
  const { t } = useTranslation('subscribers')
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <div className="nsu-short" tabIndex={0} role="region" aria-label={title}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col" className="nc-num">
                {t('import.line')}
              </th>
              <th scope="col">{t('import.why')}</th>
              <th scope="col">{t('import.what')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, code, text }) => (
              <tr key={`${line} ${code}`}>
                <td className="nc-num">{line}</td>
                <td>{t(`import.code.${code as 'phone'}`)}</td>
                <td className="nc-mono">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
