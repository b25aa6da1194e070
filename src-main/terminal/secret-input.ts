import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/**
 * A secret for a terminal command: from the environment (never from an argument, which every
 * process on the machine can read), else typed without echo, else the next line of stdin.
 */
export const readSecret = async (variable: string, question: string): Promise<string> => {
  const given = process.env[variable]
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY) return pipedLine()
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  process.stderr.write(`${question}: `)
  const lines = createInterface({
    input: process.stdin,
    output: mute,
    terminal: true,
  })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

let piped: AsyncIterator<string> | null = null

/** One reader for all of them: it takes in more than the line that is asked for. */
const pipedLine = async (): Promise<string> => {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const line = await piped.next()
  return line.done === true ? '' : line.value
}
