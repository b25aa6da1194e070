import { as, type ActKind } from './act-kind.ts'

/** Acts of billing: part of the one table (kinds.ts). */

const billingPlan = { object: ['billing-plan', 'planId'] } as const
const subscription = { object: ['subscription', 'subscriptionId'] } as const
export const billingKinds: Readonly<Record<string, ActKind>> = {
  ...as('configuration', 'warning', ['billing.configure']),
  ...as('configuration', 'warning', ['billing.saveTaxRate'], { object: ['tax-rate', 'rateId'] }),
  ...as(
    'configuration',
    'notice',
    ['billing.savePlan', 'billing.saveVersion', 'billing.removeVersion'],
    billingPlan,
  ),
  ...as('data', 'warning', ['billing.moveToVersion'], billingPlan),
  ...as('data', 'notice', ['billing.startSubscription'], {
    object: ['subscriber', 'subscriberId'],
    subject: 'subscriberId',
  }),
  // About whom: said by the handler, which knows whose it is.
  ...as(
    'data',
    'notice',
    [
      'billing.changeSubscription',
      'billing.pauseSubscription',
      'billing.resumeSubscription',
      'billing.endSubscription',
      'billing.undoPlanned',
    ],
    subscription,
  ),
  ...as('data', 'notice', ['billing.takePayment'], {
    object: ['payment', 'paymentId'],
    subject: 'subscriberId',
  }),
  // About whom: said by the handler, which knows whose it is.
  ...as('data', 'warning', ['billing.reversePayment', 'billing.refundPayment'], {
    object: ['payment', 'paymentId'],
  }),
  // About whom: said by the handlers.
  ...as('data', 'warning', ['billing.writeOff', 'billing.draftWriteOff'], {
    subject: 'subscriberId',
  }),
  ...as(
    'data',
    'warning',
    ['billing.carryOutWriteOff', 'billing.dropWriteOff', 'billing.reverseWriteOff'],
    { object: ['write-off', 'writeOffId'] },
  ),
  ...as('data', 'warning', ['billing.makeVouchers']),
  ...as('data', 'warning', ['billing.voidVouchers'], { object: ['voucher-batch', 'batchId'] }),
  ...as('system', 'info', ['billing.settled', 'billing.fillSimulated']),
  ...as('configuration', 'warning', ['billing.configureSeller']),
  // About whom: said by the handlers, which know whose document it is.
  ...as('data', 'notice', ['billing.saveDraft', 'billing.removeDraft', 'billing.issueDraft'], {
    object: ['invoice', 'documentId'],
  }),
  ...as('data', 'warning', ['billing.credit', 'billing.draftCredit', 'billing.issueCredit'], {
    object: ['invoice', 'documentId'],
  }),
  ...as('data', 'warning', ['billing.startRun']),
  ...as('data', 'warning', ['billing.cancelRun'], { object: ['billing-run', 'runId'] }),
  ...as('data', 'info', ['billing.billed'], { object: ['subscription', 'subscriptionId'] }),
  ...as('data', 'warning', ['billing.runFailed'], { object: ['subscription', 'subscriptionId'] }),
  ...as('data', 'notice', ['billing.runEnded', 'billing.runBroken']),
}
