import { expect, test } from 'vitest'
import { BankFileError } from '../../src-main/billing/bank/bank-statement.ts'
import { readCamt053 } from '../../src-main/billing/bank/camt053.ts'
import { readBankFile } from '../../src-main/billing/bank/read-bank-file.ts'

const entry = (
  amount: string,
  mark: string,
  details: string,
  status = '<Sts>BOOK</Sts>',
): string => `
  <Ntry>
    <Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd>${status}
    <BookgDt><Dt>2026-01-02</Dt></BookgDt><ValDt><DtTm>2026-01-03T23:30:00-11:00</DtTm></ValDt>
    <AcctSvcrRef>BANK-1</AcctSvcrRef>
    ${details === '' ? '' : `<NtryDtls>${details}</NtryDtls>`}
  </Ntry>`

const transaction = (amount: string, name: string, text: string): string => `
  <TxDtls>
    <Refs><AcctSvcrRef>TX-${name}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
    <Amt Ccy="EUR">${amount}</Amt>
    <RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr>
      <DbtrAcct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></DbtrAcct></RltdPties>
    <RmtInf><Ustrd>${text}</Ustrd></RmtInf>
  </TxDtls>`

const statement = (entries: string, closing = '100.00'): string => `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M</MsgId></GrpHdr>
<Stmt><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-02</Dt></Dt></Bal>
${entries}</Stmt></BkToCstmrStmt></Document>`

test('an entry of several transactions becomes one line each, with who paid and why', () => {
  const details =
    transaction('20.00', 'Ani &amp; Söhne', 'INV-1') + transaction('40.00', 'Budi', 'S-2')
  const file = readCamt053(statement(entry('60.00', 'CRDT', details) + entry('10.00', 'DBIT', '')))
  expect(file.problems).toEqual([])
  const [one] = file.statements
  expect(one).toMatchObject({ account: 'DE02120300000000202051', number: '7' })
  expect(one?.lines.map(({ minor, counterpartyName }) => [minor, counterpartyName])).toEqual([
    [2000, 'Ani & Söhne'],
    [4000, 'Budi'],
    [-1000, null],
  ])
  expect(one?.lines[0]).toMatchObject({
    remittance: 'INV-1',
    endToEndId: null,
    bankReference: 'TX-Ani & Söhne',
    counterpartyAccount: 'DE89370400440532013000',
    // The day as the bank writes it, in no other zone.
    valueOn: '2026-01-03',
  })
})

test('parts that do not add up stay one movement, and are told', () => {
  const file = readCamt053(
    statement(
      entry('50.00', 'CRDT', transaction('20.00', 'A', 'x') + transaction('20.00', 'B', 'y')),
    ),
  )
  expect(file.statements[0]?.lines.map(({ minor }) => minor)).toEqual([5000])
  expect(file.problems.map(({ code }) => code)).toEqual(['parts-differ'])
})

test('names of version 02 stand one level higher, the status is plain or a code', () => {
  const old = transaction('50.00', 'Old', 'x').replaceAll(/<\/?Pty>/gu, '')
  const file = readCamt053(statement(entry('50.00', 'CRDT', old, '<Sts><Cd>BOOK</Cd></Sts>')))
  expect(file.statements[0]?.lines[0]?.counterpartyName).toBe('Old')
})

test('what is not booked is told and left out; a balance that does not fit is told', () => {
  const file = readCamt053(statement(entry('50.00', 'CRDT', '', '<Sts>PDNG</Sts>')))
  expect(file.statements[0]?.lines).toEqual([])
  expect(file.problems.map(({ code }) => code)).toEqual(['not-booked', 'balance-differs'])
})

test('several statements of one file keep apart', () => {
  const one = statement(entry('50.00', 'CRDT', ''))
  const second = /<Stmt>.*<\/Stmt>/su.exec(one)?.[0].replaceAll('S1', 'S2') ?? ''
  const file = readCamt053(one.replace('</Stmt>', `</Stmt>${second}`))
  expect(file.statements.map(({ lines }) => lines.length)).toEqual([1, 1])
})

const refusalOf = (text: string): string | null => {
  try {
    readBankFile(new TextEncoder().encode(text))
    return null
  } catch (error) {
    if (error instanceof BankFileError) return error.code
    throw error
  }
}

test.each([
  ['bank-file-empty', ' \n'],
  ['bank-file-unknown', '<html></html>'],
  ['bank-file-unknown', 'a\0b'],
  ['bank-file-broken', statement('').replace('</Stmt>', '')],
  ['bank-file-broken', statement('').slice(0, -20)],
  ['bank-file-broken', statement('<Ntry>&unknown;</Ntry>')],
  [
    'bank-file-hostile',
    statement('').replace(
      '<Document',
      '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document',
    ),
  ],
  ['bank-file-hostile', statement(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`)],
  ['bank-file-hostile', statement(`<Ntry>${'x'.repeat(200_000)}</Ntry>`)],
])('%s: refused whole', (code, text) => {
  expect(refusalOf(text)).toBe(code)
})
