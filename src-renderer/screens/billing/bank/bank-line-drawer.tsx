import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type {
  BankLineRow,
  BankProposal,
} from '../../../../src-shared/contract/billing-bank-model.ts'
import { paths } from '../../../app/paths.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Since } from '../../../components/data-age.tsx'
import { Day, useDayText } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { RecordDrawer } from '../../../components/record-drawer.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { StrengthChip } from './bank-table.tsx'
import { IgnoreDialog, ReturnDialog } from './decide-dialogs.tsx'
import { MatchDialog } from './match-dialog.tsx'

export interface BankLineDrawerProps {
  readonly line: BankLineRow
  readonly onClose: () => void
  /** It is decided about: the next one. */
  readonly onDecided: () => void
}

/** One movement: what the bank said, who may have paid it and why, and what becomes of it. */
export const BankLineDrawer = ({ line, onClose, onDecided }: BankLineDrawerProps) => {
  const { t } = useTranslation('billing-bank')
  const dayText = useDayText()
  const may = usePermissions()
  const [dialog, setDialog] = useState<'match' | 'ignore' | null>(null)
  const waits = line.state === 'unmatched' || line.state === 'proposed'
  const decides = waits && may.includes('billing.bank.decide')
  return (
    <RecordDrawer
      title={<Money minor={line.minor} currency={line.currency} />}
      subtitle={`${dayText(line.bookedOn)} · ${line.accountName}`}
      onClose={onClose}
    >
      <div className="nbl-stack">
        <Facts line={line} />
        {waits && (
          <section className="nbl-stack" aria-label={t('proposals')}>
            <h3>{t(line.minor > 0 ? 'proposals' : 'returns')}</h3>
            {line.proposals.length === 0 && (
              <p className="nc-soft">{t(line.minor > 0 ? 'noProposal' : 'noReturn')}</p>
            )}
            {line.proposals.map((proposal, at) => (
              <Proposal
                key={`${proposal.subscriberId} ${proposal.payment?.id ?? ''}`}
                line={line}
                proposal={proposal}
                first={at === 0}
                onDecided={onDecided}
              />
            ))}
          </section>
        )}
        {decides && (
          <Group gap="sm">
            {line.minor > 0 && (
              <Button variant="default" onClick={() => setDialog('match')}>
                {t('choose')}
              </Button>
            )}
            {line.left === Math.max(0, line.minor) && (
              <Button variant="default" onClick={() => setDialog('ignore')}>
                {t('ignore.button')}
              </Button>
            )}
          </Group>
        )}
        {line.state === 'ignored' && may.includes('billing.bank.decide') && (
          <Group>
            <Button
              variant="default"
              onClick={() =>
                void act('billing.unignoreBankLines', { lineIds: [line.id] }, () => ({
                  title: t('ignore.back'),
                }))
              }
            >
              {t('ignore.undo')}
            </Button>
          </Group>
        )}
        {line.payments.length > 0 && <Payments line={line} />}
      </div>
      {dialog === 'match' && (
        <MatchDialog line={line} onClose={() => setDialog(null)} onDone={onDecided} />
      )}
      {dialog === 'ignore' && (
        <IgnoreDialog lineId={line.id} onClose={() => setDialog(null)} onDone={onDecided} />
      )}
    </RecordDrawer>
  )
}

const Facts = ({ line }: { readonly line: BankLineRow }) => {
  const { t } = useTranslation('billing-bank')
  return (
    <dl className="nbk-facts">
      <dt>{t('column.payer')}</dt>
      <dd>
        {line.payer ?? t('noPayer')}
        {line.payerEnd !== null && <span className="nc-faint nc-mono"> …{line.payerEnd}</span>}
      </dd>
      <dt>{t('column.words')}</dt>
      <dd>{line.remittance === '' ? '–' : line.remittance}</dd>
      {line.reference !== null && (
        <>
          <dt>{t('column.reference')}</dt>
          <dd className="nc-mono">
            {line.reference} <CopyButton text={line.reference} label={t('copyReference')} />
          </dd>
        </>
      )}
      {line.valueOn !== null && line.valueOn !== line.bookedOn && (
        <>
          <dt>{t('valueOn')}</dt>
          <dd>
            <Day on={line.valueOn} />
          </dd>
        </>
      )}
      {line.left !== line.minor && line.left > 0 && (
        <>
          <dt>{t('left')}</dt>
          <dd>
            <Money minor={line.left} currency={line.currency} />
          </dd>
        </>
      )}
      {line.isReversal && (
        <>
          <dt>{t('mark')}</dt>
          <dd>{t('isReversal')}</dd>
        </>
      )}
      {line.twin && (
        <>
          <dt>{t('twin')}</dt>
          <dd>{t('twinText')}</dd>
        </>
      )}
      {line.decidedAt !== null && (
        <>
          <dt>{t(`state.${line.state}`)}</dt>
          <dd>
            <Since at={line.decidedAt} /> {line.decidedBy}
            {line.reason !== '' && <>: {line.reason}</>}
          </dd>
        </>
      )}
    </dl>
  )
}

