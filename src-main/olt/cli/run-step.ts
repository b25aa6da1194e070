import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { maskedIn } from './answer-text.ts'
import { wasSent } from './cli-failure.ts'
import type { CliValues } from './cli-parameters.ts'
import { problemOf, refusalProblem } from './cli-refusals.ts'
import type { CliAnswer, CliSession } from './cli-session.ts'
import type { Exchange, SnmpSet, StepOutcome } from './config-port.ts'
import { longestMatched } from './pattern-schema.ts'
import type { ReadyLine } from './render-step.ts'

/** Characters of an answer that a journal keeps. */
const keptOfAnswer = 4_000

const unexpected = (line: string): Problem => ({
  code: 'cli-unexpected-answer',
  params: { line: line.trim().slice(0, 200) },
})

/** Null: the answer is what it should be. */
const judge = (
  { rule, command }: ReadyLine,
  answer: CliAnswer,
  values: CliValues,
): { readonly kind: 'refused' | 'unknown'; readonly problem: Problem } | null => {
  if (answer.error !== null) {
    if (rule.tolerate.includes(answer.error.kind)) return null
    const refusal = { ...answer.error, line: maskedIn(answer.error.line, command) }
    return { kind: 'refused', problem: refusalProblem(refusal) }
  }
  const lines = answer.text.split('\n').filter((line) => line.trim() !== '')
  const { expect } = rule
  if (expect === undefined) {
    const strange = lines.find((line) => !rule.notices.some((one) => fits(one, line)))
    return strange === undefined ? null : { kind: 'unknown', problem: unexpected(strange) }
  }
  const found = lines
    .map((line) => (line.length > longestMatched ? null : expect.exec(line)))
    .find((one) => one !== null)
  if (found === null || found === undefined) {
    return { kind: 'unknown', problem: unexpected(lines.at(-1) ?? '') }
  }
  for (const [name, text] of Object.entries(found.groups ?? {})) {
    // It was done, and to something else than we said.
    if (text !== undefined && String(values[name]) !== text) {
      return { kind: 'unknown', problem: unexpected(found.input) }
    }
  }
  return null
}

const fits = (pattern: RegExp, line: string): boolean =>
  line.length <= longestMatched && pattern.test(line)

/**
 * Sends the lines one after the other and stops at the first that is not answered as it should be.
 * Never throws but for a bug.
 */
export const runLines = async (
  session: CliSession,
  lines: readonly ReadyLine[],
  values: CliValues,
  signal: AbortSignal,
): Promise<StepOutcome> => {
  const exchanges: Exchange[] = []
  for (const [index, line] of lines.entries()) {
    const { command } = line
    let answer: CliAnswer
    try {
      answer = await session.run(command, signal)
    } catch (error) {
      if (!isNocturneError(error)) throw error
      const sent = wasSent(error)
      // What was answered until then is in the session's own record.
      if (sent) exchanges.push(lastExchange(session, command.shown))
      const kind = sent || index > 0 ? 'unknown' : 'not-sent'
      return { kind, problem: problemOf(error), exchanges }
    }
    // SECURITY: what an OLT repeats of a secret is neither kept nor part of an error.
    const text = maskedIn(answer.text, command)
    exchanges.push({ sent: command.shown, answer: text.slice(0, keptOfAnswer) })
    const fault = judge(line, { ...answer, text }, values)
    if (fault !== null) return { ...fault, exchanges }
  }
  return { kind: 'done', exchanges, onuId: null }
}

const lastExchange = (session: CliSession, shown: string): Exchange => {
  const last = session.takeExchanges().at(-1)
  return last?.sent === shown ? last : { sent: shown, answer: '' }
}

/** How values are set on the OLT over SNMP; made by openSnmpWriter (../snmp/set.ts). */
export interface SnmpWriteAccess {
  /**
   * One SET, sent once. Errors: those of a session, `cli-refused` {line} for what the agent says no
   * to. `timeout`: it may have been taken.
   */
  readonly set: (sets: readonly SnmpSet[], signal: AbortSignal) => Promise<void>
}

/** Errors that come before a request leaves. */
const beforeSending: ReadonlySet<string> = new Set([
  'olt-host-unresolvable',
  'olt-no-route',
  'cli-no-access',
  'olt-v3-algorithm-missing',
])

/** Each set in a request of its own: some agents act on the order. */
export const runSets = async (
  access: SnmpWriteAccess | null,
  sets: readonly SnmpSet[],
  signal: AbortSignal,
): Promise<StepOutcome> => {
  const exchanges: Exchange[] = []
  if (access === null) {
    return { kind: 'not-sent', problem: problemOf(noWriteAccess()), exchanges }
  }
  for (const [index, set] of sets.entries()) {
    const sent = `set ${set.oid} = ${set.value} (${set.meaning})`
    try {
      await access.set([set], signal)
      exchanges.push({ sent, answer: 'ok' })
    } catch (error) {
      const problem = problemOf(error)
      if (index === 0 && beforeSending.has(problem.code)) {
        return { kind: 'not-sent', problem, exchanges }
      }
      exchanges.push({ sent, answer: problem.code })
      const isNo = problem.code === 'cli-refused' || problem.code === 'olt-access-denied'
      return { kind: isNo ? 'refused' : 'unknown', problem, exchanges }
    }
  }
  return { kind: 'done', exchanges, onuId: null }
}

export const noWriteAccess = (): NocturneError =>
  new NocturneError('cli-no-access', { what: 'write-community' })

export const withOnuId = (outcome: StepOutcome, step: DeviceStep): StepOutcome =>
  outcome.kind === 'done' && step.kind === 'add-onu'
    ? { ...outcome, onuId: step.address.onuId }
    : outcome
