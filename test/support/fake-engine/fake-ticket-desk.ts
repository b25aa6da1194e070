import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { fakeTicketSetup, uuidOf } from './fake-ticket-seed.ts'

type Names =
  | 'tickets.configure'
  | 'tickets.saveQueue'
  | 'tickets.saveCalendar'
  | 'tickets.saveSla'
  | 'tickets.saveTemplate'
  | 'tickets.removeTemplate'
  | 'tickets.saveView'
  | 'tickets.removeView'
type Handlers = { readonly [Name in Names]: (input: Input<Name>) => Output<Name> }

/** How tickets of the fake engine are worked at: what is saved stays until the page is loaded again. */
export const createFakeTicketDesk = (changed: () => void) => {
  const setup = fakeTicketSetup()
  const views: Output<'tickets.views'>['views'] = []
  let made = 0
  const save = <Item extends { readonly id: string; readonly version: number }>(
    list: Item[],
    { id, baseVersion }: { readonly id: string | null; readonly baseVersion: number },
    make: (id: string, version: number) => Item,
  ): { id: string; version: number } => {
    const at = list.findIndex((one) => one.id === id)
    if ((id === null ? 0 : list[at]?.version) !== baseVersion) throw new NocturneError('conflict')
    const saved = make(id ?? uuidOf('9aff', (made += 1)), baseVersion + 1)
    if (at < 0) list.push(saved)
    else list[at] = saved
    changed()
    return { id: saved.id, version: saved.version }
  }
  const desk: Handlers = {
    'tickets.configure': ({ baseVersion, ...settings }) => {
      if (baseVersion !== setup.settings.version) throw new NocturneError('conflict')
      setup.settings = { ...settings, version: baseVersion + 1 }
      return { version: baseVersion + 1 }
    },
    'tickets.saveQueue': ({ id, baseVersion, ...rest }) =>
      save(setup.queues, { id, baseVersion }, (is, version) => ({ ...rest, id: is, version })),
    'tickets.saveCalendar': ({ id, baseVersion, ...rest }) =>
      save(setup.calendars, { id, baseVersion }, (is, version) => ({ ...rest, id: is, version })),
    'tickets.saveSla': ({ id, baseVersion, ...rest }) =>
      save(setup.slas, { id, baseVersion }, (is, version) => ({ ...rest, id: is, version })),
    'tickets.saveTemplate': ({ id, baseVersion, ...rest }) =>
      save(setup.templates, { id, baseVersion }, (is, version) => ({ ...rest, id: is, version })),
    'tickets.removeTemplate': ({ id }) => {
      setup.templates = setup.templates.filter((one) => one.id !== id)
      return {}
    },
    'tickets.saveView': ({ id, baseVersion, ...rest }) =>
      save(views, { id, baseVersion }, (is, version) => ({ ...rest, id: is, version, mine: true })),
    'tickets.removeView': ({ id }) => {
      const at = views.findIndex((one) => one.id === id)
      if (at >= 0) views.splice(at, 1)
      return {}
    },
  }
  return { setup, views, desk }
}
