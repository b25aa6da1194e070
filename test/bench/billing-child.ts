import { noLines } from '../support/no-lines.ts'
import { alwaysYes, nobodyElse } from '../support/nobody-else.ts'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Paper from 'pdfkit'
import { classify } from '../../src-main/audit/classify.ts'
import { documentPaper } from '../../src-main/billing/pdf/document-paper.ts'
import { issuedDocument } from '../../src-main/billing/pdf/paper-tables.ts'
import { renderPaper } from '../../src-main/billing/pdf/render-paper.ts'
import { createSlices } from '../../src-main/billing/pdf/slices.ts'
import { nextTurn } from '../../src-main/billing/next-turn.ts'
import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { openBusiness } from '../../src-main/engine/open-business.ts'
import { openConnection, prepareForWriting } from '../../src-main/store/connection.ts'
import { openStore } from '../../src-main/store/open-store.ts'
import { createPrivateFile } from '../../src-main/store/workspace-files.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { createPlanSeeds } from '../support/billing-seeds.ts'

/**
 * The engine's side of the billing bench, in a worker: a real encrypted store, the capabilities as the
 * engine wires them, and the run by its command. Posts where it is; works on when it is told to.
 */
const { folder, subscriptions, pdfs } = workerData as {
  folder: string
  subscriptions: number
  pdfs: number
}
const port = parentPort
if (port === null) throw new Error('the bench’s engine was started as a program')
const keyOf = (name: string): Buffer => createHash('sha256').update(name).digest()
const key = keyOf('store of the bench')
const path = join(folder, 'ws', 'store.db')
const store = openStore({
  path,
  key,
  auditKey: keyOf('audit'),
  auditDetailKey: keyOf('audit detail'),
  clock: { now: Date.now },
  classify,
})
const newId = createUuidV7Source({ now: Date.now, randomBytes })
const actor = { accountId: null, sessionId: null, clientKind: 'bench' }
const write = (name: string, input: object, apply: (tx: Transaction) => void): void => {
  runCommand(
    store,
    { commandId: newId(), name, actor, auditInput: input, at: Date.now() },
    (tx) => {
      apply(tx)
      return { result: {} }
    },
  )
}
const reads = readsOf(store.reader)
const none = new Map()

let ended: (() => void) | null = null
const business = openBusiness({
  noc: { light: () => null, handlers: () => ({}) as never },
  plant: {} as never,
  approvals: nobodyElse,
  confirm: alwaysYes,
  clock: systemClock,
  newId,
  emit: (name, source) => {
    if (name !== 'billing.runProgress') return
    const told = typeof source === 'function' ? source(everything) : source
    if (told !== null && 'state' in told && told.state !== 'running') ended?.()
  },
  log: { info: () => undefined, warn: () => undefined, error: (...of) => console.error(...of) },
  reader: store.reader,
  write,
  network: { facts: { olts: () => none, olt: () => undefined }, withSerial: () => [] } as never,
  accounts: { nameOf: () => null, all: () => [] } as never,
  provisioning: {
    speeds: { speed: () => null, all: () => [] },
    lines: noLines,
    wantedOf: () => null,
  } as never,
  vaultKey: Buffer.alloc(32, 5),
  chance: () => 0,
  exportsFolder: join(folder, 'exports'),
  simulated: false,
})

/** Many at once: a run looks at rows, not at how they came. */
const fill = (): void => {
  let inside: Transaction | null = null
  const seeds = createPlanSeeds({
    newId,
    write: (name, input, apply) => {
      if (inside === null) write(name, input, apply)
      else apply(inside)
    },
  })
  seeds.seller()
  seeds.taxRate('PPN', 120_000, [11, 12])
  const plans = [15, 25, 35].map((price) =>
    seeds.plan(`Home ${price}`, price * 1000, { taxCodes: ['PPN'] }),
  )
  for (let done = 0; done < subscriptions; done += 1000) {
    write('test.fill', {}, (tx) => {
      inside = tx
      for (let at = done; at < Math.min(done + 1000, subscriptions); at++) {
        // Begun within the last four weeks: one document each.
        const day = new Date(Date.now() - (1 + (at % 26)) * 86_400_000).toISOString().slice(0, 10)
        const plan = plans[at % plans.length]!
        seeds.subscription(seeds.subscriber(`Customer ${at}`), plan, day)
      }
      inside = null
    })
  }
}

const call = <Out>(name: string, plan: CommandPlan<Out>): Out => {
  const run = runCommand(
    store,
    { commandId: newId(), name, actor, auditInput: {}, at: Date.now() },
    (tx) => ({ result: plan.apply(tx) }),
  )
  void plan.after?.(run.result)
  return run.result
}

