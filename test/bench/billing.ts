import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import type { BenchResult } from './bench.ts'
import { machineNote } from './machine.ts'
import { rounded } from './statistics.ts'

/**
 * 100,000 subscriptions billed by the run itself on an encrypted store, in a worker as the engine is;
 * this thread stands for Electron's own and does nothing but notice how late it is.
 */

interface Told {
  readonly is: 'filled' | 'billed' | 'over'
  readonly ms: number
  readonly documents: number
  readonly failed: number
  readonly bareMs: number
  readonly printed: { readonly own: number; readonly peer: number }
}

const resolutionMs = 1

/** `--quick`: to try it. BILLING_SUBSCRIPTIONS: as many as one has time for. */
const sizeOf = (): number => {
  const wished = Number(process.env['BILLING_SUBSCRIPTIONS'])
  if (Number.isInteger(wished) && wished > 0) return wished
  return process.argv.includes('--quick') ? 2000 : 100_000
}

export const benchBilling = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const subscriptions = sizeOf()
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-bench-billing-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const pdfs = Math.min(500, subscriptions)
  const worker = new Worker(new URL('./billing-child.ts', import.meta.url), {
    workerData: { folder, subscriptions, pdfs },
  })
  stack.defer(async () => void (await worker.terminate()))
  const next = (is: Told['is']): Promise<Told> =>
    new Promise((resolve, reject) => {
      const hear = (message: Told): void => {
        if (message.is !== is) return
        worker.off('message', hear)
        resolve(message)
      }
      worker.on('message', hear)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the engine of the bench ended')))
    })
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  const late = (nanoseconds: number): number =>
    rounded(Math.max(0, nanoseconds / 1e6 - resolutionMs), 2)

  await next('filled')
  const billed = next('billed')
  delay.enable()
  worker.postMessage('bill')
  const { ms, documents, failed } = await billed
  delay.disable()
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  if (documents !== subscriptions || failed > 0)
    throw new Error(`${documents} documents of ${subscriptions}, ${failed} failed`)
  const over = next('over')
  worker.postMessage('print')
  const { bareMs, printed } = await over
  const documentsPerSecond = (documents * 1000) / ms
  const p99 = late(delay.percentile(99))
  return {
    peer: 'bare better-sqlite3 transactions of the same rows; a plain pdfkit page of the same texts',
    figures: {
      documentsPerSecond: rounded(documentsPerSecond),
      mainThreadDelayP99Ms: p99,
      peakMb,
      pdfsPerSecond: rounded(1000 / printed.own),
      documentsRatio: rounded((documentsPerSecond * bareMs) / 1000, 3),
      pdfsRatio: rounded(printed.peer / printed.own, 2),
    },
    notes: [
      machine,
      `billing: ${subscriptions} subscriptions, ${documents} documents in ${rounded(ms / 1000)} s; each in an audited transaction of its own that is on the disk when it ends`,
      `peer: ${rounded(1000 / bareMs)} documents a second into tables without index, trigger, audit or rule`,
      `PDF: ${pdfs} A4 invoices, ${rounded(printed.own, 2)} ms each; the plain page ${rounded(printed.peer, 2)} ms`,
      `main thread while it billed: p50 ${late(delay.percentile(50))} ms, p99 ${p99} ms, max ${late(delay.max)} ms (wanted: p99 at most 16 ms)`,
    ],
  }
}
