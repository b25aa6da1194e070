import { useState } from 'react'
import type { CashSession, CashTill } from '../../../src-shared/contract/billing-counter-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { FindPanel } from './find-panel.tsx'
import { PayPanel } from './pay-panel.tsx'
import { printReceipt } from './print.ts'
import { ReceiptView } from './receipt-view.tsx'

type Receipt = Output<'billing.counterTake'>

export interface ServeProps {
  readonly session: CashSession
  readonly till: CashTill | null
}

type Step =
  | { readonly is: 'find' }
  | { readonly is: 'pay'; readonly subscriberId: string }
  | { readonly is: 'receipt'; readonly receipt: Receipt }

/** One subscriber after the other: find, take, receipt. */
export const Serve = ({ session, till }: ServeProps) => {
  const [step, setStep] = useState<Step>({ is: 'find' })
  const again = (): void => setStep({ is: 'find' })
  useShortcut('counterFind', again)
  if (step.is === 'find') {
    return <FindPanel onChoose={(subscriberId) => setStep({ is: 'pay', subscriberId })} />
  }
  if (step.is === 'pay') {
    return (
      <PayPanel
        key={step.subscriberId}
        subscriberId={step.subscriberId}
        session={session}
        till={till}
        onBack={again}
        onTaken={(receipt) => {
          setStep({ is: 'receipt', receipt })
          // The payment stands; what comes of the paper is told beside it.
          if (till !== null && till.printer !== null) void printReceipt(receipt.paymentId, true)
        }}
      />
    )
  }
  return <ReceiptView receipt={step.receipt} till={till} onNext={again} />
}
