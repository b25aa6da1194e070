import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

const startProcess = (scenario: string) => {
  const child = spawn(
    process.execPath,
    [join(root, 'src-main/simulator/plant-process.ts'), '--scenario', scenario],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  return { child, lines: createInterface({ input: child.stdout }) }
}

const exitCode = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(10_000) })) as [
    number | null,
  ]
  return code
}

it('a plant process refuses a missing scenario with a reason and a code', async () => {
  const { child } = startProcess('/nowhere.yaml')
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  expect(await exitCode(child)).toBe(1)
  expect(said).toContain('/nowhere.yaml')
})

it('a plant process holds 100,352 ONUs in under 1.5 GB and ends when its stdin closes', async () => {
  const { child, lines } = startProcess(join(root, 'assets/scenarios/bench.yaml'))
  try {
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(25_000) })) as [string]
    const ready = JSON.parse(line) as { olts: unknown[]; onus: number; rssBytes: number }
    expect(ready.olts).toHaveLength(49)
    expect(ready.onus).toBe(100_352)
    expect(ready.rssBytes).toBeLessThan(1.5e9)
    child.stdin.end()
    expect(await exitCode(child)).toBe(0)
  } finally {
    child.kill()
  }
})
