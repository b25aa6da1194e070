import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface RowsProps<Row> {
  readonly title: string
  readonly heads: readonly string[]
  readonly rows: readonly Row[]
  readonly addLabel: string
  readonly onAdd: () => void
  readonly onRemove: (at: number) => void
  readonly renderCells: (row: Row, at: number) => readonly ReactNode[]
  readonly error?: string | undefined
  readonly note?: ReactNode
  readonly most: number
}

/** A short list of lines with fields: added and removed one by one. */
export const Rows = <Row,>(props: RowsProps<Row>) => {
  const { title, heads, rows, renderCells } = props
  const { t } = useTranslation('provisioning')
  return (
    <fieldset className="npv-rows">
      <legend>
        {title} {props.note}
      </legend>
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th>
                <span className="nc-hidden">{t('form.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // Rows have no name but their place.
              <tr key={at}>
                {renderCells(row, at).map((cell, column) => (
                  <td key={heads[column]}>{cell}</td>
                ))}
                <td>
                  <ActionIcon
                    aria-label={t('form.removeRow', { title, number: at + 1 })}
                    onClick={() => props.onRemove(at)}
                  >
                    <IconTrash size={15} stroke={1.7} aria-hidden="true" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {props.error !== undefined && (
        <p className="npv-bad nc-small" role="alert">
          {props.error}
        </p>
      )}
      {rows.length < props.most && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          onClick={props.onAdd}
        >
          {props.addLabel}
        </Button>
      )}
    </fieldset>
  )
}
