import sqlite from 'better-sqlite3'
import type { BenchQuery, SearchedOnu } from './search-queries.ts'

/** The same texts in SQLite's full-text search with trigrams, in memory. */
export interface SearchPeer {
  /** ms; null: it cannot be asked this (a word of fewer than three letters, a typo, an address). */
  readonly time: (query: BenchQuery) => number | null
  readonly bytes: number
  readonly stop: () => void
}

export const createSearchPeer = (onus: readonly SearchedOnu[]): SearchPeer => {
  const db = new sqlite(':memory:')
  db.exec(
    `CREATE VIRTUAL TABLE onu USING fts5(serial, name, street, olt, address, tokenize='trigram')`,
  )
  const insert = db.prepare('INSERT INTO onu VALUES (?, ?, ?, ?, ?)')
  db.transaction(() => {
    for (const { serial, name, streetAddress, oltName, address } of onus) {
      insert.run(serial, name, streetAddress, oltName, address)
    }
  })()
  db.exec(`INSERT INTO onu(onu) VALUES ('optimize')`)
  // What the console answers too: some rows, and how many there are. Not in order: that favours it.
  const find = db.prepare('SELECT rowid FROM onu WHERE onu MATCH ? LIMIT 12')
  const count = db.prepare('SELECT count(*) AS n FROM onu WHERE onu MATCH ?')
  return {
    time: ({ kind, text }) => {
      if (kind === 'typo' || kind === 'address') return null
      const words = text.split(/\s+/)
      if (words.some(({ length }) => length < 3)) return null
      const asked = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
      const began = performance.now()
      find.all(asked)
      count.get(asked)
      return performance.now() - began
    },
    bytes: (db.pragma('page_count', { simple: true }) as number) * 4_096,
    stop: () => db.close(),
  }
}
