import type { Reads } from '../../src-main/billing/plans/plan-tables.ts'
import type { SubscriberParty } from '../../src-main/engine/capability-ports.ts'
import type { Transaction } from '../../src-main/store/write-path.ts'

/** Plans, subscribers and subscriptions as rows of the store, with as little said as a case needs. */

export interface SeededPlan {
  readonly planId: string
  readonly versionId: string
}

export const createPlanSeeds = ({
  write,
  newId,
}: {
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly newId: () => string
}) => {
  let number = 0
  let voice = 0

  const seller = (changes: Readonly<Record<string, string | number>> = {}): void => {
    const all = { name: 'Nusa Fiber', ...changes }
    write('test.seller', {}, (tx) => {
      for (const [column, value] of Object.entries(all))
        tx.run(`UPDATE billing_seller SET ${column} = ? WHERE id = 1`, value)
    })
  }

  const taxRate = (code: string, ratePpm: number, base: readonly [number, number] = [1, 1]): void =>
    write('test.rate', {}, (tx) => {
      tx.run(
        `INSERT INTO tax_rate (id, version, code, name, rate_ppm, base_num, base_den, valid_from_on,
          updated_at) VALUES (?, 1, ?, ?, ?, ?, ?, '2020-01-01', 1)`,
        newId(),
        code,
        code,
        ratePpm,
        ...base,
      )
    })

  const plan = (
    name: string,
    price: number,
    more: {
      readonly mode?: 'advance' | 'arrears'
      readonly taxCodes?: readonly string[]
      readonly taxIncluded?: boolean
      readonly payment?: 'postpaid' | 'prepaid'
      readonly billWhilePaused?: boolean
    } = {},
  ): SeededPlan => {
    const planId = newId()
    const versionId = newId()
    write('test.plan', { name }, (tx) => {
      tx.run(
        `INSERT INTO plan (id, version, code, code_key, name, kind, payment, currency, sold,
          created_at, updated_at) VALUES (?, 1, ?, ?, ?, 'extra', ?, 'USD', 1, 1, 1)`,
        planId,
        name,
        name.toLowerCase(),
        name,
        more.payment ?? 'postpaid',
      )
      tx.run(
        `INSERT INTO plan_version (id, plan_id, number, valid_from_on, currency, price, tax_included,
          tax_codes, interval, mode, proration, bill_while_suspended, bill_while_paused,
          min_term_months, trial_days, grace_days, created_at)
          VALUES (?, ?, 1, '2020-01-01', 'USD', ?, ?, ?, 'month', ?, 'actual', 1, ?, 0, 0, 0, 1)`,
        versionId,
        planId,
        price,
        more.taxIncluded === true ? 1 : 0,
        JSON.stringify(more.taxCodes ?? []),
        more.mode ?? 'advance',
        more.billWhilePaused === true ? 1 : 0,
      )
    })
    return { planId, versionId }
  }

  const subscriber = (name: string, taxTreatment = 'standard'): string => {
    const id = newId()
    number += 1
    const code = `S-${number}`
    write('test.subscriber', { name }, (tx) => {
      tx.run(
        `INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
          status_since, language, tax_treatment, created_at, updated_at)
          VALUES (?, 1, ?, ?, 'person', ?, ?, 'active', 1, 'id', ?, 1, 1)`,
        id,
        code,
        code,
        name,
        name.toLowerCase(),
        taxTreatment,
      )
    })
    return id
  }

  const event = (
    subscriptionId: string,
    kind: string,
    day: string,
    versionId: string | null = null,
  ): string => {
    const id = newId()
    voice += 1
    write('test.event', { kind }, (tx) => {
      tx.run(
        `INSERT INTO subscription_event (id, subscription_id, seq, kind, effective_on,
          plan_version_id, payload, at) VALUES (?, ?, ?, ?, ?, ?, '{}', 1)`,
        id,
        subscriptionId,
        voice,
        kind,
        day,
        versionId,
      )
      if (kind === 'end')
        tx.run(`UPDATE subscription SET ends_on = ? WHERE id = ?`, day, subscriptionId)
    })
    return id
  }

  const subscription = (
    subscriberId: string,
    { planId, versionId }: SeededPlan,
    startsOn: string,
  ): string => {
    const id = newId()
    write('test.subscription', {}, (tx) => {
      tx.run(
        `INSERT INTO subscription (id, version, subscriber_id, plan_id, kind, currency, starts_on,
          anchor_on, anchor_day, plan_version_id, status, status_since_on, created_at, updated_at)
          VALUES (?, 1, ?, ?, 'extra', 'USD', ?, ?, ?, ?, 'active', ?, 1, 1)`,
        id,
        subscriberId,
        planId,
        startsOn,
        startsOn,
        Number(startsOn.slice(8)),
        versionId,
        startsOn,
      )
    })
    event(id, 'start', startsOn, versionId)
    return id
  }

  return { seller, taxRate, plan, subscriber, subscription, event }
}

/** As the subscribers' own capability tells them. */
export const createParties =
  (reads: Reads) =>
  (id: string): SubscriberParty | null => {
    const [row] = reads.all<{
      code: string
      name: string
      language: string
      taxTreatment: SubscriberParty['taxTreatment']
    }>(
      `SELECT code, name, language, tax_treatment AS taxTreatment FROM subscriber WHERE id = ?`,
      id,
    )
    if (row === undefined) return null
    return {
      id,
      ...row,
      kind: 'person',
      status: 'active',
      timeZone: null,
      currency: null,
      agentId: null,
      neverSuspend: false,
      restricted: false,
      taxId: '',
      taxName: '',
      email: null,
      phone: null,
      address: null,
    }
  }
