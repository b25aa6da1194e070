import { describe, expect, it } from 'vitest'
import { createLatestLoader } from '../../src-renderer/components/time-chart/latest-loader.ts'

const bench = () => {
  const asked: {
    question: string
    answer: (value: string) => void
    fail: (why: string) => void
  }[] = []
  const pauses: (() => void)[] = []
  const loader = createLatestLoader<string, string>({
    load: (question) =>
      new Promise((resolve, reject) => {
        asked.push({ question, answer: resolve, fail: reject })
      }),
    pauseMs: 100,
    later: (run) => {
      pauses.push(run)
      return () => pauses.splice(pauses.indexOf(run), 1)
    },
  })
  const turn = async (): Promise<void> => {
    for (let step = 0; step < 5; step++) await Promise.resolve()
  }
  return { asked, pauses, loader, turn }
}

describe('loading what is visible', () => {
  it('has one request in flight and then sends the newest question alone', async () => {
    const { asked, loader, turn } = bench()
    for (const question of ['a', 'b', 'c', 'd']) loader.ask(question)
    await turn()
    expect(asked.map(({ question }) => question)).toEqual(['a'])
    asked[0]!.answer('A')
    await turn()
    expect(asked.map(({ question }) => question)).toEqual(['a', 'd'])
    expect(loader.state()).toMatchObject({ answer: { question: 'a' }, loading: true })
  })

  it('keeps the old picture until the new one is there', async () => {
    const { asked, loader, turn } = bench()
    loader.ask('a')
    asked[0]!.answer('A')
    await turn()
    loader.ask('b')
    await turn()
    expect(loader.state()).toMatchObject({ answer: { value: 'A' }, loading: true })
    asked[1]!.fail('no')
    await turn()
    expect(loader.state()).toEqual({
      answer: { question: 'a', value: 'A' },
      failure: 'no',
      loading: false,
    })
  })

  it('waits for a pause while a wheel turns', async () => {
    const { asked, pauses, loader, turn } = bench()
    for (const question of ['a', 'b', 'c']) loader.ask(question, true)
    await turn()
    expect(asked).toEqual([])
    expect(pauses).toHaveLength(1)
    pauses[0]!()
    expect(asked.map(({ question }) => question)).toEqual(['c'])
  })

  it('does not jump the pause when an answer comes in between', async () => {
    const { asked, pauses, loader, turn } = bench()
    loader.ask('a')
    loader.ask('b', true)
    asked[0]!.answer('A')
    await turn()
    expect(asked).toHaveLength(1)
    pauses[0]!()
    expect(asked.map(({ question }) => question)).toEqual(['a', 'b'])
  })

  it('asks the last question again on retry', async () => {
    const { asked, loader, turn } = bench()
    loader.ask('a')
    asked[0]!.fail('no')
    await turn()
    loader.retry()
    asked[1]!.answer('A')
    await turn()
    expect(loader.state()).toMatchObject({ answer: { value: 'A' }, failure: undefined })
  })

  it('says nothing any more after its stop', async () => {
    const { asked, loader, turn } = bench()
    let told = 0
    loader.subscribe(() => (told += 1))
    loader.ask('a')
    const before = told
    loader.stop()
    asked[0]!.answer('A')
    await turn()
    loader.ask('b')
    expect(told).toBe(before)
    expect(asked).toHaveLength(1)
  })
})
