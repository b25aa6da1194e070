import { expect, test } from 'vitest'
import { liveOrders, sweptOrders } from '../../src-main/billing/paypal/paypal-tables.ts'
import { newTestStore, rawConnection } from '../support/store-workspace.ts'

test('links that ended long ago are not gone through each time those that live are looked for', () => {
  const raw = rawConnection(newTestStore().path)
  for (const look of [liveOrders, sweptOrders]) {
    const plan: string[] = []
    const all = (sql: string, ...parameters: readonly unknown[]): never[] => {
      const rows = raw
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters)
      plan.push(...rows.map(({ detail }) => detail))
      return []
    }
    look({ all } as never, 'a', 1)
    expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual([])
    const searched = plan.filter((step) => step.startsWith('SEARCH'))
    expect(searched.at(-1)).toMatch(/provider_order_ended \(account_key=\? AND ended_at>\?\)/u)
  }
})
