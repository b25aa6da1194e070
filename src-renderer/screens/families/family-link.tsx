import { IconAlertTriangle, IconEye, IconHelpHexagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import type { FamilySummary } from './family-list.ts'
import './families.css'

export interface FamilyLinkProps {
  readonly id: string
  readonly label: string
  /** Of `families.list`; undefined: not known yet, the link then has no mark. */
  readonly family: Pick<FamilySummary, 'trust' | 'columns'> | undefined
}

/** A family by name, with a mark where it is for reading only, or else where parts are not proven. */
export const FamilyLink = ({ id, label, family }: FamilyLinkProps) => (
  <span className="fa-link">
    <RouteLink to={paths.family(id)}>{label}</RouteLink>
    {family === undefined ? null : <FamilyMark family={family} />}
  </span>
)

const FamilyMark = ({ family }: { readonly family: Pick<FamilySummary, 'trust' | 'columns'> }) => {
  const { t } = useTranslation('families')
  const { trust, columns } = family
  const isReadingOnly = trust === 'untrusted' || trust === 'changed'
  if (!isReadingOnly && columns.unproven === 0) return null
  const MarkIcon = !isReadingOnly
    ? IconHelpHexagon
    : trust === 'changed'
      ? IconAlertTriangle
      : IconEye
  const hint = isReadingOnly ? t(`link.${trust}`) : t('link.unproven', { count: columns.unproven })
  return (
    <span
      className="fa-link__mark"
      data-mark={isReadingOnly ? trust : 'unproven'}
      role="img"
      aria-label={hint}
      title={hint}
    >
      <MarkIcon size={13} stroke={1.7} aria-hidden="true" />
    </span>
  )
}
