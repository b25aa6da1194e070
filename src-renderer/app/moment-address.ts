/**
 * A past moment in an address: `at=2026-11-21T07:05Z`, in the query of the route, in UTC so that it
 * means the same on another machine. Screens never see it: it is taken out of what they read and
 * goes along wherever they lead.
 */
const name = 'at'
const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?Z$/

/** Wall ms; null: none, or none that can be read. */
export const readMoment = (search: string): number | null => {
  const text = new URLSearchParams(search).get(name)
  if (text === null || !form.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

const writeMoment = (at: number): string => {
  const text = new Date(at).toISOString()
  return text.slice(17, 19) === '00' ? `${text.slice(0, 16)}Z` : `${text.slice(0, 19)}Z`
}

/** The query without the moment; the rest stays letter for letter. */
export const withoutMoment = (search: string): string =>
  search
    .split('&')
    .filter((part) => part !== name && !part.startsWith(`${name}=`))
    .join('&')

/** An address of the console at a moment; null: at present. */
export const atMoment = (to: string, at: number | null): string => {
  const mark = to.indexOf('?')
  const path = mark < 0 ? to : to.slice(0, mark)
  const rest = withoutMoment(mark < 0 ? '' : to.slice(mark + 1))
  const moment = at === null ? '' : `${name}=${writeMoment(at)}`
  const search = [rest, moment].filter((part) => part !== '').join('&')
  return search === '' ? path : `${path}?${search}`
}

/** Where the network itself is shown: the other pages are of the present alone. */
export const showsNetwork = (path: string): boolean =>
  path === '/' || /^\/(?:olts|onus)(?:\/|$)/.test(path) ? path !== '/olts/add' : false
