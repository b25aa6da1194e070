import { dueOf } from '../../src-main/billing/rules.ts'
import { createDocument } from '../../src-main/billing/totals.ts'
import { factsOf, issued, on, usd, versionOf } from '../support/billing-facts.ts'

/** Two years of documents, over both changes of the clock, as text on the standard output. */
const days = [
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-10-24',
  '2026-10-25',
  '2026-10-26',
  '2027-11-01',
]
const plan = versionOf({ from: '2026-01-31', price: 33_333 })
const facts = factsOf([plan], {
  absences: [{ kind: 'pause', startOn: on('2026-04-05'), endOn: on('2026-10-25') }],
})
const out: unknown[] = []
let now = facts
for (const day of days) {
  const due = dueOf(now, on(day))
  now = issued(now, due)
  const lines = due.charges.map(({ gross, discount, amount, taxIncluded }) => ({
    gross,
    discount,
    amount,
    taxIncluded,
    taxes: [{ code: 'PPN', name: 'PPN', ratePpm: 120_000, baseNum: 11, baseDen: 12 }],
  }))
  out.push(due, createDocument({ currency: usd, lines }))
}
process.stdout.write(JSON.stringify(out))
