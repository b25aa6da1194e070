import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CliDialect } from '../../src-main/olt/cli/cli-dialect.ts'
import { CliError } from '../../src-main/olt/cli/cli-failure.ts'
import { openCliSession } from '../../src-main/olt/cli/open-session.ts'
import { createTerminalText } from '../../src-main/olt/cli/terminal-text.ts'
import { ask, huaweiLike, never, someone } from './dialects.ts'
import { createFakeOlt, following, type FakeOltOptions } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

const open = async (
  options: Pick<FakeOltOptions, 'react' | 'cut' | 'kind'>,
  dialect: CliDialect = huaweiLike,
) => {
  const clock = createRushingClock()
  const isAsked = options.kind === 'telnet'
  const olt = createFakeOlt({ clock, ...(isAsked ? {} : { greeting: '\r\nMA5800>' }), ...options })
  const session = await openCliSession(
    { transport: olt.transport, dialect, credentials: someone, clock },
    never,
  )
  return { clock, olt, session }
}

const outcome = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof CliError) return [error.code, error.sent]
    throw error
  }
}

const pager = "  ---- More ( Press 'Q' to break ) ----"
const wipe = `\u001b[37D${' '.repeat(37)}\u001b[37D`

describe('an answer', () => {
  it('is the same wherever the network cuts it', async () => {
    const line = 'ont add 1 sn-auth "5A544547C9E3311B"'
    const script = [
      [`${line}\n`, `${line}\r\n{ <cr>|ont-type<K> }:`],
      ['\n', `\r\n\r\n  Command:\r\n        ${line}\r\n  añb 1\r\n${pager}`],
      [' ', `${wipe}  two\u001b[6Cx\r\n  Are you sure? (y/n)[n]:`],
      [
        'y\n',
        'y\r\n! RUNNING x\r\n y\r\n--- END\r\n  success: 1\r\n\r\nMA5800>\r\n[2026/08/17 11:34:19] x',
      ],
    ] as const
    const expected = {
      text: '  añb 1\n  two      x\n  success: 1',
      error: null,
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (sizes) => {
          const cut = (octets: Uint8Array): Uint8Array[] => {
            const parts: Uint8Array[] = []
            for (let at = 0, turn = 0; at < octets.length; turn++) {
              const size = sizes[turn % sizes.length] ?? 1
              parts.push(octets.subarray(at, at + size))
              at += size
            }
            return parts
          }
          const { session } = await open({ react: following(script), cut })
          expect(await session.run({ ...ask(line), confirm: true }, never)).toEqual(expected)
        },
      ),
      { seed: 7, numRuns: 60, examples: [[[1]], [[2]], [[3]]] },
    )
  })

  it('of any octets ends, in an answer or an error, and never holds a control character', async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        'MA5800>',
        '\r\nMA5800>',
        'x\r\n',
        pager,
        '(y/n)[n]:',
        '{ <cr>||<K> }:',
        '\u001b[999D',
        '\u001b[999C',
        '\u001b[2K',
        '\u001b]0;title\u0007',
        '\b\b\b',
        'MA5800#',
      ),
    )
    const encode = (one: string | Uint8Array): Uint8Array =>
      typeof one === 'string' ? new TextEncoder().encode(one) : one
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(piece), { maxLength: 6 }), async (answers) => {
        const { olt, clock, session } = await open({
          react: (_typed, count) => (answers[count] ?? []).map((one) => ({ say: encode(one) })),
        })
        const start = clock.monotonic()
        const got = await outcome(session.run(ask('x'), never))
        if (Array.isArray(got)) expect(got[1]).toBe(true)
        else expect(JSON.stringify(got)).not.toMatch(/\\u00[01]|\u007f/)
        expect(clock.monotonic() - start).toBeLessThanOrEqual(80_000)
        await session.logOut()
        expect([olt.closed(), session.usable()]).toEqual([true, false])
      }),
      { seed: 11, numRuns: 150 },
    )
  })

  it('longer than the command allows is an error and is interrupted', async () => {
    const flood = { say: 'row\r\n'.repeat(20_000) }
    const { olt, session } = await open({
      react: (typed) =>
        typed === '\u0003' ? ['\r\nMA5800>'] : typed.endsWith('\n') ? [flood, flood, flood] : null,
    })
    expect(await outcome(session.run(ask('x'), never))).toEqual(['cli-unexpected-answer', true])
    expect(olt.typed()).toBe('x\n\u0003')
    expect(session.usable()).toBe(false)
  })

  it('without end, even after the interrupt, closes the connection', async () => {
    const { clock, olt, session } = await open({
      react: (typed) =>
        typed.endsWith('\n')
          ? Array.from({ length: 3_000 }, () => ({ say: 'x'.repeat(5_000), afterMs: 5 }))
          : null,
    })
    const start = clock.monotonic()
    expect(await outcome(session.run(ask('x'), never))).toEqual(['cli-unexpected-answer', true])
    expect([olt.closed(), session.usable()]).toEqual([true, false])
    expect(clock.monotonic() - start).toBeLessThan(10_000)
  })

  it('of one line of 10 MB is an error', async () => {
    const { session } = await open({
      react: (typed) =>
        typed.endsWith('\n') ? [{ say: new Uint8Array(10_000_000).fill(65) }] : null,
    })
    const all = { ...ask('x'), maxAnswer: 50_000_000 }
    expect(await outcome(session.run(all, never))).toEqual(['cli-unexpected-answer', true])
  })
})

