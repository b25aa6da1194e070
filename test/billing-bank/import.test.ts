import { describe, expect, test } from 'vitest'
import type { BankMapping } from '../../src-shared/contract/billing-bank-model.ts'
import { budi, codeOf } from '../billing-payments/payments-bench.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { createBankBench, tableOf } from './bank-bench.ts'

const two = tableOf(
  ['2026-06-01', 'Budi Santoso', 'DE89370400440532013000', 'Internet', 'R1', '100.00'],
  ['2026-06-02', 'Ani', '', 'June', 'R2', '50.00'],
)

const mt940 = (account: string, closing = 'C260602EUR1150,00'): string => `:20:S
:25:${account}
:28C:7/1
:60F:C260531EUR1000,00
:61:2606010601C100,00NTRFNONREF//B1
:86:166?20SVWZ+Internet?31DE89370400440532013000?32Budi
:61:2606020602C50,00NTRFNONREF//B2
:86:166?20SVWZ+Internet?32Ani
:62F:${closing}
-`

describe('a file of the bank is refused', () => {
  test('when it is empty, no text, no table, damaged, or too long', async () => {
    const bench = createBankBench()
    const code = (given: string | Uint8Array<ArrayBuffer>) => codeOf(() => bench.preview(given))
    expect(await code('')).toBe('bank-file-empty')
    expect(await code(new Uint8Array([0, 1, 2, 0]))).toBe('bank-file-unknown')
    expect(await code('only some words')).toBe('bank-file-unknown')
    expect(await code('<html><body>no</body></html>')).toBe('bank-file-unknown')
    expect(await code('<Document><BkToCstmrStmt><Stmt></Document>')).toBe('bank-file-broken')
    expect(await code('<!DOCTYPE x [<!ENTITY a "b">]><BkToCstmrStmt></BkToCstmrStmt>')).toBe(
      'bank-file-hostile',
    )
    const row = ['2026-06-01', 'B', '', 'x', '', '1.00'] as const
    const long = tableOf(...Array.from({ length: 20_001 }, () => row))
    expect(await code(long)).toBe('bank-file-size')
    expect(await code(new Uint8Array(16 * 1024 * 1024 + 1).fill(65))).toBe('bank-file-size')
    expect(bench.count('bank_line')).toBe(0)
  })

  test('of another account than the chosen one', async () => {
    const bench = createBankBench()
    await bench.bring(mt940('111'), { accountId: null }, 'First')
    const [first] = (await bench.ask('billing.bankAccounts', {})).accounts
    const accountId = first!.id
    expect(await codeOf(() => bench.preview(mt940('222'), { accountId }))).toBe(
      'bank-file-other-account',
    )
    expect(await codeOf(() => bench.preview(two, { accountId: bench.newId() }))).toBe('not-found')
    // One whose files never said its number is not the one that has it.
    await bench.bring(two, {}, 'Second')
    const { accounts } = await bench.ask('billing.bankAccounts', {})
    const second = accounts.find(({ name }) => name === 'Second')!.id
    expect(await codeOf(() => bench.preview(mt940('111'), { accountId: second }))).toBe(
      'bank-file-other-account',
    )
  })

  test('when nobody looked at it, and under a name that another account has', async () => {
    const bench = createBankBench()
    const stagedId = bench.newId()
    expect(await codeOf(() => bench.act('billing.importBankFile', { stagedId }))).toBe('not-found')
    await bench.bring(two)
    const { stagedId: again } = await bench.preview(two)
    const bring = (accountName: string) =>
      codeOf(() => bench.act('billing.importBankFile', { stagedId: again, accountName }))
    expect(await bring('OUR BANK')).toBe('bank-account-taken')
    // A table does not say whose it is.
    expect(await bring('')).toBe('invalid-input')
    // What one account looked at, no other brings in.
    const other = { ...bench.context, session: { accountId: bench.newId() } as never }
    expect(
      await codeOf(() =>
        bench.act('billing.importBankFile', { stagedId: again, accountName: 'B' }, other),
      ),
    ).toBe('not-found')
  })
})

