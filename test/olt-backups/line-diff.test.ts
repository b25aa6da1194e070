import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparable, steadyHash, tidyText } from '../../src-main/olt-backups/config-text.ts'
import { viewOf } from '../../src-main/olt-backups/diff-view.ts'
import { countChanges, diffLines, type Change } from '../../src-main/olt-backups/line-diff.ts'
import { steadyText } from '../../src-main/olt-cli/steady-text.ts'

const { signal } = new AbortController()

/** What the changes make of the first list. */
const applied = (
  before: readonly string[],
  after: readonly string[],
  changes: readonly Change[],
): { readonly from: string[]; readonly to: string[] } => {
  const from: string[] = []
  const to: string[] = []
  for (const { kind, before: left, after: right, count } of changes) {
    if (kind !== 'added') from.push(...before.slice(left, left + count))
    if (kind !== 'removed') to.push(...after.slice(right, right + count))
    if (kind === 'same') {
      expect(before.slice(left, left + count)).toEqual(after.slice(right, right + count))
    }
  }
  return { from, to }
}

describe('the difference of two lists of lines', () => {
  it('leads from one to the other, whatever they hold', async () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ff', 'ggg', '}'), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(lines, lines, async (before, after) => {
        const changes = await diffLines(before, after, signal)
        expect(applied(before, after, changes)).toEqual({ from: before, to: after })
      }),
      { seed: 72343 },
    )
  })

  it('is small where little has changed', async () => {
    const before = Array.from({ length: 5_000 }, (_, line) => `interface ${line}`)
    const after = before.toSpliced(700, 1, 'interface new', 'more').toSpliced(3_000, 2)
    const changes = await diffLines(before, after, signal)
    expect(countChanges(changes)).toEqual({ added: 2, removed: 3 })
  })

  it('ends for a hundred thousand lines that share nothing, and for as many alike ones', async () => {
    const many = (name: string) => Array.from({ length: 100_000 }, (_, line) => `${name} ${line}`)
    const strangers = await diffLines(many('a'), many('b'), signal)
    expect(countChanges(strangers)).toEqual({ added: 100_000, removed: 100_000 })
    const alike = Array.from({ length: 100_000 }, (_, line) => `same ${line % 7}`)
    const shifted = ['new', ...alike.slice(0, 60_000), 'other', ...alike.slice(60_003)]
    const changes = await diffLines(alike, shifted, signal)
    expect(applied(alike, shifted, changes).to).toEqual(shifted)
  })

  it('lets others have their turn, and is called off', async () => {
    const controller = new AbortController()
    const many = (name: string) => Array.from({ length: 60_000 }, (_, line) => `${name} ${line}`)
    let turns = 0
    const work = diffLines(many('a'), many('b'), controller.signal, () => {
      turns++
      controller.abort()
      return Promise.resolve()
    })
    await expect(work).rejects.toThrow()
    expect(turns).toBe(1)
  })
})

describe('a difference for people', () => {
  const family = {
    mask: (text: string) => text.replaceAll(/(password )\S+/gu, '$1••••'),
    steady: steadyText,
  }
  const view = async (before: string, after: string, context = 1) => {
    const [left, right] = [await comparable(before, family), await comparable(after, family)]
    const changes = await diffLines(left.keys, right.keys, signal)
    return viewOf(changes, { text: left, family }, { text: right, family }, context)
  }

  it('says that a secret differs and not how', async () => {
    const { lines } = await view('user a\npassword old1\nend\n', 'user a\npassword new2\nend\n')
    expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same user a',
      'removed password ••••',
      'added password ••••',
      'same end',
    ])
    expect(JSON.stringify(lines)).not.toMatch(/old1|new2/u)
  })

  it('numbers lines as they stand in the text, and leaves out what is equal or differs always', async () => {
    const body = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n')
    const { lines, cut } = await view(
      `! Last configuration change at 10:00:00 UTC\n${body}\nend\n`,
      `! Last configuration change at 11:00:00 UTC\n${body}\nmore\nend\n`,
    )
    expect(cut).toBe(false)
    expect(lines).toEqual([
      { kind: 'gap', text: '', before: 2, after: 2, count: 19 },
      { kind: 'same', text: 'line 19', before: 21, after: 21 },
      { kind: 'added', text: 'more', before: null, after: 22 },
      { kind: 'same', text: 'end', before: 22, after: 23 },
    ])
  })

  it('is cut where nobody reads any more, and says so', async () => {
    const many = (name: string) =>
      Array.from({ length: 30_000 }, (_, n) => `${name} ${n}`).join('\n')
    const { lines, cut } = await view(many('a'), many('b'))
    expect(cut).toBe(true)
    expect(lines.length).toBe(20_000)
  })
})

describe('two readings', () => {
  const family = { mask: (text: string) => text, steady: steadyText }
  const hash = async (text: string) => steadyHash(await comparable(text, family))

  it('are the same content although they say when they were made', async () => {
    const body = 'sysname OLT\ninterface gpon 0/1\n ont add 1 1 sn-auth 48575443\n'
    const first = `Building configuration...\n! Current configuration : 4711 bytes\n[2026-11-23 04:10:00]\n${body}`
    const second = `Building configuration...\n\n! Current configuration : 4712 bytes\n[2026-11-24 05:11:01]\n${body}  \n`
    expect(await hash(first)).toBe(await hash(second))
    expect(await hash(first)).not.toBe(await hash(first.replace('0/1', '0/2')))
  })

  it('keep every line that says something, a date within one too', () => {
    for (const line of [
      'ntp-service unicast-server 10.0.0.1',
      'description "saved at home"',
      'time-range a 10:00 to 12:00 daily',
      'username date password x',
      'clock timezone WIB 7',
      'x'.repeat(400),
    ]) {
      expect(steadyText(line)).toBe(line)
    }
  })

  it('are kept with plain line ends and without what is no text', () => {
    expect(tidyText('\r\na\r\nb\u0007\u001b[0m\rc\t\n\n')).toBe('a\nb[0m\nc\n')
  })
})
