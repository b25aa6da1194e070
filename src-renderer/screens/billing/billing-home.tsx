import { usePermissions, useReachesAll } from '../../state/workspace.ts'
import { FinanceScreen } from './finance/finance-screen.tsx'
import { PlansScreen } from './plans/plans-screen.tsx'

/** Billing begins with how it stands, for who may see that; for others with what is sold. */
export const BillingHome = () => {
  const seesFinance = usePermissions().includes('billing.report.read')
  const reachesAll = useReachesAll()
  return seesFinance && reachesAll ? <FinanceScreen /> : <PlansScreen />
}
