import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { fileNameOf, writePaper } from '../pdf/paper-files.ts'
import { issuedDocument, paperSettingsOf } from '../pdf/paper-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { ublDocument } from './ubl-document.ts'
import { missingFor } from './ubl-facts.ts'

export type UblCommand = 'billing.documentUbl'

export const createUblHandlers = (
  deps: Pick<BillingDependencies, 'newId' | 'exportsFolder'> & { readonly reads: Reads },
): { readonly commands: CommandHandlers<UblCommand> } => ({
  commands: {
    'billing.documentUbl': ({ documentId, profile }) => {
      const { exportsFolder, reads } = deps
      const document = issuedDocument(reads, documentId)
      if (document === null) throw gone('invoice')
      if (document === 'draft') throw new NocturneError('document-not-issued')
      const { kind, number } = document
      // An offer is no invoice.
      if (kind === 'proforma') throw new NocturneError('document-kind')
      const missing = missingFor(document, profile)
      if (missing.length > 0) {
        // In words where it is read, in the language of who reads it.
        throw new NocturneError('ubl-incomplete', { number, missing: missing.join(',') })
      }
      const { transfer } = paperSettingsOf(reads).settings
      const text = ublDocument({ ...document, kind }, { profile, transfer })
      const fileName = `${fileNameOf(number, profile === 'peppol' ? 'peppol' : 'ubl')}.xml`
      return {
        apply: (tx) => {
          tx.about({
            objectKind: 'invoice',
            objectId: documentId,
            subjectId: document.subscriberId,
          })
          return { folder: exportsFolder, fileName }
        },
        after: () => writePaper(exportsFolder, fileName, deps.newId(), Buffer.from(text, 'utf8')),
      }
    },
  },
})
