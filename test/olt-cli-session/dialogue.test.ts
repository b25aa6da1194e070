import { describe, expect, it } from 'vitest'
import { ask, huaweiLike, inConfig, inEnable, never, someone, zteLike } from './dialects.ts'
import { failureOf, openFakeSession as open } from './open-fake-session.ts'

describe('an answer is what stands between the echo and the prompt', () => {
  it('drops echo, noise, blank lines and the prompt', async () => {
    const { session } = await open([
      [
        'display version\n',
        'display version\r\n\r\n  VERSION : MA5800V100R019\r\n',
        '! RUNNING WARNING 1 ALARM\r\n  PARAMETERS : x\r\n--- END\r\n  PATCH : SPH1\r\n\r\nMA5800>',
      ],
    ])
    expect(await session.run(ask('display version'), never)).toEqual({
      text: '  VERSION : MA5800V100R019\n  PATCH : SPH1',
      error: null,
    })
  })

  it('joins an echo that the terminal wrapped', async () => {
    const line = `ont add 1 sn-auth "5A544547C9E3311B" omci desc "${'x'.repeat(60)}"`
    const wrapped = `${line.slice(0, 70)}\r\n${line.slice(70)}`
    const { session } = await open([
      [`${line}\n`, `${wrapped}\r\n  Failure: SN already exists\r\n\r\nMA5800>`],
    ])
    expect(await session.run(ask(line), never)).toEqual({
      text: '  Failure: SN already exists',
      error: { kind: 'serial-exists', line: 'Failure: SN already exists' },
    })
  })

  it('gives the error though a success follows it', async () => {
    const { session } = await open([
      ['x y\n', 'x y\r\n  Failure: System is busy, please retry\r\n  success: 1\r\nMA5800>'],
    ])
    expect((await session.run(ask('x y'), never)).error).toEqual({
      kind: 'busy',
      line: 'Failure: System is busy, please retry',
    })
  })

  it('answers the parameter prompt with Enter and drops the second echo', async () => {
    const line = 'ont add 1 sn-auth "5A544547C9E3311B" omci ont-lineprofile-id 60'
    const { session, olt } = await open([
      [`${line}\n`, `${line}\r\n{ <cr>|ont-type<K> }:`],
      [
        '\n',
        `\r\n\r\n  Command:\r\n          ${line.slice(0, 40)}\r\n          ${line.slice(40)}\r\n`,
        '  Number of ONTs that can be added: 1, success: 1\r\n  PortID :6, ONTID :2\r\n\r\nMA5800>',
      ],
    ])
    expect((await session.run(ask(line), never)).text).toBe(
      '  Number of ONTs that can be added: 1, success: 1\n  PortID :6, ONTID :2',
    )
    expect(olt.typed()).toBe(`${line}\n\n`)
  })

  it('pages on, with Huawei’s exact wipe, and keeps the columns of the next line', async () => {
    const pager = "  ---- More ( Press 'Q' to break ) ----"
    const wipe = `\u001b[37D${' '.repeat(37)}\u001b[37D`
    const { session, olt } = await open([
      ['display x\n', `display x\r\n  1  one\r\n${pager}`],
      [' ', `${wipe}  2  two\r\n${pager}`],
      [' ', `${wipe}  3  three\r\n\r\nMA5800>`],
    ])
    expect((await session.run(ask('display x'), never)).text).toBe('  1  one\n  2  two\n  3  three')
    expect(olt.typed()).toBe('display x\n  ')
  })

  it('pages on, with ZTE’s eight backspaces', async () => {
    const wipe = `${'\b'.repeat(8)}${' '.repeat(8)}${'\b'.repeat(8)}`
    const { session } = await open(
      [
        ['show card\r\n', 'show card\r\nShelf Slot\r\n1     3\r\n--More--'],
        [' ', `${wipe}1    10    GFGL\r\nZXAN#`],
      ],
      zteLike,
    )
    const answer = await session.run(ask('show card', inEnable), never)
    expect(answer.text).toBe('Shelf Slot\n1     3\n1    10    GFGL')
  })

  it('makes columns of cursor jumps, as VSOL draws them', async () => {
    const { session } = await open([
      [
        'show onu\n',
        'show onu\r\nOnuIndex\u001b[5CSn\u001b[30GState\r\nGPON0/1:1\u001b[4CGPON00\r\nMA5800>',
      ],
    ])
    expect((await session.run(ask('show onu'), never)).text).toBe(
      'OnuIndex     Sn              State\nGPON0/1:1    GPON00'.replace(
        'Sn              State',
        `Sn${' '.repeat(29 - 15)}State`,
      ),
    )
  })

  it('leaves a recorded table as it is', async () => {
    const text = [
      '-'.repeat(88),
      '  F/S P  ONT    SN               Control  Run     Config    Match     Last       Desc',
      '         ID                      flag     state   state     state     down-cause',
      '-'.repeat(88),
      '  0/0 1  4      ZTEGC89FE178     Active   Online  success   match     dying-gasp Street/ Vlan 24',
      '  0/0 1  32     ZTEGCD7D32CF     Deactive Offline success   match     dying-gasp Lane',
      '',
      '  Total: 31,  online: 31,  deactive: 0,  success: 31 , failed: 0',
    ].join('\n')
    const { session } = await open([
      ['show all\n', `show all\r\n${text.replaceAll('\n', '\r\n')}\r\nMA5800>`],
    ])
    expect((await session.run(ask('show all'), never)).text).toBe(text)
  })
})

