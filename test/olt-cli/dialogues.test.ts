import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isNocturneError } from '../../src-shared/errors.ts'
import { refusalIn } from '../../src-main/olt/cli/answer-text.ts'
import type { CliSession } from '../../src-main/olt/cli/cli-session.ts'
import type { OltConfigPort } from '../../src-main/olt/cli/config-port.ts'
import type { FamilyCli } from '../../src-main/olt/cli/family-cli.ts'
import { openConfigPort } from '../../src-main/olt/cli/open-config-port.ts'
import { fakeDesk, fakeSession } from './fake-session.ts'
import { familyClis } from './family-clis.ts'

/**
 * What OLTs have said, and what it means: one file per conversation. A line that begins with `> ` is
 * what is sent; an answer stands below it.
 */
const folder = new URL('dialogues', import.meta.url).pathname

interface Dialogue {
  readonly ask: string
  readonly answers: ReadonlyMap<string, string>
  readonly expected: unknown
}

const readDialogue = (file: string): Dialogue => {
  const answers = new Map<string, string>()
  let ask = ''
  let expected: unknown = undefined
  let sent: string | null = null
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('> ')) {
      sent = line.slice(2)
      answers.set(sent, '')
    } else if (line.startsWith('ask: ')) ask = line.slice(5)
    else if (line.startsWith('expect: ')) expected = JSON.parse(line.slice(8))
    else if (sent !== null && expected === undefined) {
      const before = answers.get(sent) ?? ''
      answers.set(sent, before === '' ? line : `${before}\n${line}`)
    }
  }
  return { ask, answers, expected }
}

const sessionOf = (cli: FamilyCli, answers: ReadonlyMap<string, string>): CliSession =>
  fakeSession(({ line }) => {
    const text = answers.get(line)
    if (text === undefined) throw new Error(`nobody said: ${line}`)
    return { text, error: refusalIn(cli.dialect, text) }
  })

const never = new AbortController().signal

const answerTo = async (port: OltConfigPort, ask: string): Promise<unknown> => {
  const [what, where = ''] = ask.split(' ')
  const [shelf = 0, slot = 0, pon = 0, onuId = 0] = where.split(/[/:]/u).map(Number)
  switch (what) {
    case 'readFound':
      return port.readFound(never)
    case 'readCatalogue':
      return port.readCatalogue(never)
    case 'findSerial':
      return port.findSerial(where, never)
    case 'readOnu':
      return port.readOnu({ shelf, slot, port: pon, onuId }, never)
    case 'readPon':
      return Object.fromEntries(await port.readPon({ shelf, slot, port: pon }, never))
    default:
      throw new Error(`no such question: ${ask}`)
  }
}

describe.each(readdirSync(folder))('what a %s says', (family) => {
  it.each(readdirSync(join(folder, family)))('is understood: %s', async (file) => {
    const cli = familyClis.get(family)
    if (cli === undefined) throw new Error(`no cli.yaml of ${family}`)
    const { ask, answers, expected } = readDialogue(join(folder, family, file))
    const port = openConfigPort({
      cli,
      desk: fakeDesk(sessionOf(cli, answers)),
      snmp: null,
      ponPorts: () => [{ shelf: 0, slot: 0, port: 1 }],
    })
    const said = await answerTo(port, ask).catch((error: unknown) => {
      if (!isNocturneError(error)) throw error
      return { error: error.code }
    })
    expect(said).toEqual(expected)
  })
})
