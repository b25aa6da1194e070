import type { Input } from '../../src-shared/contract/index.ts'
import { phoneOf } from '../../src-shared/domain/phone.ts'
import { NocturneError } from '../../src-shared/errors.ts'

/** What is typed of a subscriber, checked and brought into the form in which it is kept. Pure. */

/** `S-{000000}` and 123 are S-000123. A number with more digits than zeros keeps them all. */
export const codeOf = (pattern: string, number: number): string =>
  pattern.replace(/\{(0+)\}/u, (_all, zeros: string) => String(number).padStart(zeros.length, '0'))

type TypedContact = Input<'subscribers.setContacts'>['contacts'][number]
type TypedAddress = Input<'subscribers.setAddresses'>['addresses'][number]

/** As far as it can be told without sending one: one @, a name before it, a domain with a dot. */
const mail = /^[^\s@]{1,64}@[^\s@.](?:[^\s@]*[^\s@.])?\.[^\s@.]{2,}$/u

export const isMail = (text: string): boolean => text.length <= 254 && mail.test(text)

const refuse = (field: string, rule: string): never => {
  throw new NocturneError('invalid-input', { field, rule })
}

/** Errors: `invalid-input` with the field's place. */
export const keptContact = (typed: TypedContact, at: number, country: string): TypedContact => {
  const { email, phone, name } = typed
  if (email === '' && phone === '' && name === '') refuse(`contacts.${at}`, 'empty')
  if (email !== '' && !isMail(email)) refuse(`contacts.${at}.email`, 'email')
  const kept = phone === '' ? '' : phoneOf(phone, country)
  if (kept === null) return refuse(`contacts.${at}.phone`, 'phone')
  return { ...typed, email: email.toLowerCase(), phone: kept }
}

export const keptAddress = (typed: TypedAddress, at: number): TypedAddress => {
  const { lines, city, region, postcode, coordinates } = typed
  if (coordinates === null && [lines, city, region, postcode].every((text) => text === '')) {
    refuse(`addresses.${at}`, 'empty')
  }
  // Where nobody lives: what a missing value becomes in other systems.
  if (coordinates?.latitude === 0 && coordinates.longitude === 0) {
    refuse(`addresses.${at}.coordinates`, 'zero')
  }
  return typed
}

export const addressLine = (address: {
  readonly lines: string
  readonly city: string
  readonly region: string
  readonly postcode: string
}): string =>
  [
    ...address.lines.split('\n').map((one) => one.trim()),
    [address.postcode, address.city].filter(Boolean).join(' '),
    address.region,
  ]
    .filter(Boolean)
    .join(', ')

/** Degrees as whole 1e-7 degrees (a centimetre). */
export const toE7 = (degrees: number): number => Math.round(degrees * 1e7)
export const fromE7 = (whole: number): number => whole / 1e7
