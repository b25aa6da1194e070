import { Redirect } from 'wouter'
import { paths } from '../../app/paths.ts'
import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import { FinanceScreen } from './finance/finance-screen.tsx'
import { PlansScreen } from './plans/plans-screen.tsx'
import { useIsAgent } from './use-may.ts'

/** Billing begins with how it stands, for who may see that; for others with what is sold. */
export const BillingHome = () => {
  const seesFinance = usePermissions().includes('billing.report.read')
  const reachesAll = useReachesAll()
  const isAgent = useIsAgent()
  if (seesFinance && reachesAll) return <FinanceScreen />
  return isAgent ? <Redirect to={paths.mine()} replace /> : <PlansScreen />
}
