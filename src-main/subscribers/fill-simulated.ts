import { onuSerialOf } from '../../src-shared/domain/onu-serial.ts'
import type { SubscriberStatus } from '../../src-shared/domain/subscriber-status.ts'
import type { PlantLookup } from '../engine/capability-ports.ts'
import type { OltFacts } from '../engine/network-facts.ts'
import type { Transaction } from '../store/write-path.ts'
import { deriveAnew } from './derive.ts'
import { insertSubscriber } from './one-commands.ts'
import type { SubscribersDependencies } from './ports.ts'
import { takeNextCode } from './settings.ts'
import { insertAddress, insertContact, insertService } from './tables.ts'
import { noteEvent } from './timeline.ts'

/** A few hundred in all: the screens are alive, and the start is as quick as without. */
const inAll = 300
const fewestOfAnOlt = 4
const dayMs = 86_400_000

/**
 * Subscribers of a simulated workspace: some ONUs of each simulated OLT, as soon as it is known who
 * they are, get somebody who pays for them. The same plant gives the same subscribers. Never used on a
 * workspace of one's own. The returned function ends it.
 */
export const fillSimulated = (
  deps: Pick<SubscribersDependencies, 'clock' | 'newId' | 'write' | 'facts' | 'log'> & {
    readonly plant: Pick<PlantLookup, 'streetAddressOf'>
    readonly changed: () => void
  },
): (() => void) => {
  const { facts } = deps
  const filled = new Set<string>()

  const fill = (olt: OltFacts): void => {
    const simulated = facts.olts().filter((one) => one.simulated).length
    const wanted = Math.max(fewestOfAnOlt, Math.floor(inAll / Math.max(1, simulated)))
    const step = Math.max(1, Math.floor(olt.rows.length / wanted))
    const rows = [...olt.rows].filter((_, at) => at % step === 0).slice(0, wanted)
    const named = rows.filter((row) => facts.onus.serial(row) !== null)
    if (named.length === 0) return
    filled.add(olt.id)
    deps.write('subscribers.fillSimulated', { oltId: olt.id, subscribers: named.length }, (tx) => {
      for (const [at, row] of named.entries()) putOne(tx, olt, row, filled.size * 1000 + at)
    })
    deps.changed()
  }

  const putOne = (tx: Transaction, olt: OltFacts, row: number, number: number): void => {
    const { clock, newId } = deps
    const now = clock.now()
    const at = now - ((number * 37) % 900) * dayMs - (number % 24) * 3_600_000
    const serial = onuSerialOf(facts.onus.serial(row) ?? '')
    const street = deps.plant.streetAddressOf(olt.id, facts.onus.address(row))
    const isCompany = number % 9 === 4
    const person = `${first[(number * 7) % first.length]} ${last[(number * 5) % last.length]}`
    const id = newId()
    const status: SubscriberStatus = number % 23 === 5 ? 'suspended' : 'active'
    insertSubscriber(tx, {
      id,
      fields: {
        kind: isCompany ? 'company' : 'person',
        name: isCompany ? `Toko ${last[number % last.length]}` : person,
        code: takeNextCode(tx),
        language: 'id',
        timeZone: null,
        currency: null,
        neverSuspend: number % 41 === 7,
        neverSuspendReason: number % 41 === 7 ? 'Klinik' : '',
        taxId: '',
        taxName: '',
        taxTreatment: 'standard',
        taxNote: '',
      },
      status,
      agentId: null,
      importId: null,
      at,
      by: null,
    })
    insertContact(tx, id, 0, {
      id: newId(),
      role: 'owner',
      name: '',
      // 0800 5500 …: given to nobody.
      phone: `+6280055${String(number).padStart(5, '0')}`,
      email: number % 3 === 0 ? `pelanggan${number}@example.com` : '',
      channel: 'whatsapp',
      note: '',
      verifiedAt: null,
    })
    const addressId = newId()
    insertAddress(tx, id, 0, {
      id: addressId,
      kind: 'service',
      label: '',
      lines: street === '' ? `Jl. Cempaka ${(number % 190) + 1}` : street,
      city: 'Bandung',
      region: 'Jawa Barat',
      postcode: String(40_111 + (number % 60)),
      country: 'ID',
      coordinates: null,
    })
    const serviceId = newId()
    insertService(
      tx,
      {
        id: serviceId,
        subscriberId: id,
        version: 1,
        name: number % 4 === 0 ? 'Home 50' : 'Home 20',
        addressId,
        state: 'live',
        oltId: olt.id,
        serial,
        liveSince: at,
        endedAt: null,
        note: '',
      },
      at,
    )
    deriveAnew(tx, id)
    noteEvent(tx, { subscriberId: id, at, kind: 'created', accountId: null, data: { status } })
    noteEvent(tx, {
      subscriberId: id,
      at,
      kind: 'service-added',
      objectKind: 'service',
      objectId: serviceId,
      accountId: null,
      data: { name: number % 4 === 0 ? 'Home 50' : 'Home 20', serial, olt: olt.name },
    })
  }

  return facts.listen({
    cycle: (olt, { group, whole }) => {
      if (!olt.simulated || !whole || group !== 'identity' || filled.has(olt.id)) return
      try {
        fill(olt)
      } catch (error) {
        filled.add(olt.id)
        deps.log.error('the simulated subscribers could not be filled in', { error })
      }
    },
  })
}

const first =
  'Agus Budi Citra Dewi Eko Fitri Gunawan Hana Indah Joko Kartika Lestari Made Nur Putri Rahmat'.split(
    ' ',
  )
const last =
  'Santoso Wijaya Halim Pratama Nugroho Saputra Hidayat Kurniawan Siregar Setiawan Permata'.split(
    ' ',
  )
