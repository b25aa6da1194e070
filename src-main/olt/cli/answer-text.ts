import type { CliDialect, CliNoise } from './cli-dialect.ts'
import type { CliCommand, CliRefusal } from './cli-session.ts'
import { shownLine } from './cli-failure.ts'
import { maskedSecret } from './cli-template.ts'
import { longestMatched } from './pattern-schema.ts'

/** SECURITY: patterns see no more of a line: whatever the OLT sends, they stay quick. */
export const seen = (line: string): string =>
  line.length > longestMatched ? line.slice(0, longestMatched) : line

const longestNoiseBlock = 60

const squash = (text: string): string => text.replace(/\s+/g, '')

/** Long echoes are scrolled sideways by some line editors: the end is enough. */
const enoughOfEcho = 16
const linesBeforeEcho = 12
/** Of a line with our echo in it: a prompt, a log line and a line of ours are not longer. */
const longestEcho = 1_000

/**
 * Index of the line with which the echo of `line` ends; -1: not seen. It may be wrapped, and the
 * prompt or the rest of a log line may stand before it.
 */
export const echoEnd = (lines: readonly string[], line: string): number => {
  const whole = squash(line)
  if (whole === '') return -1
  const tail = whole.slice(-Math.max(enoughOfEcho, 0))
  let joined = ''
  for (let at = 0; at < Math.min(lines.length, linesBeforeEcho); at++) {
    joined = (joined + squash((lines[at] ?? '').slice(0, longestEcho))).slice(-2 * longestEcho)
    if (joined.endsWith(tail)) return at
  }
  return -1
}

/** Takes out what came by itself. */
export const withoutNoise = (
  lines: readonly string[],
  noise: readonly CliNoise[],
): readonly string[] => {
  if (noise.length === 0) return lines
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const found = noise.find((one) => one.line.test(seen(line)))
    if (found === undefined) kept.push(line)
    else if (found.until !== null) {
      for (let end = at; end < Math.min(lines.length, at + longestNoiseBlock); end++) {
        if (!found.until.test(seen(lines[end] ?? ''))) continue
        at = end
        break
      }
    }
  }
  return kept
}

/** Takes out the second echo (`Command:` and the line, wrapped and indented). */
const withoutReEcho = (
  lines: readonly string[],
  reEcho: RegExp | null,
  line: string,
): readonly string[] => {
  if (reEcho === null) return lines
  const whole = squash(line)
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (!reEcho.test(seen(lines[at] ?? ''))) {
      kept.push(lines[at] ?? '')
      continue
    }
    let joined = ''
    let end = at
    while (joined.length < whole.length && end + 1 < lines.length && end < at + linesBeforeEcho) {
      joined += squash((lines[end + 1] ?? '').slice(0, longestEcho))
      if (!whole.startsWith(joined)) break
      end++
    }
    at = end
  }
  return kept
}

/**
 * The answer between the echo and the prompt. `lines`: all that came, the prompt not among them, but
 * for where the OLT writes it once more after a log line.
 */
export const answerOf = (
  dialect: CliDialect,
  lines: readonly string[],
  line: string,
  prompt: string,
): string => {
  const from = echoEnd(lines, line) + 1
  const clean = withoutReEcho(withoutNoise(lines.slice(from), dialect.noise), dialect.reEcho, line)
  let start = 0
  let end = clean.length
  while (start < end && clean[start] === '') start++
  while (end > start && (clean[end - 1] === '' || clean[end - 1] === prompt)) end--
  return clean.slice(start, end).join('\n')
}

/** An error line counts before any success that follows it. */
export const refusalIn = (dialect: CliDialect, text: string): CliRefusal | null => {
  for (const line of text.split('\n')) {
    const looked = seen(line)
    if (looked === '') continue
    const found = dialect.errors.find((one) => one.match.test(looked))
    if (found !== undefined) return { kind: found.kind, line: shownLine(looked) }
  }
  return null
}

/** What `shown` hides of `line`. */
const secretsOf = (command: Pick<CliCommand, 'line' | 'shown'>): readonly string[] => {
  const parts = command.shown.split(maskedSecret)
  if (parts.length === 1) return []
  const secrets: string[] = []
  let rest = command.line
  for (const [at, part] of parts.entries()) {
    const where =
      at === parts.length - 1 && part !== '' ? rest.lastIndexOf(part) : rest.indexOf(part)
    if (where < 0 || (at === 0 && where !== 0)) return [command.line]
    if (at > 0) secrets.push(at === parts.length - 1 && part === '' ? rest : rest.slice(0, where))
    rest = rest.slice(where + part.length)
  }
  return secrets.filter((secret) => secret !== '')
}

/** SECURITY: an OLT may repeat a secret in what it answers; records and errors must not. */
export const maskedIn = (text: string, command: Pick<CliCommand, 'line' | 'shown'>): string => {
  if (command.line === command.shown) return text
  let masked = text.replaceAll(command.line, command.shown)
  for (const secret of secretsOf(command)) masked = masked.replaceAll(secret, maskedSecret)
  return masked
}
