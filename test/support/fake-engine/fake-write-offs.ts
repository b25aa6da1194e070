import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { chosenProblem } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { MoneyPreview } from './fake-approvals.ts'
import type { FakeCreditGate } from './fake-credits.ts'

type Names = Extract<ProcedureName, `billing.${string}${'riteOff' | 'riteOffs' | 'riteOffLook'}`>
type Handlers = { readonly [Name in Names]: (input: Input<Name>) => Output<Name> }

type Row = Output<'billing.writeOffs'>['writeOffs'][number] & { readonly subscriberId: string }
interface Wish extends Input<'billing.draftWriteOff'> {
  readonly id: string
  readonly createdAt: number
}

/** Write-offs of the fake engine. */
export const createFakeWriteOffs = (deps: {
  readonly now: () => number
  readonly today: () => string
  readonly newId: () => string
  readonly me: () => string
  readonly changed: () => void
  readonly gate: FakeCreditGate
  readonly openOf: (subscriberId: string) => Output<'billing.account'>['open']
  readonly subscriber: (id: string) => Output<'subscribers.record'> | undefined
}) => {
  const { gate } = deps
  const rows: Row[] = []
  const wishes: Wish[] = []
  const amountOf = (documents: Input<'billing.writeOffLook'>['documents']): number =>
    documents.reduce((sum, { amount }) => sum + amount, 0)
  const problemOf = ({ subscriberId, documents }: Input<'billing.writeOffLook'>) =>
    chosenProblem(amountOf(documents), documents, deps.openOf(subscriberId))
  const refuse = (input: Input<'billing.writeOffLook'>): number => {
    const problem = problemOf(input)
    if (problem !== null) throw new NocturneError(problem.code, {})
    return amountOf(input.documents)
  }
  const carryOut = (id: string, input: Input<'billing.draftWriteOff'>): number => {
    const amount = refuse(input)
    const open = deps.openOf(input.subscriberId)
    rows.unshift({
      id,
      subscriberId: input.subscriberId,
      currency: input.currency,
      amount,
      on: deps.today(),
      reason: input.reason,
      by: deps.me(),
      documents: input.documents.map((one) => ({
        ...one,
        number: open.find((document) => document.id === one.documentId)?.number ?? '',
      })),
      reversedOn: null,
      reversalReason: null,
    })
    deps.changed()
    return amount
  }
  const wishOf = (id: string): Wish => {
    const wish = wishes.find((one) => one.id === id)
    if (wish === undefined) throw new NocturneError('not-found', { what: 'write-off' })
    return wish
  }
  const drop = (wish: Wish): void => {
    wishes.splice(wishes.indexOf(wish), 1)
    deps.changed()
  }

  const handlers: Handlers = {
    'billing.writeOffs': ({ subscriberId }) => ({
      writeOffs: rows.filter((row) => row.subscriberId === subscriberId),
      wishes: wishes
        .filter((wish) => wish.subscriberId === subscriberId)
        .map((wish) => ({
          id: wish.id,
          version: 1,
          currency: wish.currency,
          amount: amountOf(wish.documents),
          reason: wish.reason,
          createdAt: wish.createdAt,
          createdBy: deps.me(),
          stands: problemOf(wish) === null,
          secondPerson: gate.needs(amountOf(wish.documents)),
        })),
    }),
    'billing.writeOffLook': (input) => {
      const amount = refuse(input)
      return { amount, secondPerson: gate.needs(amount) }
    },
    'billing.writeOff': (input) => {
      if (gate.needs(refuse(input))) throw new NocturneError('approval-needed')
      const writeOffId = deps.newId()
      return { writeOffId, amount: carryOut(writeOffId, input) }
    },
    'billing.draftWriteOff': (input) => {
      const amount = refuse(input)
      const writeOffId = deps.newId()
      wishes.push({ ...input, id: writeOffId, createdAt: deps.now() })
      deps.changed()
      return { writeOffId, version: 1, amount, secondPerson: gate.needs(amount) }
    },
    'billing.carryOutWriteOff': ({ writeOffId }) => {
      const wish = wishOf(writeOffId)
      if (gate.needs(amountOf(wish.documents))) gate.use(writeOffId)
      drop(wish)
      return { amount: carryOut(writeOffId, wish) }
    },
    'billing.dropWriteOff': ({ writeOffId }) => {
      drop(wishOf(writeOffId))
      return {}
    },
    'billing.reverseWriteOff': ({ writeOffId, reason }) => {
      const at = rows.findIndex(({ id, reversedOn }) => id === writeOffId && reversedOn === null)
      const row = rows[at]
      if (row === undefined) throw new NocturneError('write-off-reversed')
      rows[at] = { ...row, reversedOn: deps.today(), reversalReason: reason }
      deps.changed()
      return { reopened: row.documents }
    },
  }

  return {
    handlers,
    writtenOff: (documentId: string): number =>
      rows
        .filter(({ reversedOn }) => reversedOn === null)
        .flatMap(({ documents }) => documents)
        .filter((one) => one.documentId === documentId)
        .reduce((sum, { amount }) => sum + amount, 0),
    moneyOf: (id: string): MoneyPreview => {
      const { subscriberId, currency, documents, reason } = wishOf(id)
      const person = deps.subscriber(subscriberId)
      const open = deps.openOf(subscriberId)
      const total = amountOf(documents)
      return {
        documentId: null,
        number: '',
        subscriberId,
        subscriberCode: person?.code ?? '',
        subscriberName: person?.name ?? '',
        currency,
        net: total,
        tax: 0,
        total,
        reason,
        billAgain: false,
        lines: documents.map(({ documentId, amount }) => ({
          text: open.find((one) => one.id === documentId)?.number ?? '',
          amount,
        })),
      }
    },
  }
}
