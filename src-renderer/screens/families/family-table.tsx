import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { FamilyLink } from './family-link.tsx'
import { sortFamilies, type FamilySummary } from './family-list.ts'
import { TrustBadge } from './trust-badge.tsx'

export interface FamilyTableProps {
  readonly label: string
  readonly families: readonly FamilySummary[]
  /** Whether the column about trust says anything here. */
  readonly withTrust: boolean
}

export const FamilyTable = ({ label, families, withTrust }: FamilyTableProps) => {
  const { t } = useTranslation('families')
  const format = useFormat()
  return (
    <div className="fa-scroll">
      <table className="nc-table fa-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('column.family')}</th>
            <th scope="col">{t('column.technology')}</th>
            <th scope="col">{t('column.models')}</th>
            <th scope="col" className="nc-num">
              {t('column.proven')}
            </th>
            <th scope="col" className="nc-num">
              {t('column.unproven')}
            </th>
            <th scope="col" className="nc-num">
              {t('column.olts')}
            </th>
            {withTrust ? <th scope="col">{t('column.trust')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {sortFamilies(families).map((family) => (
            <tr key={family.id}>
              <td>
                <FamilyLink id={family.id} label={family.title} family={undefined} />
                <span className="nc-mono nc-faint fa-id">{family.id}</span>
              </td>
              <td>{t(`technology.${family.technology}`)}</td>
              <td className="fa-models nc-cut nc-soft" title={family.models.join(', ')}>
                {family.models.length === 0 ? t('none') : family.models.join(', ')}
              </td>
              <td className="nc-num">{format.number(family.columns.proven)}</td>
              <td className="nc-num" data-zero={family.columns.unproven === 0 ? '' : undefined}>
                {format.number(family.columns.unproven)}
              </td>
              <td className="nc-num" data-zero={family.olts === 0 ? '' : undefined}>
                {format.number(family.olts)}
              </td>
              {withTrust ? (
                <td>
                  <TrustBadge trust={family.trust} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
