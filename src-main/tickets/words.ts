import { eachWord, foldText } from '../../src-shared/domain/fold-text.ts'
import type { Transaction } from '../store/write-path.ts'

/** Under which words a ticket is found, and what a typed text asks for. */

const longest = 40

export const wordsIn = (text: string): string[] => {
  const words: string[] = []
  const folded = foldText(text)
  eachWord(folded, (start, end) => words.push(folded.slice(start, Math.min(end, start + longest))))
  return words
}

const wordsOfTicket = (number: string, texts: readonly string[]): Set<string> => {
  const parts = wordsIn(number)
  const words = new Set([...parts, parts.join('')])
  // T-000123 is said as 123.
  for (const part of parts) words.add(part.replace(/^0+(?=\d)/u, ''))
  for (const text of texts) for (const word of wordsIn(text)) words.add(word)
  words.delete('')
  return words
}

/** Makes them anew from what it is called now. */
export const putWords = (tx: Transaction, seq: number): void => {
  const ticket = tx.get<{ number: string; subject: string }>(
    `SELECT number, subject FROM ticket WHERE seq = ?`,
    seq,
  )!
  const tags = tx.all<{ tag: string }>(`SELECT tag FROM ticket_tag WHERE ticket_seq = ?`, seq)
  tx.run(`DELETE FROM ticket_word WHERE ticket_seq = ?`, seq)
  const texts = [ticket.subject, ...tags.map(({ tag }) => tag)]
  for (const word of wordsOfTicket(ticket.number, texts)) {
    tx.run(`INSERT INTO ticket_word (word, ticket_seq) VALUES (?, ?)`, word, seq)
  }
}

/** Compared without case: two names never differ by that alone. */
export const nameKeyOf = (name: string): string => foldText(name.trim()).slice(0, 80)
