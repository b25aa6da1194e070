import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconChevronDown, IconFileCode, IconFileTypePdf, IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentHead } from '../../../../src-shared/contract/billing-documents-model.ts'
import type { PaperSize, UblProfile } from '../../../../src-shared/contract/billing-papers.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { MadePaper, type Made } from './made-paper.tsx'

/** The papers of an issued document: PDF for sheets and for thermal paper, and XML. */
export const PaperButtons = ({
  document,
  compact = false,
}: {
  readonly document: Pick<DocumentHead, 'id' | 'kind' | 'state'>
  /** In a row of a table: signs alone; the toast tells where the file lies. */
  readonly compact?: boolean
}) => {
  const { t } = useTranslation('billing-papers')
  const may = usePermissions()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<Made | undefined>()
  if (document.state !== 'issued' || !may.includes('billing.document.read')) return null
  const documentId = document.id
  const told = (out: { readonly folder: string; readonly fileName: string }) => ({
    title: t('made', { file: out.fileName, folder: out.folder }),
  })
  const make = async (work: () => Promise<Made | undefined>): Promise<void> => {
    setBusy(true)
    setMade(await work())
    setBusy(false)
  }
  const pdf = (paper: PaperSize): void =>
    void make(() => act('billing.documentPdf', { documentId, paper }, told))
  const xml = (profile: UblProfile): void =>
    void make(() => act('billing.documentUbl', { documentId, profile }, told))
  return (
    <div className="nbl-stack">
      <Group gap={4} wrap="nowrap">
        {compact ? (
          <ActionIcon
            loading={busy}
            aria-label={t('pdf')}
            title={t('pdf')}
            onClick={() => pdf('a4')}
          >
            <IconFileTypePdf size={15} aria-hidden="true" />
          </ActionIcon>
        ) : (
          <Button
            variant="default"
            loading={busy}
            leftSection={<IconFileTypePdf size={15} aria-hidden="true" />}
            onClick={() => pdf('a4')}
          >
            {t('pdf')}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              {...(compact ? {} : { variant: 'default', size: 30 })}
              aria-label={t('more')}
              disabled={busy}
            >
              <IconChevronDown size={15} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown aria-label={t('more')}>
            <Menu.Item
              leftSection={<IconReceipt size={15} aria-hidden="true" />}
              onClick={() => pdf('80mm')}
            >
              {t('thermal80')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconReceipt size={15} aria-hidden="true" />}
              onClick={() => pdf('58mm')}
            >
              {t('thermal58')}
            </Menu.Item>
            {/* An offer is no invoice. */}
            {document.kind !== 'proforma' && (
              <>
                <Menu.Item
                  leftSection={<IconFileCode size={15} aria-hidden="true" />}
                  onClick={() => xml('en16931')}
                >
                  {t('ubl')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconFileCode size={15} aria-hidden="true" />}
                  onClick={() => xml('peppol')}
                >
                  {t('peppol')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {!compact && <MadePaper made={made} />}
    </div>
  )
}

/** The receipt of a payment; nothing for a role that may not read payments, as a cashier's. */
export const ReceiptButton = ({ paymentId }: { readonly paymentId: string }) => {
  const { t } = useTranslation('billing-papers')
  const may = usePermissions()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<Made | undefined>()
  const mayAll = may.includes('billing.payment.read')
  if (!mayAll && !may.includes('billing.cash.run')) return null
  const make = async (paper: PaperSize): Promise<void> => {
    setBusy(true)
    setMade(
      await act(
        mayAll ? 'billing.receiptPdf' : 'billing.receiptPdfOfMine',
        { paymentId, paper },
        (out) => ({
          title: t('made', { file: out.fileName, folder: out.folder }),
        }),
      ),
    )
    setBusy(false)
  }
  return (
    <div className="nbl-stack">
      <Group gap={4} wrap="nowrap">
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconFileTypePdf size={15} aria-hidden="true" />}
          onClick={() => void make('a4')}
        >
          {t('receipt')}
        </Button>
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={t('more')} disabled={busy}>
              <IconChevronDown size={15} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown aria-label={t('more')}>
            <Menu.Item onClick={() => void make('80mm')}>{t('thermal80')}</Menu.Item>
            <Menu.Item onClick={() => void make('58mm')}>{t('thermal58')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <MadePaper made={made} />
    </div>
  )
}
