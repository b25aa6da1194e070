/** Answers to begin with; in both languages, with the same places to fill. */
export const seedTemplates = [
  {
    name: 'First answer',
    bodyEn: `Hello {{customer}},

thank you for your message. We have written it down under {{number}} and are looking into it. You will hear from us as soon as we know more.

{{agent}}`,
    bodyId: `Halo {{customer}},

terima kasih atas laporan Anda. Laporan Anda kami catat dengan nomor {{number}} dan sedang kami periksa. Kami akan mengabari Anda begitu ada perkembangan.

{{agent}}`,
  },
  {
    name: 'Outage known',
    bodyEn: `Hello {{customer}},

there is an outage in your area. We know of it and are working on it; there is nothing you need to do. We will tell you when it is over ({{number}}).

{{agent}}`,
    bodyId: `Halo {{customer}},

sedang ada gangguan di wilayah Anda. Kami sudah mengetahuinya dan sedang memperbaikinya; Anda tidak perlu melakukan apa pun. Kami akan mengabari Anda setelah selesai ({{number}}).

{{agent}}`,
  },
  {
    name: 'Visit planned',
    bodyEn: `Hello {{customer}},

a technician has to see your connection ({{number}}). We will call you to agree on a time; please have the place of the fibre box free.

{{agent}}`,
    bodyId: `Halo {{customer}},

teknisi kami perlu memeriksa sambungan Anda ({{number}}). Kami akan menelepon Anda untuk menyepakati waktunya; mohon tempat kotak fiber dapat dijangkau.

{{agent}}`,
  },
  {
    name: 'Solved',
    bodyEn: `Hello {{customer}},

your report {{number}} is solved. If something is still not right, simply answer: we will open it again.

{{agent}}`,
    bodyId: `Halo {{customer}},

laporan Anda {{number}} sudah selesai. Bila masih ada kendala, cukup balas pesan ini: kami akan membukanya kembali.

{{agent}}`,
  },
] as const