describe('a prompt', () => {
  it('counts only when nothing follows it: the same text in an answer does not end it', async () => {
    const { session } = await open([
      ['display cur\n', 'display cur\r\nMA5800>', { afterMs: 10, say: '\r\n more\r\nMA5800>' }],
    ])
    expect((await session.run(ask('display cur'), never)).text).toBe('MA5800>\n more')
  })

  it('of another host is text', async () => {
    const { session } = await open([
      ['show log\n', 'show log\r\nOTHER>', { afterMs: 500, say: ' login\r\nMA5800>' }],
    ])
    expect((await session.run(ask('show log'), never)).text).toBe('OTHER> login')
  })

  it('is found with a log line after it', async () => {
    const noise = '\r\n[2026/08/17 11:34:19]  Info: ONU 6/61 ZTEGcc98debf authorization success'
    for (const tail of [noise, `${noise}\r\n`]) {
      const { session } = await open([['show x\n', `show x\r\n one\r\nMA5800>${tail}`]])
      expect((await session.run(ask('show x'), never)).text).toBe(' one')
    }
  })

  it('written anew after a log line is there once', async () => {
    const noise = '\r\n[2026/08/17 11:34:19]  Info: ONU 6/61\r\n'
    const { session } = await open([['show x\n', `show x\r\n one\r\nMA5800>${noise}MA5800>`]])
    expect((await session.run(ask('show x'), never)).text).toBe(' one')
  })

  it('that came late from an earlier line does not end the next one', async () => {
    const { session } = await open([
      ['a\n', 'a\r\nfirst\r\nMA5800>'],
      ['b\n', '\r\nMA5800>', { afterMs: 2_000, say: 'b\r\nsecond\r\nMA5800>' }],
    ])
    expect((await session.run(ask('a'), never)).text).toBe('first')
    expect((await session.run(ask('b'), never)).text).toBe('second')
  })

  it('without any echo still ends an answer', async () => {
    const { session } = await open([
      ['a\n', 'first\r\nMA5800>'],
      ['b\n', 'second\r\nMA5800>'],
    ])
    expect((await session.run(ask('a'), never)).text).toBe('first')
    expect((await session.run(ask('b'), never)).text).toBe('second')
  })

  it('of another mode is an error, and the session is over', async () => {
    const { session, olt } = await open([
      ['enable\n', 'enable\r\nMA5800#'],
      ['reset x\n', 'reset x\r\n  Reenter times have reached the upper limit\r\nMA5800>'],
      ['quit\n', { say: '\r\n', hangUp: true }],
    ])
    const failure = await failureOf(session.run(ask('reset x', inEnable), never))
    expect([failure.code, failure.params['line'], failure.sent]).toEqual([
      'cli-unexpected-answer',
      'MA5800>',
      true,
    ])
    expect(session.usable()).toBe(false)
    await session.logOut()
    expect(olt.closed()).toBe(true)
  })
})

describe('a question', () => {
  const deletes = [
    ['delete 1\n', 'delete 1\r\n  Are you sure? (y/n)[n]:'],
    ['n\n', 'n\r\nMA5800>'],
    ['display\n', 'display\r\nfine\r\nMA5800>'],
  ] as const

  it('is answered with no unless the command said confirm, and that is an error', async () => {
    const { session, olt } = await open(deletes)
    const failure = await failureOf(session.run(ask('delete 1'), never))
    expect([failure.code, failure.params['why'], failure.sent]).toEqual([
      'cli-unexpected-answer',
      'not-confirmed',
      true,
    ])
    expect(olt.typed()).toBe('delete 1\nn\n')
    expect((await session.run(ask('display'), never)).text).toBe('fine')
  })

  it('is answered with yes when the command said confirm', async () => {
    const { session } = await open([
      ['delete 1\n', 'delete 1\r\n  Are you sure? (y/n)[n]:'],
      ['y\n', 'y\r\n  success: 1\r\nMA5800>'],
    ])
    const answer = await session.run({ ...ask('delete 1'), confirm: true }, never)
    expect(answer).toEqual({ text: '  success: 1', error: null })
  })

  it('that nobody knows is an error and is interrupted', async () => {
    const { session, olt } = await open([
      ['format x\n', 'format x\r\nType the word of the day:'],
      ['\u0003', '\r\nMA5800>'],
    ])
    const failure = await failureOf(session.run(ask('format x'), never))
    expect([failure.code, failure.params['line']]).toEqual([
      'cli-unexpected-answer',
      'Type the word of the day:',
    ])
    expect(olt.typed()).toBe('format x\n\u0003')
    expect(session.usable()).toBe(false)
  })

  it('asked without end is an error', async () => {
    const { session } = await open([], huaweiLike, {
      react: (typed) => (typed.endsWith('\n') ? [`${typed}\r\n Sure? (y/n)[n]:`] : null),
    })
    const failure = await failureOf(session.run({ ...ask('x'), confirm: true }, never))
    expect(failure.code).toBe('cli-unexpected-answer')
    expect(session.usable()).toBe(false)
  })
})