describe('lines that cannot be kept are told, and the rest is', () => {
  test('wrong days, amounts and currencies, quotes that never close', async () => {
    const bench = createBankBench()
    const text = [
      'Date,Description,Amount,Currency',
      '2026-06-01,good,10.00,EUR',
      '2026-13-01,no such month,10.00,EUR',
      '2026-06-16,tomorrow,10.00,EUR',
      '2019-06-16,long ago,10.00,EUR',
      '2026-06-01,no amount,ten,EUR',
      '2026-06-01,nothing,0.00,EUR',
      '2026-06-01,dollars,10.00,USD',
      '2026-06-01,no such money,10.00,XQX',
      '2026-06-02,out,-4.00,EUR',
      '2026-06-02,"broken,10.00,EUR',
    ].join('\n')
    const seen = await bench.preview(text)
    expect(seen).toMatchObject({
      format: 'csv',
      read: 2,
      fresh: 2,
      incoming: [{ currency: 'EUR', count: 1, minor: 1000 }],
      outgoing: [{ currency: 'EUR', count: 1, minor: -400 }],
    })
    expect(seen.problems.map(({ position, code }) => [position, code])).toEqual([
      [3, 'bad-date'],
      [4, 'day-in-future'],
      [5, 'day-too-early'],
      [6, 'bad-amount'],
      [7, 'zero-amount'],
      [8, 'wrong-currency'],
      [9, 'unknown-currency'],
      [11, 'broken-quote'],
    ])
    const { importId } = await bench.act('billing.importBankFile', {
      stagedId: seen.stagedId,
      accountName: 'A',
    })
    const report = await bench.ask('billing.bankImport', { importId })
    expect(report.import).toMatchObject({ read: 2, added: 2, failed: 8, waiting: 2 })
    expect(report.problems).toHaveLength(8)
  })

  test('a closing balance that does not add up is told, and so is how much is missing', async () => {
    const bench = createBankBench()
    const good = await bench.preview(mt940('111'))
    expect(good.statements).toMatchObject([{ account: '111', number: '7/1', difference: 0 }])
    const bad = await bench.preview(mt940('111', 'C260602EUR1170,00'))
    expect(bad.statements).toMatchObject([{ difference: 2000 }])
    expect(bad.problems).toMatchObject([{ code: 'balance-differs' }])
    const { importId } = await bench.bring(mt940('111', 'C260602EUR1170,00'), {}, '')
    const { import: row } = await bench.ask('billing.bankImport', { importId })
    expect(row).toMatchObject({ differs: 1, accounts: ['111'] })
  })

  test('any encoding is read: UTF-8 with mark, UTF-16, Windows-1252', async () => {
    const bench = createBankBench()
    const text = two.replace('Budi Santoso', 'Jürgen')
    const wide = new Uint8Array(
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    )
    const narrow = new Uint8Array(Buffer.from(text, 'latin1'))
    const marked = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf8'))
    for (const bytes of [wide, narrow, marked]) {
      const seen = await bench.preview(bytes)
      expect([seen.read, seen.sample[0]?.payer]).toEqual([2, 'Jürgen'])
    }
  })
})

describe('a second time', () => {
  test('the same file changes nothing at all', async () => {
    const bench = createBankBench()
    await bench.bring(two)
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    const accountId = account!.id
    const seen = await bench.preview(two, { accountId })
    expect([seen.read, seen.fresh]).toEqual([2, 0])
    expect(seen.sample.every(({ known }) => known)).toBe(true)
    const { stagedId } = seen
    expect(await codeOf(() => bench.act('billing.importBankFile', { stagedId }))).toBe(
      'bank-file-known',
    )
    expect([bench.count('bank_line'), bench.count('bank_import')]).toEqual([2, 1])
  })

  test('a file that overlaps adds only what is new; two equal payments of a day are two', async () => {
    const bench = createBankBench()
    await bench.bring(two)
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    const ani = ['2026-06-02', 'Ani', '', 'June', 'R2', '50.00'] as const
    const more = tableOf(ani, ani, ['2026-06-03', 'Cici', '', 'x', 'R3', '7.00'])
    const out = await bench.bring(more, { accountId: account!.id })
    expect(out).toMatchObject({ added: 2, known: 1 })
    expect((await bench.lines()).map(({ minor }) => minor)).toEqual([10_000, 5000, 5000, 700])
  })

  test('somebody else who brought it in between: nothing is kept twice', async () => {
    const bench = createBankBench()
    await bench.bring(mt940('111').replace(/:61:2606020602[^]*?Ani\n/u, ''), {}, '')
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    expect(account).toMatchObject({ name: '111', number: '111', lines: 1 })
    const { stagedId } = await bench.preview(mt940('111'))
    bench.hook.onStatement = (sql) => {
      if (sql.includes('INSERT INTO bank_line')) throw new Error('killed')
    }
    await expect(bench.act('billing.importBankFile', { stagedId })).rejects.toThrow('killed')
    expect([bench.count('bank_line'), bench.count('bank_import')]).toEqual([1, 1])
    bench.hook.onStatement = () => undefined
    expect(await bench.act('billing.importBankFile', { stagedId })).toMatchObject({ added: 1 })
  })

  test('lines like those of another format are marked, and nothing of them is certain', async () => {
    const bench = createBankBench()
    const { number } = bench.invoice(10_000, '2026-05-01')
    await bench.bring(mt940('111'), {}, '')
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    const table = tableOf(['2026-06-01', 'Budi', '', number, 'B1', '100.00'])
    const seen = await bench.preview(table, { accountId: account!.id })
    expect(seen).toMatchObject({ fresh: 1, twins: 1 })
    await bench.act('billing.importBankFile', { stagedId: seen.stagedId })
    const twin = (await bench.lines()).find((line) => line.twin)
    expect(twin?.proposals[0]).toMatchObject({ strength: 'likely' })
  })

  test('how a table is read is remembered of its account', async () => {
    const bench = createBankBench()
    const text = 'a;b;c\n01/02/2026;1.000,50;x\n'
    const guess = await bench.preview(text)
    expect(guess.table?.from).toBe('guess')
    const mapping = {
      ...guess.table!.mapping,
      separator: ';',
      skip: 1,
      dates: 'dmy',
      decimal: ',',
      columns: { ...guess.table!.mapping.columns, bookedOn: 0, amount: 1, remittance: [2] },
    } satisfies BankMapping
    expect(await bench.preview(text, { mapping })).toMatchObject({
      table: { from: 'person' },
      sample: [{ bookedOn: '2026-02-01', minor: 100_050, words: 'x' }],
    })
    await bench.bring(text, { mapping })
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    expect(account?.mapping).toEqual(mapping)
    const next = await bench.preview('a;b;c\n05/02/2026;2,00;y\n', { accountId: account!.id })
    expect(next).toMatchObject({ table: { from: 'account' }, sample: [{ bookedOn: '2026-02-05' }] })
  })
})

