import { expect, test } from 'vitest'
import { newTestStore, rawConnection } from '../support/store-workspace.ts'

const filled = () => {
  const raw = rawConnection(newTestStore().path)
  raw.exec(`
    INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
      status_since, language, created_at, updated_at)
      VALUES ('s', 1, 'S', 'S', 'person', 'S', 's', 'active', 0, 'en', 0, 0);
    INSERT INTO number_series (id, kind, installation, year)
      VALUES ('n', 'invoice', 'A', 2026), ('m', 'invoice', 'A', 2027);`)
  const issue = (id: string, series: string, sequence: number): void => {
    raw.exec(`
      INSERT INTO invoice (id, version, kind, status, subscriber_id, currency, net, tax, rounding,
        total, created_at) VALUES ('${id}', 1, 'invoice', 'draft', 's', 'EUR', 0, 0, 0, 0, 0);
      UPDATE invoice SET status = 'issued', series_id = '${series}', sequence = ${sequence},
        number = '${series}-${sequence}', issued_on = '2026-01-02', issued_at = 0,
        tax_point_on = '2026-01-02', due_on = '2026-01-02', seller = '{}', buyer = '{}'
        WHERE id = '${id}';`)
  }
  return { raw, issue }
}

test('a number left out or taken twice is refused, in each series by itself', () => {
  const { issue } = filled()
  issue('a', 'n', 1)
  issue('b', 'n', 2)
  issue('c', 'm', 1)
  expect(() => issue('d', 'n', 4)).toThrow('a number was left out or taken twice')
  expect(() => issue('e', 'n', 2)).toThrow('a number was left out or taken twice')
  expect(() => issue('f', 'm', 3)).toThrow('a number was left out or taken twice')
  issue('g', 'n', 3)
})

test('the number before is found by index, and is not read off every document there is', () => {
  const { raw } = filled()
  const trigger = raw
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'invoice_numbered'`)
    .pluck()
    .get()
  const asked = /1 \+ \((?<question>SELECT coalesce\(max.*?)\)\s+BEGIN/su.exec(trigger ?? '')
  const question = asked?.groups?.['question']?.replace('NEW.series_id', '?') ?? 'SELECT ?'
  const plan = raw.prepare<[string], { detail: string }>(`EXPLAIN QUERY PLAN ${question}`).all('n')
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH invoice USING COVERING INDEX invoice_sequence/u),
  ])
})