describe('a pattern of a profile', () => {
  /** The dialect with its patterns watched, and the longest text that one of them saw. */
  const watched = () => {
    let longest = 0
    class Watched extends RegExp {
      override exec(text: string): RegExpExecArray | null {
        longest = Math.max(longest, text.length)
        return super.exec(text)
      }
    }
    const watch = (part: unknown): unknown => {
      if (part instanceof RegExp) return new Watched(part.source, part.flags)
      if (Array.isArray(part)) return part.map(watch)
      if (typeof part !== 'object' || part === null) return part
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, watch(value)]))
    }
    return { dialect: watch(huaweiLike) as CliDialect, longest: () => longest }
  }

  it('never sees more of a line than its cost was worked out for', async () => {
    const long = 'x '.repeat(400)
    const script = [
      ['\n', `${long}\r\n>>User name:`],
      ['noc\n', `${long}>>User name:${long}\r\n>>User password:`],
      ['pass-word-1\n', `${long}\r\nMA5800>`],
      ['a\n', `a\r\n${long}\r\n  Command:\r\n${long}\r\n% ${long}\r\n${long}`],
      ['\u0003', `${long}\r\n${long}\r\nMA5800>`],
      ['quit\n', `${long}\r\n${long}(y/n)[n]:`],
    ] as const
    const { dialect, longest } = watched()
    const wake = { text: '', enter: true }
    const { session } = await open(
      { react: following(script), kind: 'telnet' },
      {
        ...dialect,
        login: { ...dialect.login, wake },
      },
    )
    expect(await outcome(session.run(ask('a'), never))).toEqual(['cli-timeout', true])
    await session.logOut()
    expect(longest()).toBe(255)
  })
})

describe('the terminal', () => {
  const shown = (text: string): readonly string[] => {
    const screen = createTerminalText()
    screen.start(1_000_000)
    screen.write(new TextEncoder().encode(text))
    return [...screen.lines(), screen.open() ?? '?']
  }

  it('plays what moves within a line', () => {
    expect(shown('abc\rxy\n')).toEqual(['xyc', ''])
    expect(shown('abc\b\b\bx\n')).toEqual(['xbc', ''])
    expect(shown('ab\u001b[3Cc\u001b[1Dd\n')).toEqual(['ab   d', ''])
    expect(shown('abc\u001b[2Kd')).toEqual(['   d'])
    expect(shown('a\tb\u001b[1;31mred\u001b[0m')).toEqual(['a       bred'])
    expect(shown('\u001b]0;a title\u0007x\u001b(By\u0000\u0007z\u007f')).toEqual(['xyz'])
    expect(shown('a\u001b[5;10Hb')).toEqual(['a        b'])
  })

  it('leaves no control character of anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
        const screen = createTerminalText()
        screen.start(100_000)
        screen.write(octets)
        for (const line of [...screen.lines(), screen.open() ?? '']) {
          expect(line).not.toMatch(/\p{Cc}/u)
          expect(line).toBe(line.trimEnd().length === line.length ? line : line.replace(/ +$/, ''))
        }
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('takes work in proportion to the octets: moves over a wide line cost nothing', () => {
    const screen = createTerminalText()
    screen.start(1_000_000)
    const nasty = new TextEncoder().encode('\u001b[999Cx\r'.repeat(100_000))
    screen.write(nasty)
    expect(screen.overflow()).toBe(null)
    screen.start(1_000)
    screen.write(nasty)
    expect(screen.overflow()).toBe('too-much')
  })
})
