import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { RecordedObject } from '../replay/recording.ts'
import { snmprecLine } from './recorded-value.ts'

/** Errors: an Error whose text says that the file is there already. */
export const refuseExisting = (file: string, force: boolean): void => {
  if (!force && existsSync(file)) throw new Error(`${file} is there already: --force replaces it`)
}

const linesPerWrite = 10_000

/**
 * Writes a .snmprec file, whole or not at all: it grows under another name. Only its owner may read
 * it. Errors: those of writing; as of `refuseExisting`.
 */
export const writeCapture = async (options: {
  readonly file: string
  readonly force: boolean
  /** Comments at the top. */
  readonly header: readonly string[]
  readonly objects: readonly RecordedObject[]
}): Promise<void> => {
  const { file, force, header, objects } = options
  refuseExisting(file, force)
  const part = `${file}.${process.pid}.part`
  // SECURITY: a record of a network is its owner's until they hand it on.
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.write(header.map((line) => `# ${line}\n`).join(''))
    for (let at = 0; at < objects.length; at += linesPerWrite) {
      const lines = objects.slice(at, at + linesPerWrite).map((object) => snmprecLine(object))
      await handle.write(`${lines.join('\n')}\n`)
    }
    await handle.sync()
    await handle.close()
    refuseExisting(file, force)
    await rename(part, file)
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}
