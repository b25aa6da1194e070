import { useTranslation } from 'react-i18next'
import { paths } from '../../../app/paths.ts'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { writeShown } from './finding-model.ts'

/** From an ONU or a service to what reconciliation found about its serial number. */
export const FindingsLink = ({ serial }: { readonly serial: string }) => {
  const { t } = useTranslation('billing-reconciliation')
  return usePermissions().includes('billing.reconciliation.read') ? (
    <RouteLink to={paths.reconciliation(writeShown({ kinds: [], view: 'all', search: serial }))}>
      {t('inReconciliation')}
    </RouteLink>
  ) : null
}
