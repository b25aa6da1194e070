import type { TicketPriority, TicketState } from '../../../src-shared/domain/ticket-state.ts'

/** What happened at a small provider's desk in two weeks; the same each time. */
export interface DemoStep {
  /** So long after the step before it. */
  readonly afterMin: number
  readonly said?: { readonly kind: 'reply' | 'customer' | 'note'; readonly body: string }
  readonly to?: TicketState
  readonly score?: number
}

export interface DemoStory {
  readonly subject: string
  readonly tags: readonly string[]
  readonly priority: TicketPriority
  readonly first: string
  /** Told in full, as far as the time since it began reaches. */
  readonly steps: readonly DemoStep[]
}

const reply = (afterMin: number, body: string): DemoStep => ({
  afterMin,
  said: { kind: 'reply', body },
})
const note = (afterMin: number, body: string): DemoStep => ({
  afterMin,
  said: { kind: 'note', body },
})
const customer = (afterMin: number, body: string): DemoStep => ({
  afterMin,
  said: { kind: 'customer', body },
})
const to = (afterMin: number, state: TicketState): DemoStep => ({ afterMin, to: state })

export const demoStories: readonly DemoStory[] = [
  {
    subject: 'No internet since this morning, LOS is red',
    tags: ['light', 'drop'],
    priority: 'P3',
    first: 'Internet mati sejak pagi, lampu LOS merah.',
    steps: [
      reply(25, 'Kami sedang memeriksa jalur Anda.'),
      note(20, 'Light of the neighbours is steady: the drop. A visit is needed.'),
      reply(30, 'Teknisi kami akan datang besok pagi.'),
      to(1_100, 'solved'),
    ],
  },
  {
    subject: 'Slow in the evening',
    tags: ['speed'],
    priority: 'P4',
    first: 'Setiap malam internet lambat sekali.',
    steps: [
      reply(90, 'Mohon coba dengan kabel dan kirim hasilnya.'),
      to(5, 'pending-customer'),
      customer(1_500, 'Dengan kabel lancar, hanya Wi-Fi yang lambat.'),
      reply(60, 'Kanal Wi-Fi sudah kami pindahkan. Mohon coba lagi.'),
      to(700, 'solved'),
      { afterMin: 60, score: 5 },
    ],
  },
  {
    subject: 'Router restarts by itself',
    tags: ['router', 'power'],
    priority: 'P4',
    first: 'Router sering restart sendiri.',
    steps: [
      note(50, 'Dying gasps in the history: his adapter. A new one is to be ordered.'),
      reply(40, 'Adaptor perlu diganti; kami pesankan.'),
      to(10, 'pending-vendor'),
      to(4_300, 'open'),
      to(200, 'solved'),
    ],
  },
  {
    subject: 'Invoice shows a device that was given back',
    tags: ['invoice'],
    priority: 'P4',
    first: 'Di tagihan masih ada sewa alat yang sudah dikembalikan.',
    steps: [
      reply(200, 'Kami teruskan ke bagian tagihan.'),
      to(20, 'pending-reminder'),
      to(2_900, 'open'),
      reply(60, 'Nota kredit sudah dibuat.'),
      to(5, 'solved'),
      { afterMin: 500, score: 4 },
    ],
  },
  {
    subject: 'Several houses in one street without light',
    tags: ['light', 'splitter'],
    priority: 'P2',
    first: 'Satu gang tidak ada internet.',
    steps: [
      reply(12, 'Gangguan sudah kami ketahui, tim sedang menuju lokasi.'),
      note(30, 'All of one splitter are down, the others of the port are up.'),
      reply(90, 'Kabel putus ditemukan, sedang disambung.'),
      to(120, 'solved'),
    ],
  },
  {
    subject: 'Moves to another house next month',
    tags: ['move'],
    priority: 'P4',
    first: 'Bulan depan saya pindah rumah, bisa pindah sambungan?',
    steps: [reply(180, 'Bisa. Kami cek dulu jalur di alamat baru.'), to(30, 'pending-reminder')],
  },
  {
    subject: 'Wi-Fi password forgotten',
    tags: ['wifi'],
    priority: 'P4',
    first: 'Saya lupa kata sandi Wi-Fi.',
    steps: [
      reply(15, 'Kata sandi sudah kami atur ulang bersama Anda.'),
      to(2, 'solved'),
      customer(900, 'Sekarang TV tidak mau tersambung lagi.'),
      reply(30, 'Silakan masukkan kata sandi baru di TV.'),
      to(60, 'solved'),
      { afterMin: 30, score: 3 },
    ],
  },
  {
    subject: 'Light is weak and falling',
    tags: ['light'],
    priority: 'P3',
    first: 'Internet sering putus sebentar.',
    steps: [note(40, 'Four dB below its median of thirty days: a connector or a bend.')],
  },
]
