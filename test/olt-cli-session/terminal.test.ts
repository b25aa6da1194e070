import { describe, expect, it } from 'vitest'
import { openCliSession } from '../../src-main/olt/cli/open-session.ts'
import { ask, huaweiLike, never, someone } from './dialects.ts'
import { createFakeOlt, following } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

const open = async (script: Parameters<typeof following>[0]) => {
  const clock = createRushingClock()
  const olt = createFakeOlt({ clock, greeting: '\r\nMA5800>', react: following(script) })
  const session = await openCliSession(
    { transport: olt.transport, dialect: huaweiLike, credentials: someone, clock },
    never,
  )
  const type = (line: string, signal = never) =>
    session.typeLine({ ...ask(line), shown: line }, signal)
  return { olt, session, type }
}

describe('lines that a person types', () => {
  it('end at whatever prompt they lead to, pagers go on', async () => {
    const { type, session } = await open([
      ['enable\n', 'enable\r\nMA5800#'],
      ['display x\n', "display x\r\n one\r\n  ---- More ( Press 'Q' to break ) ----"],
      [' ', `\u001b[37D${' '.repeat(37)}\u001b[37D two\r\nMA5800#`],
    ])
    expect(await type('enable')).toEqual({ text: '', prompt: 'MA5800#', asks: false })
    expect(await type('display x')).toEqual({ text: ' one\n two', prompt: 'MA5800#', asks: false })
    expect([session.usable(), session.reusable()]).toEqual([true, false])
    expect(session.takeExchanges()).toEqual([
      { sent: 'enable', answer: '' },
      { sent: 'display x', answer: ' one\n two' },
    ])
  })

  it('end at a question too, known or not, and the next line answers it', async () => {
    const { type } = await open([
      ['reset\n', 'reset\r\n  Are you sure? (y/n)[n]:'],
      ['n\n', 'n\r\nMA5800>'],
      ['odd\n', 'odd\r\nHow many times'],
      ['3\n', '3\r\ndone\r\nMA5800>'],
    ])
    expect(await type('reset')).toEqual({
      text: '',
      prompt: '  Are you sure? (y/n)[n]:',
      asks: true,
    })
    expect(await type('n')).toMatchObject({ prompt: 'MA5800>', asks: false })
    expect(await type('odd')).toMatchObject({ prompt: 'How many times', asks: true })
    expect(await type('3')).toEqual({ text: 'done', prompt: 'MA5800>', asks: false })
  })

  it('are interrupted between them and in the middle', async () => {
    const { type, olt, session } = await open([
      ['odd\n', 'odd\r\nHow many times:'],
      ['\u0003', '^C\r\nMA5800>'],
      ['ping\n', 'ping\r\nreply\r\n'],
      ['\u0003', '^C\r\nMA5800>'],
    ])
    await type('odd')
    expect(await session.interrupt()).toBe('MA5800>')
    const abort = new AbortController()
    const running = type('ping', abort.signal)
    setImmediate(() => abort.abort())
    await expect(running).rejects.toMatchObject({ code: 'cancelled', sent: true })
    expect([olt.typed(), session.usable()]).toEqual(['odd\n\u0003ping\n\u0003', true])
  })
})