describe('modes', () => {
  const gpon = (slot: string) => ({ name: 'gpon', values: { frame: '0', slot } })

  it('goes down with the enable password, across to a sibling, and not at all when it is there', async () => {
    const { session, olt } = await open([
      ['enable\n', 'enable\r\nEnable password:'],
      [`${someone.enablePassword}\n`, '\r\nMA5800#'],
      ['config\n', 'config\r\nMA5800(config)#'],
      ['interface gpon 0/1\n', 'interface gpon 0/1\r\nMA5800(config-if-gpon-0/1)#'],
      ['a\n', 'a\r\nMA5800(config-if-gpon-0/1)#'],
      ['b\n', 'b\r\nMA5800(config-if-gpon-0/1)#'],
      ['quit\n', 'quit\r\nMA5800(config)#'],
      ['interface gpon 0/2\n', 'interface gpon 0/2\r\nMA5800(config-if-gpon-0/2)#'],
      ['c\n', 'c\r\nMA5800(config-if-gpon-0/2)#'],
    ])
    await session.run(ask('a', gpon('1')), never)
    await session.run(ask('b', gpon('1')), never)
    await session.run(ask('c', gpon('2')), never)
    expect(olt.typed().split('\n').slice(0, -1)).toEqual([
      'enable',
      someone.enablePassword,
      'config',
      'interface gpon 0/1',
      'a',
      'b',
      'quit',
      'interface gpon 0/2',
      'c',
    ])
    expect(JSON.stringify(session.takeExchanges())).not.toContain(someone.enablePassword)
    expect(session.takeExchanges()).toEqual([])
  })

  it('tells modes with one prompt apart by what it entered', async () => {
    const { session } = await open(
      [
        ['configure terminal\r\n', 'configure terminal\r\nZXAN(config)#'],
        ['interface gpon-olt_1/2/1\r\n', 'interface gpon-olt_1/2/1\r\nZXAN(config-if)#'],
        ['no onu 1\r\n', 'no onu 1\r\n[Successful]\r\nZXAN(config-if)#'],
        ['exit\r\n', 'exit\r\nZXAN(config)#'],
        ['interface gpon-onu_1/2/1:2\r\n', 'interface gpon-onu_1/2/1:2\r\nZXAN(config-if)#'],
        ['name x\r\n', 'name x\r\nZXAN(config-if)#'],
      ],
      zteLike,
    )
    const olt = { name: 'olt', values: { pon: '1/2/1' } }
    const onu = { name: 'onu', values: { onu: '1/2/1:2' } }
    expect((await session.run(ask('no onu 1', olt), never)).text).toBe('[Successful]')
    expect((await session.run(ask('name x', onu), never)).text).toBe('')
  })

  it('that the OLT does not let us in: refused, nothing of the command was sent', async () => {
    const { session } = await open([
      ['enable\n', 'enable\r\nMA5800#'],
      ['config\n', 'config\r\n  Failure: System is busy, please retry after a while\r\nMA5800#'],
      ['config\n', 'config\r\nMA5800(config)#'],
      ['save\n', 'save\r\nMA5800(config)#'],
    ])
    const failure = await failureOf(session.run(ask('save', inConfig), never))
    expect([failure.code, failure.sent]).toEqual(['cli-busy', false])
    expect((await session.run(ask('save', inConfig), never)).error).toBe(null)
  })

  it('a wrong enable password is a refused login, given once', async () => {
    const { session, olt } = await open([
      ['enable\n', 'enable\r\nEnable password:'],
      [`${someone.enablePassword}\n`, '\r\n% Bad password\r\nEnable password:'],
      ['\u0003', '\r\nMA5800>'],
    ])
    const failure = await failureOf(session.run(ask('a', inEnable), never))
    expect([failure.code, failure.sent]).toEqual(['cli-login-refused', false])
    expect(olt.typed().split(someone.enablePassword)).toHaveLength(2)
    expect(session.usable()).toBe(false)
  })
})
