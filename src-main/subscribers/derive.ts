import type { Transaction } from '../store/write-path.ts'
import { addressLine } from './rules.ts'
import { readsIn, subscriberIn } from './tables.ts'
import { wordsOfSubscriber } from './words.ts'

/**
 * What is repeated of a subscriber so that lists are sorted, filtered and searched by indexes alone;
 * made anew in the transaction of whatever changed.
 */
export const deriveAnew = (tx: Transaction, id: string): void => {
  const reads = readsIn(tx)
  const subscriber = subscriberIn(tx, id)
  const contacts = reads.contacts(id)
  const addresses = reads.addresses(id)
  const services = reads.services(id)
  const live = services.filter(({ state }) => state === 'live')
  const { number } = subscriber
  tx.run(
    `UPDATE subscriber SET shown_phone = ?, shown_email = ?, shown_address = ?, shown_serial = ?,
      live_services = ? WHERE number = ?`,
    contacts.find(({ phone }) => phone !== '')?.phone ?? null,
    contacts.find(({ email }) => email !== '')?.email ?? null,
    addresses[0] === undefined ? null : addressLine(addresses[0]),
    live[0]?.serial ?? null,
    live.length,
    number,
  )
  // Who was served lies where he was served last, until he is served anew.
  const onOlts = live.length > 0 ? live : services
  replaceSet(tx, {
    table: 'subscriber_olt',
    column: 'olt_id',
    number,
    wanted: new Set(onOlts.flatMap(({ oltId }) => oltId ?? [])),
  })
  replaceSet(tx, {
    table: 'subscriber_word',
    column: 'word',
    number,
    wanted: wordsOfSubscriber({
      code: subscriber.code,
      texts: [
        subscriber.name,
        subscriber.taxName,
        subscriber.taxId,
        ...contacts.flatMap(({ name, email }) => [name, email]),
        ...addresses.flatMap((address) => [address.label, addressLine(address)]),
      ],
      phones: contacts.flatMap(({ phone }) => (phone === '' ? [] : [phone])),
      serials: services.flatMap(({ serial, state }) =>
        serial === null || state === 'ended' ? [] : [serial],
      ),
    }),
  })
}

/** Only what differs is written: most changes touch few words. */
const replaceSet = (
  tx: Transaction,
  {
    table,
    column,
    number,
    wanted,
  }: {
    readonly table: 'subscriber_olt' | 'subscriber_word'
    readonly column: 'olt_id' | 'word'
    readonly number: number
    readonly wanted: Set<string>
  },
): void => {
  const there = tx.all<{ value: string }>(
    `SELECT ${column} AS value FROM ${table} WHERE number = ?`,
    number,
  )
  for (const { value } of there) {
    if (wanted.delete(value)) continue
    tx.run(`DELETE FROM ${table} WHERE number = ? AND ${column} = ?`, number, value)
  }
  for (const value of wanted) {
    tx.run(`INSERT INTO ${table} (number, ${column}) VALUES (?, ?)`, number, value)
  }
}
