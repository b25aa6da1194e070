import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/**
 * A secret for a terminal command: from the environment (never from an argument, which every
 * process on the machine can read), else typed without echo, else the first line of stdin.
 */
export const readSecret = async (variable: string, question: string): Promise<string> => {
  const given = process.env[variable]
  if (given !== undefined && given !== '') return given
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (process.stdin.isTTY) process.stderr.write(`${question}: `)
  const lines = createInterface({
    input: process.stdin,
    output: mute,
    terminal: process.stdin.isTTY,
  })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    if (process.stdin.isTTY) process.stderr.write('\n')
  }
}
