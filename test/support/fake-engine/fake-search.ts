import { queries, type Input, type Output } from '../../../src-shared/contract/index.ts'
import {
  searchScopes,
  type SearchHit,
  type SearchScope,
} from '../../../src-shared/contract/search.ts'
import type { SubscriberRow } from '../../../src-shared/contract/subscribers-model.ts'
import {
  formatOnu,
  formatPon,
  ponOf,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { highlight } from '../../../src-main/search/highlight.ts'
import { readQuery } from '../../../src-main/search/query-terms.ts'
import { createTextIndex, noAddress } from '../../../src-main/search/text-index.ts'
import type { FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'

/** Lists of other fakes that are searched as the engine searches its own. */
export interface FakeLists {
  readonly 'alarms.list': (
    input: Input<'alarms.list'>,
  ) => Output<'alarms.list'> | Promise<Output<'alarms.list'>>
  readonly 'outages.list': (
    input: Input<'outages.list'>,
  ) => Output<'outages.list'> | Promise<Output<'outages.list'>>
  readonly 'tickets.list': (
    input: Input<'tickets.list'>,
  ) => Output<'tickets.list'> | Promise<Output<'tickets.list'>>
  readonly 'fieldwork.orders': (
    input: Input<'fieldwork.orders'>,
  ) => Output<'fieldwork.orders'> | Promise<Output<'fieldwork.orders'>>
  readonly 'billing.documents': (
    input: Input<'billing.documents'>,
  ) => Output<'billing.documents'> | Promise<Output<'billing.documents'>>
}

/** The engine's own index over the generated network, made at the first search. */
export const createFakeSearch = (
  plant: FakePlant,
  lists: () => FakeLists,
  now: () => number,
  subscribers: (text: string) => readonly SubscriberRow[],
) => {
  const streetOf = (row: number): string =>
    row % 3 === 0 ? '' : `Jl. Cempaka Raya ${(row % 190) + 1}, RT 0${(row % 8) + 1}/03`

  const make = () => {
    const onus = createTextIndex({ serialField: 0 })
    const olts = createTextIndex()
    const pons = createTextIndex({ addresses: 'pon' })
    const ports: { readonly olt: number; readonly address: number }[] = []
    for (const [index, olt] of plant.olts.entries()) {
      olts.put(index, index, noAddress, [olt.name, olt.host])
      let last = -1
      for (let row = olt.firstRow; row < olt.firstRow + olt.rows; row++) {
        const address = plant.address[row]!
        const texts = [plant.serial[row]!, plant.name[row]!, streetOf(row), plant.model[row]!]
        onus.put(row, index, address, [...texts, olt.name])
        if (ponOf(address) === last) continue
        last = ponOf(address)
        pons.put(ports.length, index, last, [`GPON ${formatPon(unpackOnuAddress(last))}`, olt.name])
        ports.push({ olt: index, address: last })
      }
    }
    return { onus, olts, pons, ports }
  }
  let made: ReturnType<typeof make> | null = null

  const find = async (input: Input<'search.find'>): Promise<Output<'search.find'>> => {
    made ??= make()
    const { onus, olts, pons, ports } = made
    const query = readQuery(input.text)
    const totals = Object.fromEntries(searchScopes.map((scope) => [scope, 0])) as Record<
      SearchScope,
      number
    >
    const hits: SearchHit[] = []
    const options = { limit: input.limit, typosBelow: 4 }
    const take = (scope: SearchScope, total: number, found: readonly SearchHit[]): void => {
      if (!input.scopes.includes(scope)) return
      totals[scope] = total
      hits.push(...found)
    }
    const ofOlts = olts.find(query, options)
    take(
      'olts',
      ofOlts.total,
      ofOlts.hits.map(({ record, typo }) => {
        const { id, name, host } = plant.olts[record]!
        const matches = highlight(query, [
          { field: 'name', text: name },
          { field: 'host', text: host },
        ])
        return { kind: 'olt', oltId: id, name, host, matches, typo }
      }),
    )
    const ofPons = pons.find(query, options)
    take(
      'pons',
      ofPons.total,
      ofPons.hits.map(({ record, typo }) => {
        const { shelf, slot, port } = unpackOnuAddress(ports[record]!.address)
        const { id, name: oltName } = plant.olts[ports[record]!.olt]!
        const pon = { shelf, slot, port }
        const name = `GPON ${formatPon(pon)}`
        const matches = highlight(query, [
          { field: 'name', text: name },
          { field: 'oltName', text: oltName },
          { field: 'address', text: formatPon(pon), address: true },
        ])
        return { kind: 'pon', oltId: id, oltName, pon, name, matches, typo }
      }),
    )
    const ofOnus = onus.find(query, { ...options, ...(input.onlyIds ? { fields: 1 } : {}) })
    take(
      'onus',
      ofOnus.total,
      ofOnus.hits.map(({ record, typo }) => {
        const onu = rowOf(plant, record, now())
        const streetAddress = streetOf(record)
        const matches = highlight(query, [
          { field: 'serial', text: onu.serial, serial: true },
          { field: 'name', text: onu.name },
          { field: 'streetAddress', text: streetAddress },
          { field: 'oltName', text: onu.oltName },
          { field: 'address', text: formatOnu(onu.address), address: true },
        ])
        return { kind: 'onu', onu, streetAddress, matches, typo }
      }),
    )
    if (query.terms.length > 0 && input.scopes.includes('alarms')) {
      const list = queries['alarms.list'].input.parse({
        filter: { search: input.text },
        limit: input.limit,
      })
      const { alarms, total } = await lists()['alarms.list'](list)
      const found = alarms.map((alarm) => ({
        kind: 'alarm' as const,
        alarm,
        typo: false,
        matches: highlight(query, [{ field: 'oltName', text: alarm.oltName }]),
      }))
      take('alarms', total, found)
    }
    if (query.terms.length > 0 && input.scopes.includes('outages')) {
      const list = { search: input.text, limit: input.limit }
      const { outages, total } = await lists()['outages.list'](
        queries['outages.list'].input.parse(list),
      )
      take(
        'outages',
        total,
        outages.map((outage) => ({ kind: 'outage', outage, matches: [], typo: false })),
      )
    }
    if (query.terms.length > 0 && input.scopes.includes('subscribers')) {
      const found = subscribers(input.text)
      take(
        'subscribers',
        found.length,
        found.slice(0, input.limit).map((row) => ({
          kind: 'subscriber',
          id: row.id,
          code: row.code,
          name: row.name,
          status: row.status,
          phone: row.phone,
          address: row.address,
          serial: row.serial,
          onu: null,
          readable: true,
          typo: false,
          matches: highlight(query, [{ field: 'name', text: row.name }]),
        })),
      )
    }
    if (query.terms.length > 0 && input.scopes.includes('documents')) {
      const list = queries['billing.documents'].input.parse({ filter: { search: input.text } })
      const { documents } = await lists()['billing.documents'](list)
      const found = documents.flatMap((one) =>
        one.number?.startsWith(input.text.toUpperCase()) === true
          ? [{ ...one, number: one.number, on: one.issuedOn ?? '' }]
          : [],
      )
      take(
        'documents',
        found.length,
        found
          .slice(0, input.limit)
          .map(({ id, kind, number, subscriberId, subscriberName, on }) => ({
            kind: 'document',
            documentKind: kind,
            id,
            number,
            subscriberId,
            subscriberName,
            on,
            typo: false,
            matches: highlight(query, [{ field: 'number', text: number }]),
          })),
      )
    }
    if (query.terms.length > 0 && input.scopes.includes('tickets')) {
      const list = queries['tickets.list'].input.parse({ filter: { search: input.text } })
      const { tickets, total } = await lists()['tickets.list'](list)
      take(
        'tickets',
        total,
        tickets.slice(0, input.limit).map((ticket) => ({
          kind: 'ticket',
          ticket,
          typo: false,
          matches: highlight(query, [
            { field: 'number', text: ticket.number },
            { field: 'subject', text: ticket.subject },
          ]),
        })),
      )
    }
    if (query.terms.length > 0 && input.scopes.includes('work-orders')) {
      const list = queries['fieldwork.orders'].input.parse({ filter: { search: input.text } })
      const { orders, total } = await lists()['fieldwork.orders'](list)
      take(
        'work-orders',
        total,
        orders.slice(0, input.limit).map((order) => ({
          kind: 'work-order',
          order,
          typo: false,
          matches: highlight(query, [
            { field: 'number', text: order.number },
            { field: 'subject', text: order.subject },
          ]),
        })),
      )
    }
    return { hits, totals }
  }

  return { 'search.find': find }
}