test('of a payer’s account four digits are kept and a hash, in no column more', async () => {
  const bench = createBankBench()
  const account = 'DE89370400440532013000'
  const words = `from DE89 3704 0044 0532 0130 00 for June`
  const broken = `2026-06-02,"Budi,${account},x,R,1.00`
  await bench.bring(`${tableOf(['2026-06-01', 'Budi', account, words, 'R', '1.00'])}\r\n${broken}`)
  const [line] = await bench.lines()
  expect(line).toMatchObject({ payerEnd: '3000', remittance: 'from …3000 for June' })
  const problems = bench.reads.all<{ problems: string }>(`SELECT problems FROM bank_import`)
  expect(problems[0]?.problems).toContain('…3000')
  const kept = [bench.reads.all(`SELECT * FROM bank_line`), problems]
  const whole = JSON.stringify(kept).replaceAll(' ', '')
  expect(whole).not.toContain('37040044')
})

test('what the bank said stays as it is, whoever writes', async () => {
  const bench = createBankBench()
  await bench.bring(two)
  const run = (sql: string) => () => bench.write((tx) => tx.run(sql))
  expect(run(`UPDATE bank_line SET minor = 1`)).toThrow('what the bank said is never changed')
  expect(run(`DELETE FROM bank_line`)).toThrow('what the bank said is never removed')
  expect(run(`UPDATE bank_line SET state = 'taken', decided_at = 1`)).toThrow('payments make up')
})

test('a machine that stops at any statement of an import leaves nothing of the file; taken in again, it is whole', async () => {
  const bench = createBankBench()
  bench.name(budi, 'Budi Santoso', 'S-0001')
  bench.invoice(10_000, '2026-05-01')
  // A line of a file before, whose proposals are looked for anew with each import.
  await bench.bring(tableOf(['2026-05-30', 'Nobody', '', 'thanks', 'R0', '5.00']))
  const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
  const { stagedId } = await bench.preview(
    tableOf(
      ['2026-06-01', 'Budi Santoso', '', 'Internet', 'R1', '100.00'],
      ['2026-06-02', 'Somebody', '', 'hello', 'R2', '33.00'],
    ),
    { accountId: account!.id },
  )
  const tables = ['bank_account', 'bank_import', 'bank_statement', 'bank_line', 'bank_proposal']
  const rows = () => tables.map((table) => bench.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`))
  const stops = await stoppedAtEveryStatement(
    (onStatement) => {
      bench.hook.onStatement = onStatement
      return bench.act('billing.importBankFile', { stagedId, accountName: '' })
    },
    rows,
    (now, before, stop) => expect(now, `stopped before statement ${stop + 1}`).toEqual(before),
  )
  expect(stops).toBeGreaterThan(5)
  expect([bench.count('bank_import'), bench.count('bank_line')]).toEqual([2, 3])
  const lines = await bench.lines()
  expect(lines.map(({ state, minor }) => [minor, state])).toEqual([
    [500, 'unmatched'],
    [10_000, 'proposed'],
    [3300, 'unmatched'],
  ])
})
