import { once } from 'node:events'
import { Client, type ClientChannel } from 'ssh2'
import type { BenchResult } from './bench.ts'
import { machineNote } from './machine.ts'
import { rounded } from './statistics.ts'
import { openChangeLab, type ChangeLab } from '../support/change-lab.ts'

/**
 * 1,000 ONUs of 8 simulated OLTs get another description: previewed, journalled before each line,
 * read back after, over SSH. The peer is a bare SSH session per OLT that types the very same lines
 * and reads no more than the next prompt: no look before, no journal, no look after.
 */

const olts = 8
const onusPerPon = 125
const user = { userName: 'noc', password: 'lab-noc-batch' }

const scenario = {
  name: 'batch',
  seed: 5,
  community: 'lab-read',
  olts: Array.from({ length: olts }, (_, n) => ({
    name: `BATCH-${n + 1}`,
    family: n % 2 === 0 ? 'huawei-smartax' : 'zte-c300',
    model: n % 2 === 0 ? 'MA5608T' : 'C320',
    cli: { ...user, bootS: 0, saveMs: 200, telnet: null },
    population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
    pons: [{ at: n % 2 === 0 ? '0/1/0' : '1/1/1', onus: onusPerPon, split: 128 }],
  })),
}

/** Of the lines that an OLT was typed, those that change something, and how often each came. */
const changesIn = (typed: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const line of typed) {
    if (!/\bdesc(?:ription)? /.test(line)) continue
    counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  return counts
}

/** Types `lines` one after the other, each after the prompt of the one before. Resolves with ms. */
const typeBare = async (
  to: { readonly host: string; readonly port: number },
  lines: readonly string[],
): Promise<number> => {
  const client = new Client()
  client.connect({ ...to, username: user.userName, password: user.password })
  await once(client, 'ready')
  client.setNoDelay(true)
  const began = performance.now()
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell((error, opened) => (error === undefined ? resolve(opened) : reject(error))),
  )
  let seen = ''
  let wake: (() => void) | null = null
  channel.on('data', (octets: Buffer) => {
    seen += octets.toString('latin1')
    wake?.()
  })
  const prompt = async (): Promise<void> => {
    while (!/[>#]\s*$/.test(seen)) {
      // What the OLT asks by the way is answered as a person would.
      if (/\{[^}]*\}:\s*$/.test(seen)) {
        seen = ''
        channel.write('\n')
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    seen = ''
  }
  await prompt()
  for (const line of lines) {
    channel.write(`${line}\n`)
    await prompt()
  }
  const took = performance.now() - began
  client.end()
  return took
}

const runBatch = async (lab: ChangeLab) => {
  const engine = lab.engine()
  const oltIds = [...lab.oltIds.values()]
  const before = performance.now()
  const { plan } = await engine.ask('provisioning.makePlan', {
    targets: { filter: { oltIds } },
    change: { kind: 'configure', settings: { description: 'batch_{serial}' } },
    pace: { canary: 8, canaryWaitS: 0 },
    taskId: crypto.randomUUID(),
  })
  const previewMs = performance.now() - before
  if (plan.counts.total !== olts * onusPerPon) {
    throw new Error(`${plan.counts.total} ONUs in the plan: ${JSON.stringify(plan.obstacles)}`)
  }
  const began = performance.now()
  await engine.ask('provisioning.apply', { planId: plan.id, version: plan.version })
  const done = await lab.until(
    async () => (await engine.ask('provisioning.plan', { planId: plan.id })).plan,
    ({ state }) => !['running', 'canary-wait'].includes(state),
    true,
  )
  const tookMs = performance.now() - began
  if (done.state !== 'done') {
    throw new Error(`the batch ended ${done.state}: ${JSON.stringify(done.stopReason)}`)
  }
  return { planId: plan.id, previewMs, tookMs, done: done.counts.done }
}

export const benchBatch = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const lab = await openChangeLab(scenario)
  stack.defer(() => lab.stop())
  const truths = () => Promise.all(lab.addresses.map(({ oltName }) => lab.plant.truth(oltName)))

  const batch = await runBatch(lab)
  const after = await truths()
  const wrong = after.flatMap(({ onus }) =>
    onus.filter(({ serial, settings }) => settings.description !== `batch_${serial}`),
  )
  if (wrong.length > 0) throw new Error(`${wrong.length} ONUs are not as the plan says`)
  const typed = after.map(({ cli }) => changesIn(cli.typed))
  const twice = typed.reduce(
    (sum, lines) => sum + [...lines.values()].filter((count) => count > 1).length,
    0,
  )
  // A reader may be open beside the writer: what the OLT counted is both.
  const peaks = after.map(({ cli }) => cli.peakSessions)
  const views = await Promise.all(
    [...lab.oltIds.values()].map(
      async (oltId) => (await lab.engine().ask('olt-cli.access', { oltId })).access,
    ),
  )

  // The peer: what our writer typed, from its first line on, in a session of its own.
  const lines = after.map(({ cli }) =>
    cli.typed.filter((line) => !/^(quit|exit|y|yes|n|no)$/.test(line)),
  )
  const beganPeer = performance.now()
  await Promise.all(
    lab.addresses.map(({ host, cli }, n) =>
      typeBare({ host, port: cli?.sshPort ?? 0 }, bareLines(lines[n] ?? [])),
    ),
  )
  const peerMs = performance.now() - beganPeer
  const perSecond = batch.done / (batch.tookMs / 1000)
  const peerPerSecond = batch.done / (peerMs / 1000)
  return {
    peer: 'a bare SSH session per OLT that types the same changing lines',
    figures: {
      changesPerSecond: rounded(perSecond),
      maxWriterSessionsPerOlt: Math.max(...views.map(({ sessions }) => sessions.peakWriters)),
      stepsRunTwice: twice,
      ratioToBareSession: rounded(perSecond / peerPerSecond, 3),
      maxSessionsPerOlt: Math.max(...peaks),
    },
    notes: [
      machine,
      `${batch.done} ONUs of ${olts} OLTs: preview ${rounded(batch.previewMs / 1000)} s, applied and read back in ${rounded(batch.tookMs / 1000)} s`,
      `the peer typed the same changes in ${rounded(peerMs / 1000)} s (${rounded(peerPerSecond)} a second)`,
      `sessions at once per OLT, as the OLTs counted: ${peaks.join(', ')}`,
    ],
  }
}

/** Ways into views and the changes themselves; what was read is left out. */
const bareLines = (typed: readonly string[]): readonly string[] =>
  typed.filter((line) => !/^(display|show|screen|save|write)\b/.test(line))
