import { IconAlertTriangle, IconEye, IconHelpHexagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { readingOnly, type FamilySummary } from './family-list.ts'
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
  const reason = readingOnly(family)
  const { unproven } = family.columns
  if (reason === null && unproven === 0) return null
  const MarkIcon =
    reason === null ? IconHelpHexagon : reason === 'changed' ? IconAlertTriangle : IconEye
  const hint = reason === null ? t('link.unproven', { count: unproven }) : t(`link.${reason}`)
  return (
    <span
      className="fa-link__mark"
      data-mark={reason ?? 'unproven'}
      role="img"
      aria-label={hint}
      title={hint}
    >
      <MarkIcon size={13} stroke={1.7} aria-hidden="true" />
    </span>
  )
}
