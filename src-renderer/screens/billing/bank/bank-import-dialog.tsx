import { Button, Group, Modal, Progress, Select, Stack, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankMapping } from '../../../../src-shared/contract/billing-bank-model.ts'
import type { Failure } from '../../../../src-shared/contract/envelope.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { callQuery, runCommand } from '../../../client/client.ts'
import { failureOf } from '../../../client/hooks.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { Day } from '../../../components/day.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { Money } from '../../../components/money.tsx'
import { showToast } from '../../../components/toast.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { BankMappingFields } from './bank-mapping.tsx'
import { FileProblems, Statements } from './file-report.tsx'

type Accounts = Output<'billing.bankAccounts'>['accounts']
type Preview = Output<'billing.previewBankFile'>

export interface BankImportDialogProps {
  readonly accounts: Accounts
  readonly onClose: () => void
  readonly onDone: (importId: string) => void
}

/** A file of the bank: what it is, how its table is read, what it would bring, and then it. */
export const BankImportDialog = ({ accounts, onClose, onDone }: BankImportDialogProps) => {
  const { t } = useTranslation('billing-bank')
  const { t: common } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const [accountId, setAccountId] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'looking' | 'taking' | null>(null)
  const task = useRef<string | null>(null)
  const stop = (): void => {
    if (task.current !== null) void runCommand('workspace.cancel', { taskId: task.current })
    task.current = null
  }
  useEffect(() => stop, [])

  const look = async (
    chosen: File,
    of: string | null,
    mapping: BankMapping | null,
  ): Promise<void> => {
    stop()
    const taskId = makeUuidV7()
    task.current = taskId
    setFile(chosen)
    setAccountId(of)
    setFailure(null)
    setBusy('looking')
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer())
      const fileName = chosen.name.slice(0, 255)
      const asked = { taskId, fileName, bytes, accountId: of, mapping }
      const found = await callQuery('billing.previewBankFile', asked)
      if (task.current === taskId) setPreview(found)
    } catch (error) {
      if (task.current !== taskId) return
      setFailure(failureOf(error))
      // A mapping that is refused stays on the screen, to be put right.
      if (mapping === null) setPreview(null)
    } finally {
      if (task.current === taskId) {
        task.current = null
        setBusy(null)
      }
    }
  }

  const bring = async (): Promise<void> => {
    if (preview === null) return
    setBusy('taking')
    try {
      const { stagedId } = preview
      const out = await runCommand('billing.importBankFile', { stagedId, accountName: name.trim() })
      showToast({
        kind: 'done',
        title: t('import.done', { count: out.added, proposed: out.proposed }),
      })
      onDone(out.importId)
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setBusy(null)
    }
  }

  const isNew = preview?.accounts.some(({ id }) => id === null) === true
  const isNamed = !isNew || preview?.table === null || name.trim() !== ''
  const fresh = preview?.fresh ?? 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={940}
    >
      <Stack gap="md">
        <p className="nc-soft">{t('import.about')}</p>
        <FileDrop
          name={file?.name ?? null}
          hint={t('import.drop')}
          button={t('import.choose')}
          accept=".csv,.txt,.tsv,.sta,.mt940,.940,.xml,text/csv,text/plain,text/xml"
          onFile={(chosen) => void look(chosen, accountId, null)}
        />
        {busy === 'looking' && <Progress value={100} animated aria-label={t('import.looking')} />}
        {failure !== null && <FailureState failure={failure} />}
        {preview !== null && file !== null && (
          <>
            <Group gap="md" align="flex-end">
              <Select
                label={t('import.account')}
                w={260}
                allowDeselect={false}
                value={accountId ?? preview.accounts[0]?.id ?? ''}
                onChange={(next) => void look(file, next === '' ? null : next, null)}
                data={[
                  ...accounts.map(({ id, name: own }) => ({ value: id, label: own })),
                  ...(isNew || preview.table !== null
                    ? [{ value: '', label: t('import.newAccount') }]
                    : []),
                ]}
              />
              {isNew && (
                <TextInput
                  label={t('import.accountName')}
                  description={preview.accounts[0]?.number ?? t('import.accountHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  maxLength={80}
                  value={name}
                  placeholder={preview.accounts[0]?.number ?? ''}
                  required={preview.table !== null}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
            </Group>
            {preview.table !== null && (
              <BankMappingFields
                table={preview.table}
                onMapping={(mapping) => void look(file, accountId, mapping)}
              />
            )}
            <Found preview={preview} />
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('button.cancel')}
          </Button>
          <Button
            onClick={() => void bring()}
            disabled={fresh === 0 || busy !== null || failure !== null || !isNamed}
            loading={busy === 'taking'}
          >
            {t('import.bring', { count: fresh })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** What it would bring. */
const Found = ({ preview }: { readonly preview: Preview }) => {
  const { t } = useTranslation('billing-bank')
  const format = useFormat()
  const { read, fresh } = preview
  return (
    <>
      <p role="status">
        {t(`format.${preview.format === 'camt.053' ? 'camt' : preview.format}`)}, {preview.encoding}{' '}
        · {t('import.read', { count: read, number: format.number(read) })} ·{' '}
        <strong>{t('import.fresh', { count: fresh, number: format.number(fresh) })}</strong>
        {preview.fromOn !== null && (
          <>
            {' '}
            · <Day on={preview.fromOn} /> – <Day on={preview.toOn} />
          </>
        )}
        {preview.incoming.map(({ currency, minor }) => (
          <span key={`in ${currency}`}>
            {' '}
            · {t('way.in')} <Money minor={minor} currency={currency} />
          </span>
        ))}
        {preview.outgoing.map(({ currency, minor }) => (
          <span key={`out ${currency}`}>
            {' '}
            · {t('way.out')} <Money minor={minor} currency={currency} />
          </span>
        ))}
      </p>
      {fresh === 0 && read > 0 && <p className="nbk-bad">{t('import.allKnown')}</p>}
      {preview.twins > 0 && (
        <p className="nbk-bad">{t('import.twins', { count: preview.twins })}</p>
      )}
      <Statements statements={preview.statements} />
      <FileProblems problems={preview.problems} total={preview.problemsTotal} />
      {preview.sample.length > 0 && (
        <div className="nbk-short" tabIndex={0} role="region" aria-label={t('import.first')}>
          <table className="nc-table" aria-label={t('import.first')}>
            <thead>
              <tr>
                <th scope="col">{t('column.day')}</th>
                <th scope="col">{t('column.payer')}</th>
                <th scope="col">{t('column.words')}</th>
                <th scope="col" className="nc-num">
                  {t('column.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.sample.map((line) => (
                <tr key={`${line.position} ${line.minor} ${line.words}`}>
                  <td>
                    <Day on={line.bookedOn} />{' '}
                    {line.known && <span className="nbl-chip">{t('import.known')}</span>}
                  </td>
                  <td>{line.payer}</td>
                  <td className="nbk-words">{line.words}</td>
                  <td className="nc-num">
                    <Money minor={line.minor} currency={line.currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
