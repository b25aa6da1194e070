import { describe, expect, it } from 'vitest'
import { createSecretClipboard } from '../../src-main/shell/secret-clipboard.ts'
import { createManualClock } from '../support/manual-clock.ts'

/** facts/security.md row 29. */
const setUp = (readText?: () => Promise<string>) => {
  let held = ''
  const clock = createManualClock()
  const logged: string[] = []
  const clipboard = {
    readText: readText ?? (() => Promise.resolve(held)),
    writeText: (text: string) => {
      held = text
      return Promise.resolve()
    },
    clear: () => {
      held = ''
    },
  }
  const secrets = createSecretClipboard({
    clipboard,
    after: clock.after,
    log: (message) => logged.push(message),
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { clock, secrets, clipboard, settled, logged, held: () => held }
}

describe('a secret on the clipboard', () => {
  it('is taken away after thirty seconds', async () => {
    const { secrets, clock, held, settled } = setUp()
    await secrets.copy('ABCDE-FGHJK')
    clock.advance(29_999)
    await settled()
    expect(held()).toBe('ABCDE-FGHJK')
    clock.advance(1)
    await settled()
    expect(held()).toBe('')
  })

  it('is taken away at once on lock and at the end', async () => {
    const { secrets, clock, held } = setUp()
    await secrets.copy('ABCDE-FGHJK')
    await secrets.clear()
    expect([held(), clock.pending]).toEqual(['', 0])
  })

  it('what the person copied since is his', async () => {
    const { secrets, clipboard, clock, held, settled } = setUp()
    await secrets.copy('ABCDE-FGHJK')
    await clipboard.writeText('a serial number')
    clock.advance(30_000)
    await settled()
    expect(held()).toBe('a serial number')
    await secrets.clear()
    expect(held()).toBe('a serial number')
  })

  it('copied again has its thirty seconds anew', async () => {
    const { secrets, clock, held, settled } = setUp()
    await secrets.copy('ABCDE-FGHJK')
    clock.advance(20_000)
    await secrets.copy('ABCDE-FGHJK')
    clock.advance(20_000)
    await settled()
    expect(held()).toBe('ABCDE-FGHJK')
    clock.advance(10_000)
    await settled()
    expect(held()).toBe('')
  })

  it('goes also where the clipboard cannot be read', async () => {
    const { secrets, held, logged } = setUp(() => Promise.reject(new Error('no clipboard')))
    await secrets.copy('ABCDE-FGHJK')
    await secrets.clear()
    expect(held()).toBe('')
    expect(logged.join()).not.toContain('ABCDE')
  })
})
