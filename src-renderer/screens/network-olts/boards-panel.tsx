import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { chassisS } from './reading-plan.ts'

export interface BoardsPanelProps {
  readonly boards: Output<'network.olt'>['boards']
  readonly at: number | null
}

export const BoardsPanel = ({ boards, at }: BoardsPanelProps) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  return (
    <section className="nc-panel" aria-label={t('olts.page.boards')}>
      <header className="nc-panel__head">
        <h2>{t('olts.page.boards')}</h2>
        <span className="nc-small">
          <DataAge at={at} intervalS={chassisS} exact />
        </span>
      </header>
      {boards.length === 0 ? (
        <p className="no-quiet">{t('olts.page.boardsNone')}</p>
      ) : (
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('olts.page.slot')}</th>
              <th scope="col">{t('olts.page.board')}</th>
              <th scope="col">{t('olts.page.boardState')}</th>
              <th scope="col" className="nc-num">
                {t('olts.page.cpu')}
              </th>
              <th scope="col" className="nc-num">
                {t('olts.page.memory')}
              </th>
              <th scope="col" className="nc-num">
                {t('olts.page.temperature')}
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
