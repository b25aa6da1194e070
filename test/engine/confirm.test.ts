import { describe, expect, it } from 'vitest'
import {
  createConfirm,
  type AskPerson,
  type ConfirmRequest,
} from '../../src-main/engine/confirm.ts'
import { confirmText } from '../../src-main/notices/confirm-words.ts'

const request: ConfirmRequest = {
  action: 'apply-plan',
  risk: 'destructive',
  how: 'type-name',
  expected: 'KARANG-01',
  change: 'delete',
  olts: ['KARANG-01'],
  onus: 1,
  samples: ['HWTC11E70E9A 0/1/3:12'],
  lines: ['(config-if-gpon-0/1) ont delete 3 12'],
  serviceLossS: null,
  by: 'Sari Wijaya',
}

const waits: { run: () => void; off: boolean }[] = []
const clock = {
  now: () => 0,
  monotonic: () => 0,
  after: (_: number, run: () => void) => {
    const wait = { run, off: false }
    waits.push(wait)
    return () => {
      wait.off = true
    }
  },
}

const confirmWith = (ask: AskPerson | null, mayAnswer = true, hasSteppedUp = true) =>
  createConfirm({
    clock,
    ask,
    textOf: (_, asked) => confirmText(asked, { language: 'en', theme: 'light' }),
    mayAnswer: () => mayAnswer,
    hasSteppedUp: () => hasSteppedUp,
  })

const never = new AbortController().signal

describe('a confirmation outside the page', () => {
  it('is refused where there is no place for it', async () => {
    await expect(confirmWith(null)(1, request, never)).rejects.toMatchObject({
      code: 'confirmation-unavailable',
    })
  })

  it('is asked of nobody who has not said lately who he is, where the act is destructive', async () => {
    const asked: unknown[] = []
    const ask: AskPerson = (_, text) => {
      asked.push(text)
      return Promise.resolve('KARANG-01')
    }
    await expect(confirmWith(ask, true, false)(1, request, never)).rejects.toMatchObject({
      code: 'step-up-needed',
    })
    expect(asked).toEqual([])
    const disruptive = { ...request, risk: 'disruptive' } as const
    expect(await confirmWith(ask, true, false)(1, disruptive, never)).toBe(true)
  })

  it.each([[null], [''], ['KARANG-02'], ['karang-01'], ['KARANG-01; yes']])(
    'is a no when %j was typed instead of the name of the OLT',
    async (typed) => {
      expect(await confirmWith(() => Promise.resolve(typed))(1, request, never)).toBe(false)
    },
  )

  it('is a no when the screen was locked meanwhile', async () => {
    const confirm = confirmWith(() => Promise.resolve('KARANG-01'), false)
    expect(await confirm(1, request, never)).toBe(false)
  })

  it('is a no when nobody answers for five minutes', async () => {
    const confirm = confirmWith(
      (_, __, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))),
    )
    const answer = confirm(1, request, never)
    waits.at(-1)?.run()
    expect(await answer).toBe(false)
  })

  it('ends with whoever asked', async () => {
    const control = new AbortController()
    const confirm = confirmWith(
      (_, __, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))),
    )
    const answer = confirm(1, request, control.signal)
    control.abort()
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('cannot be asked for without what has to be typed', async () => {
    const confirm = confirmWith(() => Promise.resolve(''))
    await expect(confirm(1, { ...request, expected: '' }, never)).rejects.toThrow(/typed/)
  })

  it('is a yes when the name was typed, with blanks around or without', async () => {
    const confirm = confirmWith(() => Promise.resolve(' KARANG-01 '))
    expect(await confirm(1, request, never)).toBe(true)
  })

  it('is a yes by a press where nothing has to be typed', async () => {
    const confirm = confirmWith(() => Promise.resolve(''))
    expect(await confirm(1, { ...request, how: 'confirm', expected: '' }, never)).toBe(true)
  })
})

describe('its text', () => {
  it('says what, where, how many and what will be sent, in the person’s language', () => {
    const text = confirmText(
      { ...request, onus: 1200, samples: Array.from({ length: 20 }, (_, n) => `ONU ${n}`) },
      { language: 'id', theme: 'dark' },
    )
    expect(text).toMatchObject({
      title: 'Terapkan rencana ini?',
      grave: true,
      typeLabel: 'Ketik nama OLT untuk melanjutkan: KARANG-01',
      confirm: 'Hapus',
      lines: request.lines,
    })
    expect(text.facts.map(({ value }) => value).join('\n')).toContain('dan 1.192 lagi')
  })

  it('is cut after forty lines, and says so', () => {
    const lines = Array.from({ length: 100 }, (_, n) => `line ${n}`)
    const text = confirmText({ ...request, lines }, { language: 'en', theme: 'light' })
    expect(text.lines).toHaveLength(41)
    expect(text.lines.at(-1)).toBe('and 60 more')
  })
})
