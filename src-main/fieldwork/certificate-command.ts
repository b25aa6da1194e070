import { createHash } from 'node:crypto'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { readsOf } from '../store/reads.ts'
import { certificatePdf } from './certificate.ts'
import { certificateWords } from './certificate-words.ts'
import type { FieldworkDependencies } from './ports.ts'
import { orderIn, paperOf, viewOf } from './tables.ts'

/** Written before the row of the trail: a row without its file would be a lie, not the other way. */
export const createCertificate = (
  deps: FieldworkDependencies,
): CommandHandlers<'fieldwork.certificate'>['fieldwork.certificate'] => {
  const reads = readsOf(deps.reader)
  return async ({ id, language }) => {
    const order = orderIn(reads, id)
    const view = viewOf(reads, order)
    if (view.signedAt === null) {
      throw new NocturneError('order-state', { number: order.number, state: order.state })
    }
    const light =
      order.oltId === null || order.serial === null ? null : deps.lightOf(order.oltId, order.serial)
    const bytes = await certificatePdf(
      {
        seller: deps.sellerName(),
        number: order.number,
        kind: order.kind,
        type: { en: order.typeEn, id: order.typeIdText },
        subject: order.subject,
        subscriber:
          order.subscriberId === null
            ? ''
            : (deps.subscribers.party(order.subscriberId)?.name ?? ''),
        place: order.place,
        serial: order.serial,
        technician: order.assigneeId === null ? '–' : (deps.nameOfAccount(order.assigneeId) ?? '–'),
        paper: paperOf(order),
        view,
        range: light?.range ?? null,
      },
      certificateWords(language, deps.zone),
    )
    const fileName = `${order.number.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-${language}.pdf`
    const { folder } = await deps.writePaper(fileName, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return {
      apply: (tx) => {
        if (order.subscriberId !== null) tx.about({ subjectId: order.subscriberId })
        return { folder, fileName, sha256 }
      },
    }
  }
}
