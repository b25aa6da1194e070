import i18next from 'i18next'
import { act } from '../billing/billing-acts.ts'

/** To the printer of one's till, in the customer's language; told what came of it. */
export const printReceipt = async (paymentId: string, opensDrawer = false): Promise<boolean> => {
  const out = await act('billing.printReceipt', { paymentId, opensDrawer }, () => ({
    title: i18next.t('billing-counter:receipt.sent'),
  }))
  return out !== undefined
}
