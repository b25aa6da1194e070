import { as, type ActKind } from './act-kind.ts'

const ticket = { object: ['ticket', 'id'] } as const
const order = { object: ['work-order', 'id'] } as const
/** Tickets and work orders. */
export const deskKinds: Readonly<Record<string, ActKind>> = {
  ...as('data', 'info', ['tickets.open', 'tickets.saveView', 'tickets.removeView']),
  ...as(
    'data',
    'info',
    [
      'tickets.change',
      'tickets.say',
      'tickets.move',
      'tickets.link',
      'tickets.unlink',
      'tickets.watch',
      'tickets.addFile',
      'tickets.askSatisfaction',
      'tickets.answerSatisfaction',
    ],
    ticket,
  ),
  ...as('data', 'notice', ['tickets.merge'], ticket),
  ...as('configuration', 'notice', [
    'tickets.configure',
    'tickets.saveQueue',
    'tickets.saveCalendar',
    'tickets.saveSla',
    'tickets.saveTemplate',
    'tickets.removeTemplate',
  ]),
  ...as('system', 'info', ['tickets.told', 'tickets.reminded', 'tickets.closedByItself'], {
    object: ['ticket', 'ticketId'],
  }),
  ...as('system', 'info', ['tickets.heldAnew', 'tickets.begun', 'tickets.fillSimulated']),
  ...as('sensitive-read', 'notice', ['tickets.file'], ticket),
  ...as('data', 'info', ['fieldwork.open']),
  ...as(
    'data',
    'info',
    [
      'fieldwork.schedule',
      'fieldwork.move',
      'fieldwork.sign',
      'fieldwork.note',
      'fieldwork.measure',
      'fieldwork.addPhoto',
    ],
    order,
  ),
  ...as('data', 'notice', ['fieldwork.certificate'], order),
  ...as('configuration', 'notice', [
    'fieldwork.saveType',
    'fieldwork.saveTechnician',
    'fieldwork.configure',
  ]),
  ...as('system', 'info', ['fieldwork.begun', 'fieldwork.fillSimulated']),
  ...as('sensitive-read', 'notice', ['fieldwork.photo'], order),
}
