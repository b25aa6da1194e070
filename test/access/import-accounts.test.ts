import bcrypt from 'bcryptjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'

let bench: PeopleBench
const password = 'of the system before'
const hash = bcrypt.hashSync(password, 4)

beforeEach(() => {
  bench = createPeopleBench()
  const admin = bench.addAccount('Agus', 'administrator')
  bench.at(1, admin)
})

interface Preview {
  importId: string
  encoding: string
  separator: string
  adds: number
  rows: number
  problems: { line: number; code: string }[]
  sample: { login: string }[]
}

const preview = (text: string | Uint8Array, client = 1) =>
  bench.ask(client, 'access.previewAccounts', {
    fileName: 'people.csv',
    bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
  }) as Promise<Preview>
const carryOut = (importId: string, client = 1) =>
  bench.tell(client, 'access.importAccounts', { importId })
const file = (...lines: string[]) => ['name,login,role,e-mail,hash', ...lines].join('\r\n')
const accountOf = (login: string) => bench.accounts.anyByLogin(login)

describe('accounts with bcrypt hashes', () => {
  it('are read in any order of columns, separator and encoding, and looked at before', async () => {
    const text = `Kata sandi;Peran;Nama;Surel;Login\n${hash};SUPPORT;Sari Dewi;sari@isp.example;Sari`
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const seen = await preview(new Uint8Array(wide))
    expect(seen).toMatchObject({ encoding: 'UTF-16 LE', separator: ';', adds: 1, problems: [] })
    expect(seen.sample).toEqual([
      expect.objectContaining({ login: 'sari', roleId: 'support', email: 'sari@isp.example' }),
    ])
    expect(accountOf('sari')).toBeUndefined()
    expect(await carryOut(seen.importId)).toEqual({ added: 1 })
    expect(accountOf('sari')).toMatchObject({ role: 'support', passwordHash: hash })
    // Once.
    expect(await carryOut(seen.importId)).toBe('not-found')
  })

  it('open with the password of before, which becomes argon2id and keeps its mark until it is changed', async () => {
    const { importId } = await preview(file(`Sari,sari,support,,${hash}`))
    await carryOut(importId)
    expect(await bench.tell(5, 'access.signIn', { name: 'Sari', password })).toMatchObject({
      next: 'done',
    })
    expect(accountOf('sari')?.passwordHash).toMatch(/^\$argon2id\$/)
    const mark = async () => {
      const shown = (await bench.ask(1, 'access.accounts')) as {
        accounts: { login: string; passwordImportedAt: number | null }[]
      }
      return shown.accounts.find(({ login }) => login === 'sari')?.passwordImportedAt
    }
    expect(await mark()).toBe(bench.clock.now())
    const next = 'quite another long one 77'
    await bench.tell(5, 'access.changePassword', { current: password, next })
    expect(await mark()).toBeNull()
  })

  it('are refused line by line, by number: what is no bcrypt of cost 4 to 15, twice, taken, or too much', async () => {
    const cut = hash.slice(0, -1)
    const seen = await preview(
      file(
        `Ok,ok,support,,${hash}`,
        `Md5,md5,support,,5f4dcc3b5aa765d61d8327deb882cf99`,
        `Cut,cut,support,,${cut}`,
        `Dear,dear,support,,${hash.replace('$04$', '$16$')}`,
        `Cheap,cheap,support,,${hash.replace('$04$', '$03$')}`,
        `X,x,support,,${hash.replace('$2b$', '$2x$')}`,
        `Old,old,support,,${hash.replace('$2b$', '$2a$')}`,
        `Php,php,support,,${hash.replace('$2b$', '$2y$')}`,
        `Ok,OK,support,,${hash}`,
        `Agus,agus,support,,${hash}`,
        `Boss,boss,owner,,${hash}`,
        `Who,who,wizard,,${hash}`,
        `Mail,mail,support,not an address,${hash}`,
        `,nobody,support,,${hash}`,
        `None,none,support,,`,
        `"Open,open,support,,${hash}`,
      ),
    )
    expect(seen.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 hash-not-bcrypt',
      '4 hash-not-bcrypt',
      '5 hash-cost',
      '6 hash-cost',
      '7 hash-not-bcrypt',
      '10 login-twice',
      '11 login-taken',
      '12 role-beyond-own',
      '13 role-unknown',
      '14 email-invalid',
      '15 name-missing',
      '16 hash-missing',
      '17 line-broken',
    ])
    expect(await carryOut(seen.importId)).toEqual({ added: 3 })
    expect(await preview('name;role\nx;y')).toBe('import-unreadable')
    expect(await preview(new Uint8Array([0, 1, 0, 2, 0]))).toBe('import-unreadable')
  })

  it('are carried out by who looked alone, with a step-up, and no role above his own', async () => {
    const { importId } = await preview(file(`Sari,sari,administrator,,${hash}`))
    bench.at(2, bench.addAccount('Dewi', 'administrator'))
    expect(await carryOut(importId, 2)).toBe('not-found')
    bench.at(3, bench.addAccount('Budi', 'support'))
    expect(await preview(file(), 3)).toBe('permission-denied')
    bench.clock.advance(6 * 60_000)
    expect(await carryOut(importId)).toBe('step-up-needed')
    bench.clock.advance(30 * 60_000)
    bench.at(1, bench.accounts.anyByLogin('agus')?.id ?? '')
    expect(await carryOut(importId)).toBe('not-found')
    expect(accountOf('sari')).toBeUndefined()
  })

  it('that have never signed in are disabled by its undo, the others stay', async () => {
    const { importId } = await preview(
      file(`Sari,sari,support,,${hash}`, `Budi,budi,support,,${hash}`),
    )
    await carryOut(importId)
    await bench.tell(5, 'access.signIn', { name: 'Sari', password })
    expect(await bench.tell(1, 'access.undoImport', { importId })).toEqual({ disabled: 1, kept: 1 })
    expect(accountOf('budi')?.disabledAt).toBe(bench.clock.now())
    expect(accountOf('sari')?.disabledAt).toBeNull()
    expect(bench.sessions.get(5)).not.toBeNull()
    const unknown = { importId: bench.newId() }
    expect(await bench.tell(1, 'access.undoImport', unknown)).toBe('not-found')
  })

  it('show their hashes nowhere: no reply, audit row, change, result or log line holds one', async () => {
    const bad = hash.replace('$04$', '$16$')
    const seen = await preview(
      file(`Sari,sari,support,s@isp.example,${hash}`, `B,b,support,,${bad}`),
    )
    const done = await carryOut(seen.importId)
    const accounts = await bench.ask(1, 'access.accounts')
    const all = ['audit', 'change_feed', 'command_result'].map((table) =>
      bench.store.reader.prepare(`SELECT * FROM ${table}`).all(),
    )
    const text = JSON.stringify([seen, done, accounts, all, bench.lines])
    expect(text).not.toContain(hash.slice(7))
    expect(text).not.toContain('$2b$')
  })
})