interface ProposalProps {
  readonly line: BankLineRow
  readonly proposal: BankProposal
  /** Enter takes it. */
  readonly first: boolean
  readonly onDecided: () => void
}

const Proposal = ({ line, proposal, first, onDecided }: ProposalProps) => {
  const { t } = useTranslation('billing-bank')
  const money = useMoneyText()
  const may = usePermissions()
  const [returning, setReturning] = useState(false)
  const { payment, subscriberId } = proposal
  const isReturn = line.minor < 0
  const needed = isReturn ? 'billing.payment.reverse' : 'billing.bank.decide'
  const accept = async (): Promise<void> => {
    if (isReturn) return setReturning(true)
    const out =
      payment === null
        ? await act(
            'billing.takeBankLine',
            { lineId: line.id, parts: [{ subscriberId, amount: line.left }] },
            ({ numbers }) => ({ title: t('taken', { number: numbers.join(', ') }) }),
          )
        : await act(
            'billing.linkBankLine',
            { lineId: line.id, paymentId: payment.id },
            ({ number }) => ({ title: t('linked', { number }) }),
          )
    if (out !== undefined) onDecided()
  }
  return (
    <article className="nbk-proposal">
      <header>
        <StrengthChip strength={proposal.strength} />
        <Link href={paths.subscriber(subscriberId)}>
          <span className="nc-mono">{proposal.subscriberCode}</span> {proposal.subscriberName}
        </Link>
        {may.includes(needed) && (
          <Button
            size="xs"
            variant={first ? 'filled' : 'default'}
            autoFocus={first}
            onClick={() => void accept()}
          >
            {t(isReturn ? 'return.button' : payment === null ? 'take' : 'link')}
          </Button>
        )}
      </header>
      <p className="nc-soft nc-small">
        {proposal.reasons.map((reason) => t(`reason.${reason}`)).join(' · ')}
      </p>
      {payment !== null && (
        <p>
          {t(isReturn ? 'takesBack' : 'wasEntered', {
            number: payment.number,
            amount: money(payment.amount, line.currency),
          })}{' '}
          (<Day on={payment.receivedOn} />)
        </p>
      )}
      {proposal.settles.length > 0 && (
        <ul className="nbl-list">
          {proposal.settles.map(({ documentId, number, amount }) => (
            <li key={documentId}>
              <span className="nc-mono">{number}</span>{' '}
              <Money minor={amount} currency={line.currency} />
            </li>
          ))}
        </ul>
      )}
      {proposal.credit > 0 && (
        <p>{t('credit', { amount: money(proposal.credit, line.currency) })}</p>
      )}
      {returning && payment !== null && (
        <ReturnDialog
          lineId={line.id}
          payment={payment}
          onClose={() => setReturning(false)}
          onDone={onDecided}
        />
      )}
    </article>
  )
}

const Payments = ({ line }: { readonly line: BankLineRow }) => {
  const { t } = useTranslation('billing-bank')
  return (
    <section aria-label={t('column.payments')}>
      <h3>{t('column.payments')}</h3>
      <ul className="nbl-list">
        {line.payments.map((payment) => (
          <li key={`${payment.role} ${payment.id}`}>
            <span className="nc-mono">{payment.number}</span>{' '}
            <Link href={`${paths.subscriber(payment.subscriberId)}?tab=account`}>
              {payment.subscriberCode} {payment.subscriberName}
            </Link>{' '}
            <Money minor={payment.amount} currency={line.currency} />{' '}
            {payment.reversed && (
              <span className="nbl-chip" data-tone="warn">
                {t('reversed')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="nc-soft nc-small">{t('undoHint')}</p>
    </section>
  )
}
