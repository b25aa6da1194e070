import type { OnuConfigPart } from '../../../src-shared/domain/onu-config.ts'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import { RefusedByOlt } from './cli-refusals.ts'
import type { CliValues } from './cli-parameters.ts'
import type { CliQuestionRule, CliReadCommand } from './cli-schema.ts'
import type { CliSession } from './cli-session.ts'
import { maskSecrets, type FamilyCli } from './family-cli.ts'
import { parseAnswer } from './parse-answer.ts'
import type { CliParser, CliRecord } from './parser-schema.ts'
import { readyQuestion } from './render-step.ts'

/** The answer of a question, as text. Null: the OLT says that there is no such ONU. */
export interface CliAsking {
  readonly text: (
    command: string,
    values: CliValues,
    onHeard?: (octets: number) => void,
  ) => Promise<{ readonly text: string; readonly isNone: boolean } | null>
  readonly records: (command: string, values: CliValues) => Promise<readonly CliRecord[] | null>
  /** Several questions, each for what those before it brought. Null: there is no such ONU. */
  readonly all: (
    questions: readonly CliQuestionRule[],
    values: CliValues,
  ) => Promise<Gathered | null>
}

export interface Gathered {
  readonly records: readonly CliRecord[]
  /** Parts that this OLT has no words for. */
  readonly unknown: readonly OnuConfigPart[]
}

const none: readonly CliRecord[] = []

/**
 * Questions in one session, by the family's words.
 * Errors: those of a session, `cli-unexpected-answer`, `cli-parameter-refused`, and what the OLT
 * says no to.
 */
export const createAsking = (
  cli: FamilyCli,
  session: CliSession,
  signal: AbortSignal,
): CliAsking => {
  const ruleOf = (name: string): CliReadCommand => {
    const rule = cli.profile.commands[name]
    if (rule === undefined) throw new Error(`the profile has no command ${name}`)
    return rule
  }

  const text: CliAsking['text'] = async (name, values, onHeard) => {
    const rule = ruleOf(name)
    const question = readyQuestion(cli, rule, values)
    const answer = await session.run(
      onHeard === undefined ? question : { ...question, onHeard },
      signal,
    )
    if (answer.error === null) return { text: answer.text, isNone: false }
    if (rule.absent.includes(answer.error.kind)) return null
    if (rule.none.includes(answer.error.kind)) return { text: '', isNone: true }
    throw new RefusedByOlt(answer.error)
  }

  /** SECURITY: a line that nobody understands may hold a password. */
  const parsed = (parser: CliParser, answer: string): readonly CliRecord[] => {
    try {
      return parseAnswer(parser, answer)
    } catch (error) {
      if (!isNocturneError(error)) throw error
      const line = maskSecrets(cli, String(error.params['line'] ?? ''))
      throw new NocturneError(error.code, { ...error.params, line })
    }
  }

  const records: CliAsking['records'] = async (name, values) => {
    const answer = await text(name, values)
    if (answer === null) return null
    const parser = cli.profile.parsers[ruleOf(name).parser ?? '']
    if (parser === undefined || answer.isNone) return none
    // What the question was about need not stand in every row of its answer.
    return parsed(parser, answer.text).map(({ kind, cells }) => ({
      kind,
      cells: { ...known(values), ...cells },
    }))
  }

  const all: CliAsking['all'] = async (questions, values) => {
    const gathered: CliRecord[] = []
    const unknown: OnuConfigPart[] = []
    for (const { command, each, ifRefused } of questions) {
      const rounds = each === undefined ? [{}] : roundsOf(each, gathered)
      for (const round of rounds) {
        const found = await records(command, { ...values, ...round }).catch((error: unknown) => {
          if (ifRefused !== undefined && mayBeMissing(error)) return 'refused' as const
          throw error
        })
        if (found === null) return null
        if (found === 'refused') {
          unknown.push(...(ifRefused ?? []))
          break
        }
        gathered.push(...found)
      }
    }
    return { records: gathered, unknown }
  }

  return { text, records, all }
}

/** A box that is busy has the words all the same. */
const mayBeMissing = (error: unknown): boolean =>
  error instanceof RefusedByOlt && error.refusal !== 'busy'

const known = (values: CliValues): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).flatMap(([k, v]) => (v === null ? [] : [[k, v]])))

/** No ONU has more of anything. */
const mostRounds = 64

const roundsOf = (
  { as, of, upTo }: NonNullable<CliQuestionRule['each']>,
  gathered: readonly CliRecord[],
): readonly CliValues[] => {
  if (upTo !== undefined) {
    const count = gathered.map(({ cells }) => cells[upTo]).find((one) => typeof one === 'number')
    const rounds = Math.min(typeof count === 'number' ? count : 0, mostRounds)
    return Array.from({ length: rounds }, (_, index) => ({ [as]: index + 1 }))
  }
  const values = gathered
    .filter(({ kind }) => kind === of)
    .map(({ cells }) => cells[as])
    .filter((one) => typeof one === 'number' || typeof one === 'string')
  return [...new Set(values)].slice(0, mostRounds).map((one) => ({ [as]: one }))
}
