import { orNull, tidy, tidyAccount, type BankLine } from './bank-statement.ts'

export type Information = Pick<
  BankLine,
  'remittance' | 'creditorReference' | 'endToEndId' | 'counterpartyName' | 'counterpartyAccount'
>

/**
 * Field 86, "information to account owner". Banks fill it in three ways: numbered sub-fields behind a
 * transaction code (`166?00CREDIT?20EREF+…`, as the DK's agreement on remote data transfer has it),
 * code words between slashes (`/EREF/…/REMI/…`), or plain words.
 */
export const readInformation = (lines: readonly string[]): Information => {
  const [first = ''] = lines
  const numbered = /^\d{3}([^\w\s])(?=\d{2})/u.exec(first)
  if (numbered !== null) return ofNumbered(lines.join(''), numbered[1] ?? '?')
  if (/^\/[A-Z]{3,4}\//u.test(first)) return ofCodeWords(lines.join(''))
  return {
    remittance: tidy(lines.join(' ')),
    creditorReference: null,
    endToEndId: null,
    counterpartyName: null,
    counterpartyAccount: null,
  }
}

const ofNumbered = (text: string, mark: string): Information => {
  const parts = new Map<string, string>()
  for (const part of text.slice(3).split(mark).slice(1)) {
    const number = part.slice(0, 2)
    if (/^\d{2}$/u.test(number)) parts.set(number, part.slice(2))
  }
  const of = (...numbers: readonly string[]): string =>
    numbers.map((number) => parts.get(number) ?? '').join('')
  const range = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
  const words = of(...range(20, 29), ...range(60, 63))
  const sepa = sepaParts(words)
  const said = sepa.get('SVWZ') ?? (sepa.size === 0 ? words : '')
  return {
    remittance: tidy(said),
    creditorReference: null,
    endToEndId: given(sepa.get('EREF')),
    counterpartyName: orNull(of('32', '33')),
    counterpartyAccount: tidyAccount(of('31')),
  }
}

const sepaWords = ['EREF', 'KREF', 'MREF', 'CRED', 'DEBT', 'SVWZ', 'ABWA', 'ABWE', 'IBAN', 'BIC']
const sepaMark = new RegExp(`(${sepaWords.join('|')})\\+`, 'u')

/** `EREF+… KREF+… SVWZ+…` in one run of text. */
const sepaParts = (text: string): ReadonlyMap<string, string> => {
  const [, ...pieces] = text.split(sepaMark)
  const parts = new Map<string, string>()
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const word = pieces[at] ?? ''
    parts.set(word, `${parts.get(word) ?? ''}${pieces[at + 1] ?? ''}`)
  }
  return parts
}

const slashWords =
  'EREF KREF MREF REMI PREF MARF CSID NAME IBAN BIC CNTP ORDP BENM ISDT TRCD PURP ULTD ULTB RTRN TRTP ADDR ACCW EXCH'
const slashMark = new RegExp(`/(${slashWords.replaceAll(' ', '|')})/`, 'u')

const ofCodeWords = (text: string): Information => {
  const [, ...pieces] = text.split(slashMark)
  const parts = new Map<string, string>()
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const word = pieces[at] ?? ''
    if (!parts.has(word)) parts.set(word, pieces[at + 1] ?? '')
  }
  // Account, bank, name and town of the other side, parted by slashes.
  const other = (parts.get('CNTP') ?? '').split('/')
  // Kind of the text, who issued it, the text: `USTD//words` or `STRD/CUR/reference`.
  const remittance = parts.get('REMI') ?? ''
  const structured = /^STRD\/(?:CUR|ISO)?\/?([^/]+)/u.exec(remittance)
  return {
    remittance: tidy(remittance.replace(/^(?:USTD|STRD)\/[^/]*\//u, '').replace(/\/+$/u, '')),
    creditorReference: orNull(structured?.[1] ?? ''),
    endToEndId: given(parts.get('EREF')?.replace(/\/$/u, '')),
    counterpartyName: orNull((parts.get('NAME') ?? other[2] ?? '').replace(/\/$/u, '')),
    counterpartyAccount: tidyAccount((parts.get('IBAN') ?? other[0] ?? '').replace(/\/$/u, '')),
  }
}

/** Who gave no reference has the agreed word in its place. */
const given = (reference: string | undefined): string | null => {
  const text = orNull(reference ?? '')
  return text === null || /^NOTPROVIDED$/iu.test(text.replaceAll(' ', '')) ? null : text
}
