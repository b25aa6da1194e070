import { describe, expect, it } from 'vitest'
import { queries, type QueryName } from '../../src-shared/contract/index.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { createFakeBridge } from '../support/fake-engine/fake-bridge.ts'
import { readOptions } from '../support/fake-engine/fake-options.ts'

const viewId = '01930000-0000-7000-8000-00000000cafe'

const ask = async (search: string, name: string, input: unknown) =>
  createFakeBridge(readOptions(`${search}&still=1`)).invoke(name, input)

describe('the fake engine', () => {
  it('answers every query as the contract says', async () => {
    const bridge = createFakeBridge(readOptions('?fake=1500&still=1'))
    const opened = await bridge.invoke('network.openView', {
      viewId,
      filter: {},
      sort: {},
      limit: 5,
    })
    const onu = (opened as { value: { onus: OnuRow[] } }).value.onus[0]!
    const one = { oltId: onu.oltId, address: onu.address }
    const taskId = viewId
    const planId = '01930000-0000-7000-9d00-000000000001'
    const subscriberId = '01930000-0000-7000-a000-000000000001'
    const orderId = '01930000-0000-7000-9c02-000000000001'
    const ticketId = '01930000-0000-7000-9a0a-000000000001'
    const templateId = '01930000-0000-7000-9a02-000000000001'
    const versionId = '01930000-0000-7000-8002-000000000008'
    const range = { series: { kind: 'onu', ...one }, from: Date.now() - 3_600_000, to: Date.now() }
    const { subscriptions } = (
      (await bridge.invoke('billing.subscriptions', { subscriberId })) as {
        value: { subscriptions: { id: string }[] }
      }
    ).value
    const subscriptionId = subscriptions[0]!.id
    const { batches } = (
      (await bridge.invoke('billing.voucherBatches', {})) as {
        value: { batches: { id: string }[] }
      }
    ).value
    const sold = '01930000-0000-7000-b001-000000000002'
    const soldPlan = '01930000-0000-7000-b000-000000000001'
    const documents = (
      (await bridge.invoke('billing.documents', { filter: {} })) as {
        value: { documents: { id: string }[] }
      }
    ).value.documents
    const dryRun = (await bridge.invoke('billing.dryRun', {})) as { value: { dryRunId: string } }
    const { runs } = (
      (await bridge.invoke('billing.runs', {})) as { value: { runs: { id: string }[] } }
    ).value
    const paymentId = '01930000-0000-7000-bfff-000000000001'
    const money = { method: 'cash', currency: 'IDR', amount: 100_000, receivedOn: '2026-01-02' }
    const looked = (await bridge.invoke('billing.reconcile', {
      commandId: viewId,
      input: { taskId },
    })) as {
      value: { lookId: string }
    }
    await bridge.invoke('billing.takePayment', {
      commandId: paymentId,
      input: { paymentId, subscriberId, ...money },
    })
    const { open } = (
      (await bridge.invoke('billing.account', { subscriberId })) as {
        value: { open: { id: string }[] }
      }
    ).value
    const openId = open[0]!.id
    const { cases } = (
      (await bridge.invoke('billing.dunningBoard', {})) as { value: { cases: { id: string }[] } }
    ).value
    const told = async <Value>(name: string): Promise<Value> =>
      ((await bridge.invoke(name as QueryName, {})) as { value: Value }).value
    const { agents } = await told<{ agents: { accountId: string }[] }>('billing.agents')
    const { accountId } = agents[0]!
    const days = { currency: 'IDR', fromOn: '2026-01-01', untilOn: '2027-01-01' }
    const { links } = await told<{ links: { id: string; subscriberId: string }[] }>(
      'billing.payPalLinks',
    )
    const link = links[0]!
    const { customers: mine } = await told<{ customers: { id: string }[] }>('billing.ownCustomers')
    const { imports } = await told<{ imports: { id: string }[] }>('billing.bankImports')
    const { sessions } = await told<{ sessions: { id: string }[] }>('billing.cashSessions')
    const inputs: Partial<Record<QueryName, unknown>> = {
      'billing.previewBankFile': {
        taskId,
        fileName: 'november.csv',
        bytes: new TextEncoder().encode('Tanggal;Keterangan;Jumlah\n2026-11-20;S-000001;150000\n'),
      },
      'billing.bankImport': { importId: imports[0]!.id },
      'billing.bankLines': { filter: {} },
      'billing.counterFind': { text: 'a' },
      'billing.counterSubscriber': { subscriberId },
      'billing.cashSession': { sessionId: sessions[0]!.id },
      'billing.account': { subscriberId },
      'billing.payments': { subscriberId },
      'billing.payment': { paymentId },
      'billing.prepaidOf': { subscriberId },
      'billing.payPalOf': { subscriberId },
      'billing.payPalLink': { subscriberId: link.subscriberId, linkId: link.id },
      'billing.payPalOfPayment': { paymentId },
      'billing.agent': { accountId },
      'billing.agentCustomers': { accountId },
      'billing.agentStatement': { accountId, ...days },
      'billing.ownCustomer': { subscriberId: mine[0]!.id },
      'billing.ownStatement': days,
      'billing.findings': { lookId: looked.value.lookId },
      'billing.dunningCase': { caseId: cases[0]!.id },
      'billing.dunningOf': { subscriberId },
      'billing.aged': { asOfOn: '2026-11-23' },
      'billing.documents': { filter: {} },
      'billing.document': { documentId: documents[0]!.id },
      'billing.ledger': { subscriberId },
      'billing.report': { fromOn: '2026-01-01', untilOn: '2027-01-01' },
      'billing.dryRunRows': { dryRunId: dryRun.value.dryRunId },
      'billing.dryRunDocuments': { subscriptionId },
      'billing.draftLook': {
        subscriberId: '01930000-0000-7000-a000-000000000001',
        currency: 'IDR',
        lines: [],
      },
      'billing.run': { runId: runs[0]!.id },
      'billing.plan': { planId: soldPlan },
      'billing.planExample': {
        currency: 'IDR',
        startOn: '2026-11-16',
        terms: {
          validFromOn: '2026-01-01',
          price: 1,
          unitPrice: null,
          taxIncluded: false,
          taxCodes: ['PPN'],
          interval: 'month',
          mode: 'advance',
          proration: 'actual',
          speedId: null,
          extras: [],
          discounts: [],
        },
      },
      'billing.planUsers': { planId: soldPlan, versionId: null },
      'billing.previewMove': {
        planId: soldPlan,
        fromVersionId: '01930000-0000-7000-b001-000000000001',
        toVersionId: sold,
        when: 'today',
      },
      'billing.vouchers': { batchId: batches[0]!.id },
      'billing.subscriptions': { subscriberId },
      'billing.subscription': { subscriptionId },
      'billing.previewStart': {
        subscriberId,
        serviceId: null,
        bought: { planVersionId: sold },
        startOn: new Date().toISOString().slice(0, 10),
      },
      'billing.previewAct': { subscriptionId, act: { kind: 'end', when: 'now' } },
      'network.summary': { oltIds: [] },
      'network.stateHistory': { oltIds: [] },
      'network.olt': { oltId: onu.oltId },
      'network.oltStrip': { oltId: onu.oltId },
      'network.oltInterfaces': { oltId: onu.oltId, taskId },
      'network.probe': { taskId, host: '10.0.0.1', community: 'x' },
      'network.worstSignals': {},
      'network.openView': { viewId, filter: {}, sort: { column: 'marginDb' } },
      'network.viewPage': { viewId, offset: 10, limit: 10 },
      'network.onu': one,
      'outages.onu': one,
      'search.find': { text: 'zteg' },
      'handover.report': { from: Date.now() - 3_600_000, to: Date.now() },
      'handover.pdf': {
        from: Date.now() - 3_600_000,
        to: Date.now(),
        language: 'en',
        timeZone: 'UTC',
      },
      'network.oltCare': { oltId: onu.oltId },
      'network.prepareAsOf': { taskId, asOf: Date.now() - 3_600_000 },
      'network.openLiveView': one,
      'network.closeLiveView': { oltId: onu.oltId },
      'history.series': { ...range, metrics: ['onuRxDbm', 'upBytes'] },
      'history.states': range,
      'history.events': range,
      'history.samples': { ...range, metrics: ['onuRxDbm'] },
      'outages.outage': { id: '01930000-0000-7000-8000-0000000a0002' },
      'outages.onus': { id: '01930000-0000-7000-8000-0000000a0002' },
      'families.family': { id: 'zte-c3xx' },
      'alarms.rows': { ids: ['01930000-0000-7000-9000-000000000002'] },
      'alarms.alarm': { id: '01930000-0000-7000-9000-000000000002' },
      'access.passwordStrength': { password: 'kopi tubruk pagi' },
      'audit.timeline': { objectKind: 'olt', objectId: onu.oltId },
      'audit.row': { seq: 1 },
      'alarms.guide': { type: 'rx-low', language: 'en' },
      'alarms.previewRule': {
        taskId,
        type: 'rx-low',
        rule: {
          enabled: true,
          severity: 'minor',
          raiseAfterS: 0,
          clearAfterS: 0,
          importantOnly: false,
          oltIds: [],
          limits: {},
        },
      },
      'families.check': { id: 'zte-c3xx' },
      'plant.node': { id: '01930000-0000-7000-8000-0000f0000001' },
      'plant.place': one,
      'plant.export': { kind: 'olts' },
      'plant.previewImport': {
        taskId,
        kind: 'nodes',
        fileName: 'x.csv',
        bytes: new TextEncoder().encode('zone\nHarbour\n'),
      },
      'access.previewAccounts': {
        fileName: 'x.csv',
        bytes: new TextEncoder().encode('name,login,role,hash\nSari,sari,support,$2b$\n'),
      },
      'plant.map': { west: -180, south: -80, east: 180, north: 80, zoom: 4 },
      'provisioning.abilities': { oltId: onu.oltId },
      'provisioning.onu': { ...one, fresh: false, taskId },
      'provisioning.plan': { planId },
      'provisioning.planTargets': { planId },
      'provisioning.planSteps': { planId, target: 0 },
      'provisioning.journal': one,
      'provisioning.catalogue': { oltId: onu.oltId },
      'provisioning.adoption': { oltId: onu.oltId },
      'provisioning.whatIf': {
        oltId: onu.oltId,
        addresses: [onu.address],
        to: { oltId: onu.oltId, pon: { shelf: 1, slot: 2, port: 9 } },
      },
      'approvals.list': { which: 'waiting' },
      'billing.writeOffs': { subscriberId },
      'billing.writeOffLook': {
        subscriberId,
        currency: 'IDR',
        documents: [{ documentId: openId, amount: 1 }],
      },
      'billing.creditLook': { documentId: documents[0]!.id, lines: null },
      'approvals.of': { kind: 'provisioning.plan', subjectId: planId },
      'olt-cli.access': { oltId: onu.oltId },
      'olt-cli.transcript': { transcriptId: '01930000-0000-7000-8001-000000000001' },
      'olt-backups.versions': { oltId: onu.oltId },
      'olt-backups.text': { versionId },
      'olt-backups.diff': { beforeId: versionId, afterId: versionId },
      'olt-backups.restoreGuide': { versionId },
      'fieldwork.order': { id: orderId },
      'fieldwork.photo': { id: orderId, photoId: orderId },
      'fieldwork.plan': { from: 0, to: 86_400_000 },
      'fieldwork.calendar': { from: 0, to: 86_400_000, assigneeId: null },
      'tickets.due': { from: 0, to: Date.now() },
      'tickets.fillTemplate': { templateId, ticketId },
      'tickets.file': { id: ticketId, fileId: '01930000-0000-7000-9afe-000000000001' },
      'tickets.report': { from: 0, to: Date.now(), timeZone: 'Asia/Jakarta' },
      'tickets.ticket': { id: ticketId },
      'tickets.timeline': { id: ticketId },
      'subscribers.record': { id: subscriberId },
      'subscribers.timeline': { id: subscriberId },
      'subscribers.behindOnu': one,
      'subscribers.file': {
        id: subscriberId,
        fileId: '01930000-0000-7000-a005-000000000001',
      },
      'subscribers.previewAgent': { which: { filter: {} }, agentId: null },
      'subscribers.previewImport': {
        taskId,
        fileName: 'x.csv',
        bytes: new TextEncoder().encode('name\nSri\n'),
      },
      'plant.stageMapFile': { uploadId: viewId, offset: 0, bytes: new Uint8Array(8) },
    }
    // There is no map file to read, until one is chosen.
    // Nor a receipt of the counter, until somebody has opened a till and taken money there.
    const others = new Set<string>([
      'network.closeView',
      'plant.readMapFile',
      'billing.counterReceipt',
    ])
    const names = (Object.keys(queries) as QueryName[]).filter((name) => !others.has(name))
    for (const name of names) {
      const answer = await bridge.invoke(name, inputs[name] ?? {})
      expect(answer, name).toMatchObject({ ok: true })
      const checked = queries[name].output.safeParse((answer as { value: unknown }).value)
      expect(checked.error?.issues ?? [], name).toEqual([])
    }
  })

  it('refuses everything but the door while the screen is locked', async () => {
    expect(await ask('?start=locked', 'network.olts', {})).toMatchObject({
      error: { code: 'session-locked' },
    })
    expect(await ask('?start=locked', 'access.session', {})).toMatchObject({ ok: true })
  })

  it('refuses an unknown call and an input that the contract does not know', async () => {
    expect(await ask('?', 'toString', {})).toMatchObject({ error: { code: 'unknown-procedure' } })
  })

  it('makes the same network from the same size', async () => {
    const input = { viewId, filter: {}, sort: {}, limit: 3 }
    const serials = async () => {
      const answer = await ask('?fake=1500', 'network.openView', input)
      return (answer as { value: { onus: OnuRow[] } }).value.onus.map((onu) => onu.serial)
    }
    expect(await serials()).toEqual(await serials())
  })
})
