import type { TypedLine } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Taxing } from '../run/resolve-taxes.ts'
import { typedDocument } from './typed-document.ts'

type Look = Output<'billing.draftLook'>
type Asked = Pick<Input<'billing.draftLook'>, 'subscriberId' | 'currency'>
type Problem = Look['lines'][number]['problem']

/** What typed lines come to; one that is refused keeps the others' sums. Pure. */
export const draftLook = (
  of: Asked & Pick<Input<'billing.draftLook'>, 'lines'>,
  taxing: Taxing,
): Look => {
  const problems = of.lines.map((line) => problemOf(of, line, taxing))
  const good = of.lines.filter((_, at) => problems[at] === null)
  if (good.length === 0) return { ...nothing, lines: problems.map(refused) }
  const document = made(of, good, taxing)
  let next = 0
  return {
    lines: problems.map((problem) => {
      if (problem !== null) return refused(problem)
      const { gross, net, tax } = document.lines[next++]!
      return { gross, net, tax, problem: null }
    }),
    taxes: document.taxes.map(({ tax, ...rest }) => ({
      ...rest,
      code: tax.code,
      name: tax.name,
      ratePpm: tax.ratePpm,
      baseNum: tax.baseNum,
      baseDen: tax.baseDen,
      relief: tax.relief ?? null,
    })),
    net: document.net,
    tax: document.tax,
    total: document.total,
  }
}

const nothing = { taxes: [], net: 0, tax: 0, total: 0 }

const refused = (problem: Problem): Look['lines'][number] => ({
  gross: 0,
  net: 0,
  tax: 0,
  problem,
})

const made = ({ subscriberId, currency }: Asked, lines: TypedLine[], taxing: Taxing) =>
  typedDocument(
    { kind: 'invoice', subscriberId, currency, correctsId: null, reason: '', note: '', lines },
    taxing,
    { id: '', newId: () => '' },
  )

const problemOf = (of: Asked, line: TypedLine, taxing: Taxing): Problem => {
  try {
    made(of, [line], taxing)
    return null
  } catch (error) {
    if (!(error instanceof NocturneError)) throw error
    return { code: error.code, params: error.params }
  }
}
