import { useTranslation } from 'react-i18next'
import type { DiffCell, DiffRow } from './diff-model.ts'
import { LineText } from './line-text.tsx'

const signs = { added: '+', removed: '−', same: ' ' } as const

export interface DiffLinesProps {
  readonly row: Extract<DiffRow, { kind: 'lines' }>
  readonly top: number
  readonly split: boolean
  /** Belongs to the change that was gone to last. */
  readonly current: boolean
}

/** One row: a line, or two beside each other. What it is stands as a sign too, not as colour alone. */
export const DiffLines = ({ row, top, split, current }: DiffLinesProps) => (
  <div
    className="nb-line nb-diffline"
    data-current={current ? '' : undefined}
    data-split={split ? '' : undefined}
    style={{ top }}
  >
    {split ? (
      <>
        <Half cell={row.left} secrets={row.secrets} />
        <Half cell={row.right} secrets={row.secrets} />
      </>
    ) : (
      <Whole row={row} />
    )}
  </div>
)

const Secret = () => {
  const { t } = useTranslation('olt-backups')
  return <span className="nb-differs">{t('diff.secretDiffers')}</span>
}

const Half = ({ cell, secrets }: { readonly cell: DiffCell | null; readonly secrets: boolean }) =>
  cell === null ? (
    <span className="nb-half" data-change="none" />
  ) : (
    <span className="nb-half" data-change={cell.change}>
      <span className="nb-line__number" aria-hidden="true">
        {cell.line}
      </span>
      <code>
        <span className="nb-sign">{signs[cell.change]}</span>
        <LineText text={cell.text} part={cell.part} />
        {secrets ? <Secret /> : null}
      </code>
    </span>
  )

const Whole = ({ row }: { readonly row: DiffLinesProps['row'] }) => {
  const cell = row.left ?? row.right
  if (cell === null) return null
  return (
    <span className="nb-half" data-change={cell.change}>
      <span className="nb-line__number" aria-hidden="true">
        {row.left?.line ?? ''}
      </span>
      <span className="nb-line__number" aria-hidden="true">
        {row.right?.line ?? ''}
      </span>
      <code>
        <span className="nb-sign">{signs[cell.change]}</span>
        <LineText text={cell.text} part={cell.part} />
        {row.secrets ? <Secret /> : null}
      </code>
    </span>
  )
}
