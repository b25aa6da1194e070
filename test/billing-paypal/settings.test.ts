import { expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { builtInRoles } from '../../src-shared/domain/roles.ts'
import { roleMay } from '../billing-counter/roles-of.ts'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { createPayPalBench, credentials } from './paypal-bench.ts'

test('it is off at first, cannot be switched on without credentials, and is changed by one at a time', async () => {
  const bench = await createPayPalBench({ enabled: false })
  expect(await bench.ask('billing.payPalSettings', {})).toEqual({
    version: 0,
    enabled: false,
    mode: 'trial',
    merchant: '',
    returnUrl: '',
    clientHint: '',
    credentialsSince: null,
    others: 0,
    trouble: null,
    waiting: 0,
  })
  expect(await codeOf(() => bench.settings())).toBe('paypal-credentials-missing')
  expect(await codeOf(() => bench.call('billing.tryPayPal', {}))).toBe('paypal-credentials-missing')
  await bench.settings({ credentials })
  expect(await codeOf(() => bench.settings({ baseVersion: 0 }))).toBe('conflict')
  const { parse } = commands['billing.configurePayPal'].input
  const some = { baseVersion: 1, enabled: true, mode: 'live', merchant: 'x', returnUrl: '' }
  const wrong = [
    { returnUrl: 'http://desa.net/paid' },
    { returnUrl: 'javascript:alert(1)' },
    { merchant: 'two\nlines' },
    { credentials: { clientId: 'short', secret: 's' } },
    { credentials: { clientId: 'with blank in', secret: 's' } },
    { mode: 'sandbox' },
  ]
  for (const one of wrong) expect(() => parse({ ...some, ...one })).toThrow()
  expect(() => parse({ ...some, returnUrl: 'https://desa.net/paid' })).not.toThrow()
})

test('what is kept stays until it is replaced, goes when it is let go, and is never sent to the other mode', async () => {
  const bench = await createPayPalBench()
  const now = () => bench.ask('billing.payPalSettings', {})
  const { credentialsSince } = await now()
  expect(credentialsSince).toBe(bench.clock.now())
  bench.clock.advance(1000)
  await bench.settings({ merchant: 'Another name' })
  expect(await now()).toMatchObject({
    credentialsSince,
    clientHint: '-net',
    merchant: 'Another name',
  })
  // SECURITY: a secret goes to nobody but whom it was given for.
  expect(await codeOf(() => bench.settings({ mode: 'trial' }))).toBe('paypal-credentials-missing')
  await bench.settings({ mode: 'trial', enabled: false })
  expect(await now()).toMatchObject({ credentialsSince: null, clientHint: '' })
  await bench.settings({ credentials })
  expect(await codeOf(() => bench.settings({ credentials: null }))).toBe(
    'paypal-credentials-missing',
  )
  await bench.settings({ credentials: null, enabled: false })
  expect((await now()).credentialsSince).toBeNull()
})

test('a try says whether PayPal takes the credentials, and what is in the way', async () => {
  const bench = await createPayPalBench()
  const attempt = () => bench.call('billing.tryPayPal', {})
  expect(await attempt()).toEqual({ mode: 'live' })
  bench.provider.trouble(
    /token$/u,
    ...Array.from({ length: 4 }, () => 'refused-connection' as const),
  )
  expect(await codeOf(attempt)).toBe('paypal-unreachable')
  bench.provider.trouble(/token$/u, { answer: '<html>' })
  expect(await codeOf(attempt)).toBe('paypal-unreadable')
  await bench.settings({ credentials: { ...credentials, secret: 'not-this-one' } })
  expect(await codeOf(attempt)).toBe('paypal-credentials-refused')
  // And what waits says the same, until they are right.
  const id = await bench.make()
  await bench.turn()
  expect((await bench.link(id)).trouble?.code).toBe('paypal-credentials-refused')
})

test('the secret stands nowhere: not in the store, its audit, its change feed, an answer, a log or an error', async () => {
  const bench = await createPayPalBench()
  const id = await bench.make()
  await bench.turn()
  bench.provider.approve('ORDER1')
  bench.provider.trouble(/capture$/u, { answer: `{"id":"${credentials.secret}"}` })
  await bench.turn(5000)
  await bench.settings({ credentials: { ...credentials, secret: 'wrong-secret' } })
  await bench.turn(60_000)
  const tables = bench.reads.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  )
  const rows = tables.map(({ name }) =>
    JSON.stringify(bench.reads.all(`SELECT * FROM "${name}"`), (_key, value: unknown) =>
      isBuffer(value) ? Buffer.from(value.data).toString('latin1') : value,
    ),
  )
  const shown = JSON.stringify([
    await bench.ask('billing.payPalSettings', {}),
    await bench.ask('billing.payPalLinks', {}),
    await bench.link(id),
    bench.errors,
  ])
  const refused = await bench.call('billing.tryPayPal', {}).catch((error: unknown) => error)
  const all = [...rows, shown, `${String(refused)} ${JSON.stringify(refused)}`].join('\n')
  expect(all).toContain('payPalTold')
  for (const secret of [credentials.secret, 'wrong-secret', credentials.clientId, 'token-1']) {
    expect(all).not.toContain(secret)
  }
  // Nothing of who paid either: that stays at PayPal.
  expect(all).not.toContain('payer@example.org')
  expect(all).not.toContain('Wayan')
})

const isBuffer = (value: unknown): value is { readonly data: number[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'

test('who may: money’s people set it up, give back and settle; support looks; the counter does none of it', () => {
  const may = (access: string): string[] => builtInRoles.filter((role) => roleMay(role).has(access))
  const money = ['owner', 'administrator', 'finance']
  expect(may(queries['billing.payPalSettings'].access)).toEqual(money)
  expect(may(commands['billing.configurePayPal'].access)).toEqual(money)
  expect(may(commands['billing.tryPayPal'].access)).toEqual(money)
  expect(may(commands['billing.makePayPalLink'].access)).toEqual(money)
  expect(may(commands['billing.refundPayPal'].access)).toEqual(money)
  expect(may(commands['billing.settlePayPalMatter'].access)).toEqual(money)
  expect(may(queries['billing.payPalOf'].access)).toEqual([...money, 'support'])
  for (const name of ['billing.configurePayPal', 'billing.refundPayPal'] as const) {
    expect(commands[name].stepUp).toBe(true)
  }
  expect(commands['billing.configurePayPal'].secrets).toEqual(['credentials'])
})
