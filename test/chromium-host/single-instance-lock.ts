/**
 * One process per user-data folder: a file that names the process that holds it. A later process
 * leaves its arguments beside it and goes; the first one watches for such files.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const lockName = 'stand-in-instance.lock'
const callPrefix = 'stand-in-instance-call-'

const holderOf = (lock: string): number | null => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

export const takeSingleInstanceLock = (
  folder: string,
  onSecondInstance: (argv: string[], workingDirectory: string) => void,
): boolean => {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, lockName)
  const holder = holderOf(lock)
  if (holder === process.pid) return true
  if (holder !== null) {
    const name = `${callPrefix}${String(process.pid)}`
    const call = { argv: process.argv, workingDirectory: process.cwd() }
    writeFileSync(join(folder, `.${name}`), JSON.stringify(call))
    renameSync(join(folder, `.${name}`), join(folder, name))
    return false
  }
  writeFileSync(lock, String(process.pid))
  const watcher = watch(folder, (_event, name) => {
    if (name?.startsWith(callPrefix) !== true) return
    try {
      const text = readFileSync(join(folder, name), 'utf8')
      rmSync(join(folder, name))
      const call = JSON.parse(text) as { argv: string[]; workingDirectory: string }
      onSecondInstance(call.argv, call.workingDirectory)
    } catch {
      // Seen twice: the file has been read and removed already.
    }
  })
  watcher.unref()
  process.once('exit', () => {
    rmSync(lock, { force: true })
  })
  return true
}
