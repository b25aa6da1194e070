import { describe, expect, it } from 'vitest'
import type { AskPerson } from '../../src-main/engine/confirm.ts'
import { createShowSecret, type SecretRequest } from '../../src-main/engine/secret-window.ts'
import { secretText } from '../../src-main/notices/secret-words.ts'
import { createManualClock } from '../support/manual-clock.ts'

const request: SecretRequest = {
  kind: 'recovery-codes',
  qr: null,
  lines: ['ABCDE-FGHJK'],
  of: 'Sari',
  until: null,
}
const never = new AbortController().signal
const untilAborted: AskPerson = (_, __, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))

const showWith = (ask: AskPerson | null) => {
  const clock = createManualClock()
  const turnedAway = new Set<() => void>()
  const show = createShowSecret({
    clock,
    ask,
    textOf: (_, asked) => secretText(asked, { language: 'en', theme: 'light' }, 'linux'),
    onTurnedAway: (_, callback) => {
      turnedAway.add(callback)
      return () => turnedAway.delete(callback)
    },
  })
  return { clock, turnedAway, show: () => show(1, request, never), showFor: show }
}

describe('a secret', () => {
  it('is shown nowhere where there is no place outside the page', async () => {
    await expect(showWith(null).show()).rejects.toMatchObject({ code: 'confirmation-unavailable' })
  })

  it('counts as unseen when its window is closed without the button', async () => {
    await expect(showWith(() => Promise.resolve(null)).show()).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('goes with the screen lock', async () => {
    const { show, turnedAway } = showWith(untilAborted)
    const shown = show()
    for (const callback of turnedAway) callback()
    await expect(shown).rejects.toMatchObject({ code: 'cancelled' })
    expect(turnedAway.size).toBe(0)
  })

  it('goes after a quarter of an hour, and with the window that asked for it', async () => {
    const late = showWith(untilAborted)
    const shown = late.show()
    late.clock.advance(15 * 60_000)
    await expect(shown).rejects.toMatchObject({ code: 'cancelled' })
    const gone = showWith(untilAborted)
    const control = new AbortController()
    const asked = gone.showFor(1, request, control.signal)
    control.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('was seen when its button was pressed', async () => {
    const { show, clock, turnedAway } = showWith(() => Promise.resolve(''))
    await show()
    expect([clock.pending, turnedAway.size]).toEqual([0, 0])
  })
})

describe('its text', () => {
  const look = { language: 'en', theme: 'dark' } as const
  it('says whose it is, for how long, and that Linux hides no window from pictures', () => {
    const until = Date.UTC(2026, 10, 24, 9)
    const text = secretText({ ...request, kind: 'one-time-code', until }, look, 'linux')
    expect(text.intro).toContain('Sari')
    expect(text.note).toMatch(/good until .*2026/)
    expect(text.note).toContain('On Linux')
    expect(secretText(request, look, 'win32').note).not.toContain('Linux')
  })

  it('has words for every kind in both languages, and prints only what is kept on paper', () => {
    const kinds = [
      'second-factor',
      'recovery-codes',
      'one-time-code',
      'recovery-kit',
      'backup-recovery-key',
    ] as const
    const printed = kinds.filter((kind) => {
      for (const language of ['en', 'id'] as const) {
        const { title, intro, note, close } = secretText(
          { ...request, kind },
          { ...look, language },
        )
        for (const words of [title, intro, note, close]) expect(words).toMatch(/\S/)
        expect(intro).not.toContain('{{')
      }
      return secretText({ ...request, kind }, look).print !== ''
    })
    expect(printed).toEqual(['recovery-codes', 'recovery-kit', 'backup-recovery-key'])
  })
})
