import type { ReactNode } from 'react'

/** A plain table that prints well. `numbers`: columns that stand at the right. */
export const SheetTable = ({
  label,
  heads,
  rows,
  empty,
  numbers = [],
}: {
  readonly label: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  readonly empty: string
  readonly numbers?: readonly number[]
}) =>
  rows.length === 0 ? (
    <p className="nc-panel__body nc-soft">{empty}</p>
  ) : (
    <table className="nc-table ho-table" aria-label={label}>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} scope="col" data-number={numbers.includes(index) ? '' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]} data-number={numbers.includes(index) ? '' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
