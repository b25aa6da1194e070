import { describe, expect, it } from 'vitest'
import { commands } from '../../src-shared/contract/index.ts'
import { actText } from '../../src-renderer/screens/network-dashboard/activity-words.ts'
import { wordsOf } from '../renderer-outages/words.ts'

describe('the activity feed', () => {
  it('has plain words for every command of the contract, in both languages', async () => {
    for (const language of ['en', 'id'] as const) {
      const words = await wordsOf(language, 'dashboard')
      const nameless = Object.keys(commands).filter(
        (command) => actText(words, { command, subject: null }) === command,
      )
      expect(nameless, language).toEqual([])
    }
  })

  it('calls a command of another version by its own name', async () => {
    const words = await wordsOf('en', 'dashboard')
    expect(actText(words, { command: 'future.command', subject: null })).toBe('future.command')
    expect(actText(words, { command: 'network.addOlt', subject: 'North 1' })).toBe(
      'added an OLT: North 1',
    )
  })
})
