import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type {
  SubscriberRecord,
  SubscriberService,
} from '../../../src-shared/contract/subscribers-model.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'

type Names =
  | 'subscribers.saveService'
  | 'subscribers.endService'
  | 'subscribers.resumeService'
  | 'subscribers.saveNote'
  | 'subscribers.removeNote'
  | 'subscribers.addFile'
  | 'subscribers.removeFile'

/** Services, notes and files of the fake engine's subscribers. */
export const createFakeSubscriberPapers = (deps: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly me: () => string
  readonly present: (id: string) => SubscriberRecord
  readonly put: (id: string, change: Partial<SubscriberRecord>) => number
  readonly newId: () => string
}): { readonly [Name in Names]: (input: Input<Name>) => Output<Name> } => {
  const { plant, now, present, put, newId } = deps
  const setService = (
    id: string,
    serviceId: string,
    change: Partial<SubscriberService>,
  ): { version: number } => {
    const record = present(id)
    const services = record.services.map((one) =>
      one.id === serviceId ? { ...one, ...change, version: one.version + 1 } : one,
    )
    put(id, { services })
    return { version: services.find((one) => one.id === serviceId)?.version ?? 1 }
  }

  const plantRow = (oltId: string, serial: string): number => {
    const olt = plant.olts.find((one) => one.id === oltId)
    if (olt === undefined) throw new NocturneError('not-found')
    for (let row = olt.firstRow; row < olt.firstRow + olt.rows; row++) {
      if (plant.serial[row] === serial) return row
    }
    return -1
  }

  return {
    'subscribers.saveService': ({ id, serviceId, name, addressId, note, onu }) => {
      const record = present(id)
      const row = onu === null ? -1 : plantRow(onu.oltId, onu.serial)
      const own = serviceId ?? newId()
      const before = record.services.find((one) => one.id === serviceId)
      const live = row < 0 ? null : rowOf(plant, row, now())
      const service: SubscriberService = {
        id: own,
        subscriberId: id,
        version: (before?.version ?? 0) + 1,
        name,
        addressId,
        note,
        state: onu === null ? 'planned' : 'live',
        liveSince: onu === null ? null : now(),
        endedAt: null,
        onu:
          onu === null
            ? null
            : {
                ...onu,
                oltName: plant.olts.find((one) => one.id === onu.oltId)?.name ?? null,
                onu: live,
                elsewhere: [],
                wanted: null,
                reached: true,
              },
      }
      put(id, { services: [service, ...record.services.filter((one) => one.id !== own)] })
      return { serviceId: own, version: service.version }
    },
    'subscribers.endService': ({ id, serviceId }) =>
      setService(id, serviceId, { state: 'ended', endedAt: now() }),
    'subscribers.resumeService': ({ id, serviceId }) =>
      setService(id, serviceId, { state: 'live', endedAt: null }),
    'subscribers.saveNote': ({ id, noteId, text, pinned, baseVersion }) => {
      const record = present(id)
      const own = noteId ?? newId()
      const before = record.notes.find((one) => one.id === own)
      const note = {
        id: own,
        version: baseVersion + 1,
        text,
        pinned,
        by: before?.by ?? deps.me(),
        createdAt: before?.createdAt ?? now(),
        updatedAt: now(),
      }
      put(id, { notes: [note, ...record.notes.filter((one) => one.id !== own)] })
      return { noteId: own, version: note.version }
    },
    'subscribers.removeNote': ({ id, noteId }) => {
      put(id, { notes: present(id).notes.filter((one) => one.id !== noteId) })
      return {}
    },
    'subscribers.addFile': ({ id, name, note, bytes }) => {
      if (bytes.length > 5 * 1024 * 1024) throw new NocturneError('file-too-big', {})
      const fileId = newId()
      const file = {
        id: fileId,
        name,
        mediaType: 'application/pdf',
        bytes: bytes.length,
        sha256: 'cd'.repeat(32),
        note,
        by: deps.me(),
        addedAt: now(),
      }
      put(id, { files: [file, ...present(id).files] })
      return { fileId }
    },
    'subscribers.removeFile': ({ id, fileId }) => {
      put(id, { files: present(id).files.filter((one) => one.id !== fileId) })
      return {}
    },
  }
}
