import { as, type ActKind } from './act-kind.ts'

/** Acts of billing: part of the one table (kinds.ts). */

const billingPlan = { object: ['billing-plan', 'planId'] } as const
const subscription = { object: ['subscription', 'subscriptionId'] } as const
const agent = { object: ['account', 'accountId'], subject: 'accountId' } as const
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
  ...as('configuration', 'warning', ['billing.configurePayPal']),
  ...as('configuration', 'notice', ['billing.tryPayPal']),
  ...as('data', 'notice', ['billing.makePayPalLink', 'billing.cancelPayPalLink'], {
    object: ['paypal-link', 'linkId'],
    subject: 'subscriberId',
  }),
  // About whom: said by the handlers and the worker, which know whose link it is.
  ...as('data', 'warning', ['billing.refundPayPal'], { object: ['payment', 'paymentId'] }),
  ...as('data', 'notice', ['billing.settlePayPalMatter']),
  ...as('data', 'info', ['billing.payPalTold', 'billing.payPalRefundTold', 'billing.payPalSwept']),
  ...as('data', 'notice', ['billing.payPalBooked', 'billing.payPalRefunded']),
  ...as('data', 'warning', ['billing.payPalNotBooked']),
  ...as('data', 'info', ['billing.reconcile']),
  // About whom: said by the handler, where it is one.
  ...as('data', 'notice', ['billing.ignoreFindings', 'billing.heedFindings']),
  ...as('data', 'notice', ['billing.importBankFile', 'billing.matchBankLines']),
  // About whom: said by the desk, which knows whose payment it became.
  ...as('data', 'notice', ['billing.takeBankLine', 'billing.linkBankLine'], {
    object: ['bank-line', 'lineId'],
  }),
  ...as('data', 'warning', ['billing.returnBankLine'], { object: ['bank-line', 'lineId'] }),
  ...as('data', 'warning', ['billing.takeSureBankLines', 'billing.cancelBankTaking']),
  ...as('data', 'notice', ['billing.ignoreBankLines', 'billing.unignoreBankLines']),
  ...as('data', 'info', ['billing.bankLineTaken'], { object: ['bank-line', 'lineId'] }),
  ...as('configuration', 'warning', ['billing.configurePapers']),
  // About whom: said by the handlers, which know whose paper it is.
  ...as('data', 'notice', ['billing.documentPdf', 'billing.documentUbl'], {
    object: ['invoice', 'documentId'],
  }),
  ...as('data', 'notice', ['billing.receiptPdf', 'billing.receiptPdfOfMine'], {
    object: ['payment', 'paymentId'],
  }),
  ...as('data', 'notice', ['billing.statementPdf'], {
    object: ['subscriber', 'subscriberId'],
    subject: 'subscriberId',
  }),
  ...as('data', 'warning', ['billing.runPdfs', 'billing.exportJournal']),
  ...as('data', 'info', ['billing.papersKept']),
  ...as('configuration', 'warning', ['billing.saveDunningPolicy', 'billing.configureServiceRules']),
  ...as('data', 'notice', ['billing.runDunning', 'billing.markNotices']),
  // About whom: said by the handlers and the worker, which know whose case it is.
  ...as('data', 'notice', ['billing.promise', 'billing.freezeDunning'], {
    object: ['dunning-case', 'caseId'],
  }),
  ...as('data', 'notice', ['billing.disputeDocument'], { object: ['invoice', 'documentId'] }),
  ...as('data', 'warning', [
    'billing.moveSuspension',
    'billing.suspendNow',
    'billing.resumeNow',
    'billing.dunned',
    'billing.dunningFailed',
  ]),
  ...as('system', 'info', ['billing.dunningScanned']),
  ...as('data', 'notice', ['billing.runPrepaid']),
  ...as('data', 'warning', ['billing.prepaidDayIsRight']),
  ...as('configuration', 'warning', ['billing.savePrepaid']),
  // About whom: said by the worker.
  ...as('data', 'notice', ['billing.prepaidTurned']),
  ...as('system', 'info', ['billing.prepaidWorked']),
  ...as('configuration', 'warning', ['billing.saveTill']),
  // Which session: said by the handlers.
  ...as('data', 'notice', [
    'billing.openCash',
    'billing.moveCash',
    'billing.countCash',
    'billing.closeCash',
    'billing.signCash',
  ]),
  ...as('data', 'warning', ['billing.correctCash'], { object: ['cash-session', 'sessionId'] }),
  ...as('data', 'notice', ['billing.counterTake', 'billing.redeemVoucher'], {
    object: ['payment', 'paymentId'],
    subject: 'subscriberId',
  }),
  ...as('data', 'info', ['billing.printReceipt'], { object: ['payment', 'paymentId'] }),
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
  ...as('configuration', 'warning', ['billing.saveAgent', 'billing.saveAgentTerms'], agent),
  ...as('data', 'warning', ['billing.topUpAgent', 'billing.payAgent'], agent),
  // About whom: said by the handler, which knows whose it is.
  ...as('data', 'warning', ['billing.reverseAgentTransfer']),
  ...as('data', 'notice', ['billing.ownTake'], {
    object: ['payment', 'paymentId'],
    subject: 'subscriberId',
  }),
  ...as('data', 'warning', ['billing.makeVouchers']),
  ...as('data', 'warning', ['billing.voidVouchers'], { object: ['voucher-batch', 'batchId'] }),
  ...as('system', 'info', ['billing.settled', 'billing.linesSettled', 'billing.fillSimulated']),
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
