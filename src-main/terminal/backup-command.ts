import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TerminalSession } from './session.ts'

interface BackupMade {
  /** Absolute paths: in the workspace, and the copy that was asked for. */
  readonly file: string
  readonly copy: string | null
  readonly bytes: number
}

/**
 * Makes a backup in the workspace, and the same file at `to`, whole or not at all; what is there
 * is replaced. Errors: those of `workspace.backUp`, and of writing `to`.
 */
export const backup = async (session: TerminalSession, to: string | null): Promise<BackupMade> => {
  const { name, bytes } = await session.command('workspace.backUp', {})
  const { folder } = await session.query('workspace.backups', {})
  const file = join(folder, name)
  if (to !== null) {
    const part = `${to}.${process.pid}.part`
    try {
      // With the rights of the file: its owner's alone.
      copyFileSync(file, part)
      renameSync(part, to)
    } finally {
      rmSync(part, { force: true })
    }
  }
  return { file, copy: to, bytes }
}

export const backupLines = ({ file, copy, bytes }: BackupMade): readonly string[] => [
  `${file}  ${bytes} bytes`,
  ...(copy === null ? [] : [`copied to ${copy}`]),
]