const bill = async (): Promise<number> => {
  const over = new Promise<void>((resolve) => {
    ended = resolve
  })
  const context: CallContext = {
    clientId: 0,
    session: null,
    reach: everything,
    traceId: 'bench',
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  const { today } = await business.queries['billing.settings']({}, context)
  const began = performance.now()
  const input = { today, dayIsRight: true }
  call('billing.startRun', await business.commands['billing.startRun'](input, context))
  await over
  return performance.now() - began
}

const count = (table: string): number =>
  reads.all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0

/** The rows of some documents, in the order in which they were written. */
const tables = ['invoice', 'invoice_line', 'invoice_tax', 'billed_period', 'ledger_entry'] as const
const rowsOf = (ids: string): readonly (readonly [string, readonly Record<string, never>[]])[] => {
  const which = {
    invoice: 'id IN (SELECT value FROM json_each(?))',
    invoice_line: 'invoice_id IN (SELECT value FROM json_each(?))',
    invoice_tax: 'invoice_id IN (SELECT value FROM json_each(?))',
    billed_period: `invoice_line_id IN (SELECT id FROM invoice_line
      WHERE invoice_id IN (SELECT value FROM json_each(?)))`,
    ledger_entry: 'doc_id IN (SELECT value FROM json_each(?))',
  } as const
  return tables.map((table) => [
    table,
    reads.all(`SELECT * FROM ${table} WHERE ${which[table]}`, ids),
  ])
}

/** The same rows into bare tables of another encrypted file, a transaction a document: ms a document. */
const peer = (ids: readonly string[]): number => {
  const other = join(folder, 'ws', 'bare.db')
  if (!existsSync(other)) createPrivateFile(other)
  const bare = openConnection({ path: other, key, readonly: false })
  prepareForWriting(bare)
  const all = rowsOf(JSON.stringify(ids))
  const statements = new Map(
    all.map(([table, rows]) => {
      const names = Object.keys(rows[0] ?? {})
      bare.exec(`CREATE TABLE ${table} (${names.map((name) => `"${name}"`).join(', ')})`)
      return [
        table,
        bare.prepare(`INSERT INTO ${table} VALUES (${names.map((name) => `@${name}`).join(', ')})`),
      ]
    }),
  )
  const byDocument = ids.map((_, index) =>
    all.flatMap(([table, rows]) => {
      const row = rows[index]
      return row === undefined ? [] : [[table, row] as const]
    }),
  )
  const began = performance.now()
  for (const rows of byDocument) {
    bare
      .transaction(() => {
        for (const [table, row] of rows) statements.get(table)?.run(row)
      })
      .immediate()
  }
  const ms = performance.now() - began
  bare.close()
  return ms / ids.length
}

/** The same lines of text, put on a page by pdfkit's own flow. */
const barePdf = (lines: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const document = new Paper({ size: 'A4', margin: 42 })
    document.on('data', () => undefined)
    document.on('end', resolve)
    document.on('error', reject)
    document.font('Helvetica').fontSize(9)
    for (const line of lines) document.text(line)
    document.end()
  })

const print = async (ids: readonly string[]): Promise<{ own: number; peer: number }> => {
  const slices = createSlices({ monotonic: () => performance.now(), nextTurn })
  const models = ids.map((id) => {
    const document = issuedDocument(reads, id)
    if (document === null || document === 'draft') throw new Error('a document is missing')
    return documentPaper(document, { codes: [] }, 'id')
  })
  const texts = models.map((model) => [
    model.title,
    model.seller.name,
    ...model.seller.lines,
    model.buyer.name,
    ...model.buyer.lines,
    ...model.facts.flat(),
    ...model.table.columns.map(({ head }) => head),
    ...model.table.rows.flatMap(({ cells, small }) => [...cells, ...small]),
    ...model.sums.flatMap(({ label, value }) => [label, value]),
    ...(model.taxes?.rows.flatMap(({ cells }) => cells) ?? []),
    model.page,
  ])
  // Once for nothing, so that neither is measured cold.
  for (const model of models.slice(0, 20)) await renderPaper(model, 'a4', slices)
  for (const lines of texts.slice(0, 20)) await barePdf(lines)
  let began = performance.now()
  for (const model of models) await renderPaper(model, 'a4', slices)
  const own = performance.now() - began
  began = performance.now()
  for (const lines of texts) await barePdf(lines)
  return { own: own / ids.length, peer: (performance.now() - began) / ids.length }
}

const told = (): Promise<void> => new Promise((resolve) => port.once('message', () => resolve()))

fill()
port.postMessage({ is: 'filled' })
await told()
const ms = await bill()
const documents = count('invoice')
port.postMessage({ is: 'billed', ms, documents, failed: count('billing_run_failure') })
await told()
const ids = reads
  .all<{ id: string }>(`SELECT id FROM invoice ORDER BY number LIMIT 2000`)
  .map(({ id }) => id)
const bareMs = peer(ids)
const printed = await print(ids.slice(0, pdfs))
port.postMessage({ is: 'over', bareMs, printed })
store.stop()
