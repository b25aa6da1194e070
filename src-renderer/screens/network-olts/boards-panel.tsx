import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { FieldMark } from './field-mark.tsx'
import { chassisS } from './reading-plan.ts'

export const BoardsPanel = ({ page }: { readonly page: Output<'network.olt'> }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { boards, boardsAt, boardsNotOffered, boardsUnproven } = page
  const trust = { notOffered: boardsNotOffered, unproven: boardsUnproven }
  return (
    <section className="nc-panel" aria-label={t('olts.page.boards')}>
      <header className="nc-panel__head">
        <h2>{t('olts.page.boards')}</h2>
        <span className="nc-small">
          <DataAge at={boardsAt} intervalS={chassisS} exact />
        </span>
      </header>
      {boards.length === 0 ? (
        <p className="no-quiet">{t('olts.page.boardsNone')}</p>
      ) : (
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('olts.page.slot')}</th>
              <th scope="col">
                {t('olts.page.board')}
                <FieldMark field="name" {...trust} />
              </th>
              <th scope="col">
                {t('olts.page.boardState')}
                <FieldMark field="state" {...trust} />
              </th>
              <th scope="col" className="nc-num">
                {t('olts.page.cpu')}
                <FieldMark field="cpuPercent" {...trust} />
              </th>
              <th scope="col" className="nc-num">
                {t('olts.page.memory')}
                <FieldMark field="memoryPercent" {...trust} />
              </th>
              <th scope="col" className="nc-num">
                {t('olts.page.temperature')}
                <FieldMark field="temperatureC" {...trust} />
              </th>
            </tr>
          </thead>
          <tbody>
            {boards.map((board) => (
              <tr key={`${board.shelf}/${board.slot}`} data-state={board.state}>
                <td className="nc-mono">{`${board.shelf}/${board.slot}`}</td>
                <td>{board.name ?? '–'}</td>
                <td className="no-board-state" data-state={board.state}>
                  {t(`olts.page.boardStates.${board.state}`)}
                </td>
                <td className="nc-num">{format.number(board.cpuPercent)}</td>
                <td className="nc-num">{format.number(board.memoryPercent)}</td>
                <td className="nc-num">{format.number(board.temperatureC)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
