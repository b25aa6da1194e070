/**
 * Files that a page hands out. Chromium writes each into a folder of this process first; what the
 * shell allows is then moved to where a person's downloads go (as if he had accepted the dialog),
 * and what it refuses is gone with that folder.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { extname, join } from 'node:path'

let staging: string | null = null

/** Where Chromium is told to write, each file under the id of its download. */
export const downloadStaging = (): string => {
  if (staging !== null) return staging
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-downloads-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  staging = folder
  return folder
}

const target = (name: string): string => {
  const folder = process.env['XDG_DOWNLOAD_DIR'] ?? join(homedir(), 'Downloads')
  mkdirSync(folder, { recursive: true })
  const kind = extname(name)
  const bare = name.slice(0, name.length - kind.length)
  let path = join(folder, name)
  for (let count = 1; existsSync(path); count++) path = join(folder, `${bare} (${count})${kind}`)
  return path
}

/** The path it has now; null: another client of Chromium (a test) has taken the file for itself. */
export const keepDownload = (guid: string, name: string): string | null => {
  const written = join(downloadStaging(), guid)
  if (!existsSync(written)) return null
  const path = target(name)
  copyFileSync(written, path)
  rmSync(written, { force: true })
  return path
}
