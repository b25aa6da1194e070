import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { plainText } from './plain-text.ts'
import { newsKey, recentColumns, sortNews, type RecentColumn, type TrapNews } from './trap-list.ts'
import { TrapLooks } from './trap-looks.tsx'
import { meaningWords } from './trap-words.ts'
import { useRowKeys, useTrapSort } from './use-trap-table.ts'

const latestFirst = { column: 'lastAt', descending: true } as const

export const useRecentSort = () =>
  useTrapSort<RecentColumn>('traps-looked-at', recentColumns, latestFirst)

/** What was made of the traps that a family knows. Enter opens the OLT. */
export const RecentTable = ({ news }: { readonly news: readonly TrapNews[] }) => {
  const { t } = useTranslation('traps')
  const [sort, setSort] = useRecentSort()
  const sorted = useMemo(
    () => sortNews(news, sort, (each) => meaningWords(t, each)),
    [news, sort, t],
  )
  const keys = useRowKeys(
    useMemo(() => sorted.map(newsKey), [sorted]),
    (key) => {
      const oltId = sorted.find((each) => newsKey(each) === key)?.oltId
      if (oltId !== undefined) navigate(paths.olt(oltId))
    },
  )
  return (
    <div className="nc-panel no-table ntr-table">
      <table className="nc-table" aria-label={t('lookedAt')}>
        <thead>
          <tr>
            {recentColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'count'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
            <th scope="col">{t('column.looks')}</th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {sorted.map((each) => {
            const key = newsKey(each)
            return (
              <RecentRow
                key={key}
                rowKey={key}
                news={each}
                tabIndex={keys.isCurrent(key) ? 0 : -1}
                onFocus={keys.onFocus}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly rowKey: string
  readonly news: TrapNews
  readonly tabIndex: number
  readonly onFocus: (key: string) => void
}

const sameRow = (before: RowProps, after: RowProps): boolean =>
  before.rowKey === after.rowKey &&
  before.tabIndex === after.tabIndex &&
  before.news.lastAt === after.news.lastAt &&
  before.news.count === after.news.count &&
  before.news.oltName === after.news.oltName

const RecentRow = memo(({ rowKey, news, tabIndex, onFocus }: RowProps) => {
  const { t } = useTranslation(['traps', 'care'])
  const format = useFormat()
  return (
    <tr data-row={rowKey} tabIndex={tabIndex} onFocus={() => onFocus(rowKey)}>
      <td className="nc-soft">
        <Since at={news.lastAt} />
      </td>
      <td>
        <RouteLink to={paths.olt(news.oltId)} className="no-name">
          {news.oltName}
        </RouteLink>
      </td>
      <td className="nc-mono">{plainText(news.source)}</td>
      <td className="nc-num">{format.number(news.count)}</td>
      <td>
        {meaningWords(t, news)}
        {news.unproven === true ? (
          <abbr className="no-field-mark" data-trust="unproven" title={t('unprovenHint')}>
            {t('trust.unproven', { ns: 'care' })}
          </abbr>
        ) : null}
        {news.unknown === 0 || news.meanings.length === 0 ? null : (
          <span className="nc-faint nc-small ntr-note">
            {t('unknownOf', {
              unknown: format.number(news.unknown),
              count: format.number(news.count),
            })}
          </span>
        )}
      </td>
      <td className="ntr-wide">
        <TrapLooks news={news} />
      </td>
    </tr>
  )
}, sameRow)
