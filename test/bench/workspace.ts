import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrivateSecretService } from '../../scripts/private-secret-service.mjs'
import type { BenchOlt } from './plant.ts'

/** Throw-away, as is all that is kept under it. */
export const benchOwner = { name: 'Bench owner', password: 'measures all day long' } as const

export interface BenchGround {
  /** A new folder under the bench's own. */
  folder(name: string): string
  /** Environment of every console: a keychain that only this bench sees. */
  readonly env: Readonly<Record<string, string>>
  /** A workspace with an owner and these OLTs. */
  workspace(name: string, olts: readonly BenchOlt[]): Promise<string>
}

/** Everything a bench leaves on disk lies in one folder, which goes with `stack`. */
export const openBenchGround = async (stack: AsyncDisposableStack): Promise<BenchGround> => {
  // Short: sockets lie in it, and their paths have a limit.
  const base = mkdtempSync(join(tmpdir(), 'nb-'))
  stack.defer(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }))
  const service = await startPrivateSecretService()
  stack.defer(() => service.stop())
  const folder = (name: string): string => mkdtempSync(join(base, `${name}-`))
  return {
    folder,
    env: service.env,
    async workspace(name, olts) {
      const dir = join(folder(name), 'workspace')
      const child = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          join(import.meta.dirname, 'workspace-child.ts'),
          dir,
        ],
        { env: service.env, stdio: ['pipe', 'ignore', 'inherit'] },
      )
      child.stdin.end(JSON.stringify({ owner: benchOwner, olts }))
      const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
      if (code !== 0) throw new Error(`the workspace could not be made (${code})`)
      return dir
    },
  }
}
