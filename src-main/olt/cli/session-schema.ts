import { z } from 'zod'
import type { CliDialect } from './cli-dialect.ts'
import { cliRefusals } from './cli-session.ts'
import { longestMatched, pattern, patterns } from './pattern-schema.ts'

/** `session` of cli.yaml: what the prompt machine has to know (cli-dialect.ts says what it means). */

const ms = (most: number) => z.int().min(1).max(most)
const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u, 'name')
/** SECURITY: what a profile sends outside its commands: printable ASCII, one line. */
const plainLine = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\x20-\x7e]+$/u, 'printable ASCII')

/** A text is typed and entered; `{ key }` is one key without Enter; '' is Enter alone. */
const reply = z
  .union([
    z
      .string()
      .max(120)
      .regex(/^[\x20-\x7e]*$/u, 'printable ASCII'),
    z.strictObject({ key: z.enum([' ', 'q', 'Q', 'y', 'n', 'Y', 'N']) }),
  ])
  .transform((one) =>
    typeof one === 'string' ? { text: one, enter: true } : { text: one.key, enter: false },
  )

const question = z.strictObject({ match: pattern, reply })

const mode = z
  .strictObject({
    name,
    prompt: pattern,
    /** How people know it: `config-if-gpon-{shelf}/{slot}`. */
    shown: plainLine.optional(),
    parent: name.optional(),
    enter: plainLine.optional(),
    password: pattern.optional(),
    questions: z.array(question).max(5).default([]),
    leave: plainLine.optional(),
  })
  .refine((one) => (one.parent === undefined) === (one.enter === undefined), {
    message: 'parent and enter come together',
  })

export const sessionSchema = z
  .strictObject({
    transports: z.array(z.enum(['ssh', 'telnet'])).min(1),
    legacySsh: z.boolean().default(false),
    lineEnd: z.enum(['lf', 'cr', 'crlf']),
    window: z
      .strictObject({ columns: z.int().min(0).max(512), rows: z.int().min(0).max(512) })
      .default({ columns: 132, rows: 0 }),
    login: z.strictObject({
      userName: patterns.default([]),
      password: patterns.default([]),
      refused: patterns.default([]),
      tooManySessions: patterns.default([]),
      passwordExpired: patterns.default([]),
      banners: z.array(question).max(5).default([]),
      wake: reply.nullable().default(null),
      timeoutMs: ms(120_000).default(30_000),
    }),
    modes: z.array(mode).min(1).max(20),
    setup: z
      .array(
        z.strictObject({
          mode: name,
          lines: z.array(plainLine).min(1).max(5),
          mayFail: z.boolean().default(false),
        }),
      )
      .max(10)
      .default([]),
    pagers: z.array(z.strictObject({ match: pattern, next: reply, quit: reply })).default([]),
    parameterPrompts: z.array(question).default([]),
    reEcho: pattern.nullable().default(null),
    confirmations: z.array(z.strictObject({ match: pattern, yes: reply, no: reply })).default([]),
    noise: z
      .array(
        z.union([
          pattern.transform((line) => ({ line, until: null })),
          z.strictObject({ line: pattern, until: pattern.nullable().default(null) }),
        ]),
      )
      .max(20)
      .default([]),
    errors: z
      .array(z.strictObject({ match: pattern, kind: z.enum(cliRefusals) }))
      .min(1)
      .max(80),
    interrupt: z.enum(['', 'ctrl-c']).default('ctrl-c'),
    logout: z.strictObject({
      from: name.nullable().default(null),
      line: plainLine,
      questions: z.array(question).max(5).default([]),
      timeoutMs: ms(60_000).default(5_000),
    }),
    neverInLine: pattern.nullable().default(null),
    limits: z
      .strictObject({
        settleMs: ms(1_000).default(20),
        /** `neverInLine` is tried on the whole of it. */
        lineLength: z.int().min(40).max(longestMatched).default(240),
        silenceMs: ms(120_000).default(15_000),
        recoverMs: ms(60_000).default(5_000),
      })
      .default({ settleMs: 20, lineLength: 240, silenceMs: 15_000, recoverMs: 5_000 }),
  })
  .superRefine(({ modes, setup, logout }, context) => {
    const known = new Set<string>()
    for (const [index, one] of modes.entries()) {
      const path = ['modes', index]
      if (known.has(one.name)) context.addIssue({ code: 'custom', path, message: 'is there twice' })
      if (one.parent !== undefined && !known.has(one.parent)) {
        context.addIssue({ code: 'custom', path, message: 'the parent stands before its child' })
      }
      known.add(one.name)
    }
    const used = [...setup.map((one) => one.mode), ...(logout.from === null ? [] : [logout.from])]
    for (const one of used) {
      if (!known.has(one)) context.addIssue({ code: 'custom', message: `there is no mode ${one}` })
    }
  })

export type SessionProfile = z.output<typeof sessionSchema>

/** The part of a profile that drives a session. */
export const dialectOf = (session: SessionProfile): CliDialect => {
  const { modes, setup, interrupt, ...same } = session
  return {
    ...same,
    modes: modes.map((one) => ({
      name: one.name,
      prompt: one.prompt,
      enter:
        one.parent === undefined || one.enter === undefined
          ? null
          : {
              parent: one.parent,
              line: one.enter,
              password: one.password ?? null,
              questions: one.questions,
            },
      leave: one.leave ?? null,
    })),
    setup: setup.map((one) => ({ ...one, mode: { name: one.mode, values: {} } })),
    interrupt: interrupt === '' ? '' : '\u0003',
  }
}
