export interface ReadTrap {
  readonly community: string
  /** Empty: it carries none. */
  readonly trapOid: string
  readonly varbinds: readonly { readonly oid: string; readonly text: string }[]
}

interface Part {
  readonly tag: number
  readonly content: Buffer
}

/** Takes BER apart, one level: shares nothing with the plant's writer nor with the receiver. */
const partsOf = (octets: Buffer): readonly Part[] => {
  const parts: Part[] = []
  for (let at = 0; at < octets.length;) {
    const tag = octets[at] as number
    const first = octets[at + 1] as number
    const long = first > 127 ? first & 127 : 0
    const length = long === 0 ? first : octets.readUIntBE(at + 2, long)
    const start = at + 2 + long
    parts.push({ tag, content: octets.subarray(start, start + length) })
    at = start + length
  }
  return parts
}

const oidOf = (content: Buffer): string => {
  const arcs: number[] = []
  let arc = 0
  for (const octet of content) {
    arc = arc * 128 + (octet & 127)
    if (octet < 128) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [head = 0, ...rest] = arcs
  return [Math.floor(head / 40), head % 40, ...rest].join('.')
}

export const decodeTrap = (datagram: Buffer): ReadTrap => {
  const [message] = partsOf(datagram)
  const [, community, pdu] = partsOf(message?.content ?? Buffer.alloc(0))
  const list = partsOf(pdu?.content ?? Buffer.alloc(0))[3]
  const varbinds = partsOf(list?.content ?? Buffer.alloc(0)).map(({ content }) => {
    const [name, value] = partsOf(content)
    return {
      oid: oidOf(name?.content ?? Buffer.alloc(0)),
      text: value?.tag === 6 ? oidOf(value.content) : (value?.content.toString('latin1') ?? ''),
    }
  })
  return {
    community: community?.content.toString('latin1') ?? '',
    trapOid: varbinds[1]?.text ?? '',
    varbinds: varbinds.slice(2),
  }
}
