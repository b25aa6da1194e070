import { describe, expect, it } from 'vitest'
import { createLatestAsker } from '../../src-renderer/app/palette-latest.ts'
import { allScopes, prefixes, readTyped } from '../../src-renderer/app/palette-scopes.ts'
import { searchScopes } from '../../src-shared/contract/search.ts'
import { settle } from '../support/settle.ts'

describe('what is typed into the palette', () => {
  it('asks for every kind of record without a prefix', () => {
    expect(readTyped('  melati 12 ')).toEqual({
      mode: 'everything',
      text: 'melati 12',
      scopes: allScopes,
      onlyIds: false,
    })
    expect([...allScopes].toSorted()).toEqual([...searchScopes].toSorted())
  })

  it('is narrowed by a prefix, in any case and with or without a space', () => {
    expect(readTyped('ONU:melati')).toMatchObject({ scopes: ['onus'], text: 'melati' })
    expect(readTyped('plant: odb')).toMatchObject({ scopes: ['nodes'], text: 'odb' })
    expect(readTyped('tic: T-12')).toMatchObject({ scopes: ['tickets'], text: 'T-12' })
    expect(readTyped('doc: inv-a')).toMatchObject({ scopes: ['documents', 'receipts'] })
    expect(readTyped('#c0ffee')).toMatchObject({ onlyIds: true, text: 'c0ffee' })
    expect(readTyped('>lock')).toMatchObject({ mode: 'actions', text: 'lock', scopes: [] })
    expect(readTyped('?')).toMatchObject({ mode: 'help', text: '' })
  })

  it('is no longer than the engine takes', () => {
    expect(readTyped('x'.repeat(300)).text).toHaveLength(100)
  })

  it('has a prefix for every kind of record', () => {
    const kinds = prefixes.flatMap(({ sign }) => {
      const { scopes, onlyIds } = readTyped(`${sign}x`)
      return onlyIds ? [] : scopes
    })
    expect(kinds.toSorted()).toEqual([...searchScopes].toSorted())
  })
})

/** Answers when it is told to. */
const slowEngine = () => {
  const asked: string[] = []
  const waiting: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = []
  const got: string[] = []
  const asker = createLatestAsker<string, string>({
    ask: (question) => {
      asked.push(question)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    answered: (question, answer) => got.push(`${question}: ${answer}`),
    failed: (question) => got.push(`${question} failed`),
  })
  return { asked, waiting, got, asker }
}

describe('asking while typing', () => {
  it('asks at once, then only the newest text while an answer is awaited', async () => {
    const { asked, waiting, got, asker } = slowEngine()
    for (const text of ['m', 'me', 'mel']) asker.ask(text)
    expect(asked).toEqual(['m'])
    waiting[0]!.resolve('1')
    await settle()
    expect(asked).toEqual(['m', 'mel'])
    waiting[1]!.resolve('3')
    await settle()
    expect(got).toEqual(['m: 1', 'mel: 3'])
  })

  it('tells of a failure only where no newer question waits', async () => {
    const { waiting, got, asker } = slowEngine()
    asker.ask('m')
    asker.ask('me')
    waiting[0]!.reject(new Error('no'))
    await settle()
    waiting[1]!.reject(new Error('no'))
    await settle()
    expect(got).toEqual(['me failed'])
  })

  it('hands nothing on after its end', async () => {
    const { asked, waiting, got, asker } = slowEngine()
    asker.ask('m')
    asker.ask('me')
    asker.stop()
    waiting[0]!.resolve('1')
    await settle()
    expect(got).toEqual([])
    expect(asked).toEqual(['m'])
  })
})
