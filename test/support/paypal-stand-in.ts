import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * PayPal on this machine, as its published interface (OAuth 2 tokens, Orders v2, Payments v2) answers:
 * requests are known again by their id, captures are counted, and a test says what goes wrong.
 */

interface Kept {
  status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED'
  readonly id: string
  readonly unit: { readonly custom_id: string; readonly amount: Amount }
  capture: { readonly id: string; status: string; amount: Amount } | null
  readonly refunds: { id: string; status: string; custom_id?: string; amount: Amount }[]
}

interface Amount {
  readonly currency_code: string
  readonly value: string
}

/** What goes wrong with the next request of a path. `lost`: done, and no answer comes back. */
export type Trouble =
  | { readonly status: number; readonly retryAfterS?: number; readonly location?: string }
  | { readonly answer: string }
  | { readonly refusal: string }
  | 'lost'
  | 'refused-connection'

export const startPayPalStandIn = async (
  { clientId, secret } = { clientId: 'client', secret: 'secret' },
) => {
  const orders = new Map<string, Kept>()
  const answered = new Map<string, string>()
  const troubles: { readonly path: RegExp; readonly trouble: Trouble }[] = []
  const seen: { readonly method: string; readonly path: string; readonly requestId: string }[] = []
  const bodies: string[] = []
  let tokens = 0
  let valid = ''
  let captures = 0
  let refunds = 0
  let base = ''
  /** How the next captures and refunds come out, and of how much a capture is. */
  const outcome: { capture: string; refund: string; amount: Amount | null } = {
    capture: 'COMPLETED',
    refund: 'COMPLETED',
    amount: null,
  }

  const state = { hidesOrders: false }

  const shown = ({ id, status, unit, capture, refunds: back }: Kept): string =>
    JSON.stringify({
      id,
      status,
      payer: { email_address: 'payer@example.org', name: { given_name: 'Wayan' } },
      links: [
        { rel: 'self', method: 'GET', href: `${base}/v2/checkout/orders/${id}` },
        { rel: 'payer-action', method: 'GET', href: `${base}/checkoutnow?token=${id}` },
      ],
      purchase_units: [
        {
          reference_id: 'default',
          ...unit,
          payments: capture === null ? undefined : { captures: [capture], refunds: back },
        },
      ],
    })
  const refuse = (issue: string): [number, string] => [
    422,
    JSON.stringify({ name: 'UNPROCESSABLE_ENTITY', details: [{ issue, description: 'x' }] }),
  ]
  const nothingThere: [number, string] = [404, JSON.stringify({ name: 'RESOURCE_NOT_FOUND' })]
  const ofCapture = (id: string): Kept | undefined =>
    [...orders.values()].find(({ capture }) => capture?.id === id)

  /** What has gone back of it, to the cent, makes its state. */
  const restate = ({ capture, refunds: back }: Kept): void => {
    if (capture === null) return
    const cents = ({ value }: Amount): number => Math.round(Number(value) * 100)
    const sum = back
      .filter(({ status }) => status === 'COMPLETED')
      .reduce((total, { amount }) => total + cents(amount), 0)
    if (sum > 0) {
      capture.status = sum < cents(capture.amount) ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
    }
  }

  const act = (method: string, path: string, body: string): [number, string] => {
    const [, orderId, verb] =
      /^\/v2\/checkout\/orders(?:\/([^/]+))?(?:\/(capture))?$/u.exec(path) ?? []
    const [, captured, back] =
      /^\/v2\/payments\/captures\/([^/]+)(?:\/(refund))?$/u.exec(path) ?? []
    const refundId = /^\/v2\/payments\/refunds\/([^/]+)$/u.exec(path)?.[1]
    if (refundId !== undefined) {
      const found = [...orders.values()]
        .flatMap((order) => order.refunds)
        .find(({ id }) => id === refundId)
      return found === undefined ? nothingThere : [200, JSON.stringify(found)]
    }
    if (captured !== undefined) {
      const found = ofCapture(captured)
      if (found?.capture == null) return nothingThere
      if (back === undefined) return [200, JSON.stringify(found.capture)]
      if (found.capture.status === 'REFUNDED') return refuse('CAPTURE_FULLY_REFUNDED')
      refunds += 1
      const { amount, custom_id } = JSON.parse(body) as { amount: Amount; custom_id: string }
      found.refunds.push({ id: `RF${refunds}`, status: outcome.refund, custom_id, amount })
      restate(found)
      return [201, JSON.stringify(found.refunds.at(-1))]
    }
    if (path === '/v2/checkout/orders' && method === 'POST') {
      const [unit] = (JSON.parse(body) as { purchase_units: Kept['unit'][] }).purchase_units
      const id = `ORDER${orders.size + 1}`
      orders.set(id, {
        id,
        status: 'PAYER_ACTION_REQUIRED',
        unit: unit!,
        capture: null,
        refunds: [],
      })
      return [201, shown(orders.get(id)!)]
    }
    const order = orders.get(orderId ?? '')
    if (order === undefined || state.hidesOrders) return nothingThere
    if (verb === undefined) return [200, shown(order)]
    if (order.status === 'PAYER_ACTION_REQUIRED') return refuse('ORDER_NOT_APPROVED')
    if (order.status === 'COMPLETED') return refuse('ORDER_ALREADY_CAPTURED')
    captures += 1
    order.status = 'COMPLETED'
    order.capture = {
      id: `CAP${captures}`,
      status: outcome.capture,
      amount: outcome.amount ?? order.unit.amount,
    }
    return [201, shown(order)]
  }

  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const { method = '', url: path = '', headers } = request
    const requestId = String(headers['paypal-request-id'] ?? '')
    seen.push({ method, path, requestId })
    bodies.push(body)
    const at = troubles.findIndex((one) => one.path.test(path))
    const trouble = at < 0 ? undefined : troubles.splice(at, 1)[0]?.trouble
    const reply = (status: number, text: string, more: Record<string, string> = {}): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'paypal-debug-id': 'debug-1',
        ...more,
      })
      response.end(text)
    }
    if (trouble === 'refused-connection') return void request.socket.destroy()
    if (typeof trouble === 'object' && 'status' in trouble) {
      const { status, retryAfterS, location } = trouble
      return reply(status, '{}', {
        ...(retryAfterS === undefined ? {} : { 'retry-after': `${retryAfterS}` }),
        ...(location === undefined ? {} : { location }),
      })
    }
    if (typeof trouble === 'object' && 'refusal' in trouble) {
      return reply(...refuse(trouble.refusal))
    }
    if (typeof trouble === 'object') return reply(200, trouble.answer)
    if (path === '/v1/oauth2/token') {
      const basic = Buffer.from(`${clientId}:${secret}`).toString('base64')
      if (headers.authorization !== `Basic ${basic}`)
        return reply(401, '{"error":"invalid_client"}')
      valid = `token-${++tokens}`
      return reply(
        200,
        JSON.stringify({ access_token: valid, token_type: 'Bearer', expires_in: 600 }),
      )
    }
    if (headers.authorization !== `Bearer ${valid}`) {
      return reply(401, JSON.stringify({ name: 'AUTHENTICATION_FAILURE' }))
    }
    const key = `${path} ${requestId}`
    const before = requestId === '' ? undefined : answered.get(key)
    const [status, text] = before === undefined ? act(method, path, body) : [200, before]
    if (status < 300 && requestId !== '') answered.set(key, text)
    if (trouble === 'lost') return void request.socket.destroy()
    reply(status, text)
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString('utf8')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: base,
    outcome,
    /** The customer says yes. */
    approve: (orderId: string): void => {
      const order = orders.get(orderId)
      if (order !== undefined) order.status = 'APPROVED'
    },
    /** What it held comes out so. */
    settleCapture: (captureId: string, status: string): void => {
      const capture = ofCapture(captureId)?.capture
      if (capture != null) capture.status = status
    },
    settleRefund: (refundId: string, status: string): void => {
      for (const order of orders.values()) {
        const found = order.refunds.find(({ id }) => id === refundId)
        if (found !== undefined) found.status = status
        restate(order)
      }
    },
    /** Somebody gives money back at PayPal's own site. */
    giveBackThere: (captureId: string, value: string): void => {
      const order = ofCapture(captureId)
      if (order?.capture == null) return
      refunds += 1
      const { currency_code } = order.capture.amount
      const amount = { currency_code, value }
      order.refunds.push({ id: `RF${refunds}`, status: 'COMPLETED', amount })
      restate(order)
    },
    /** Its time is over there: nobody knows it any more. */
    forgetOrder: (orderId: string): void => void orders.delete(orderId),
    /** Months later: its captures are known, its orders are not. */
    hideOrders: (): void => {
      state.hidesOrders = true
    },
    /** The token ends before its time. */
    endToken: (): void => {
      valid = 'none'
    },
    /** As PayPal does after some hours. */
    forgetRequestIds: (): void => answered.clear(),
    trouble: (path: RegExp, ...all: readonly Trouble[]): void => {
      for (const trouble of all) troubles.push({ path, trouble })
    },
    seen,
    bodies,
    counts: () => ({ orders: orders.size, captures, refunds, tokens }),
  }
}

export type PayPalStandIn = Awaited<ReturnType<typeof startPayPalStandIn>>
