import {
  IconAlertTriangle,
  IconEye,
  IconPackage,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FamilySummary } from './family-list.ts'

export type Trust = FamilySummary['trust']

export const trustIcons: Readonly<Record<Trust, Icon>> = {
  'built-in': IconPackage,
  trusted: IconShieldCheck,
  untrusted: IconEye,
  changed: IconAlertTriangle,
}

/** Whether OLTs of the family may be changed: icon and word, the reason in the tool tip. */
export const TrustBadge = ({ trust }: { readonly trust: Trust }) => {
  const { t } = useTranslation('families')
  const BadgeIcon = trustIcons[trust]
  return (
    <span className="fa-trust" data-trust={trust} title={t(`trustHint.${trust}`)}>
      <BadgeIcon size={14} stroke={1.7} aria-hidden="true" />
      {t(`trust.${trust}`)}
    </span>
  )
}
