/** What of the screen stands in the address: which list, of which OLT. */
export interface TrapQuery {
  readonly show: 'looked-at' | 'unknown'
  readonly oltId: string | null
}

const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

export const parseTrapQuery = (search: string): TrapQuery => {
  const query = new URLSearchParams(search)
  const oltId = query.get('olt')
  return {
    show: query.get('show') === 'unknown' ? 'unknown' : 'looked-at',
    oltId: oltId !== null && isUuid(oltId) ? oltId : null,
  }
}

export const writeTrapQuery = ({ show, oltId }: TrapQuery): string => {
  const query = new URLSearchParams()
  if (show === 'unknown') query.set('show', show)
  if (oltId !== null) query.set('olt', oltId)
  return query.toString()
}
