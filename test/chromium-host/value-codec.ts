/**
 * Values between host and page. Electron sends them by structured clone; the DevTools protocol
 * carries only JSON, so what JSON cannot say travels as a tagged object:
 *
 *   typed arrays, ArrayBuffer  {"$t":"Float64Array","b":"<base64, little endian>"}
 *   undefined                  {"$u":1}
 *   NaN, ±Infinity, -0         {"$n":"NaN"}
 *   bigint                     {"$i":"12"}
 *   Date                       {"$d":1700000000000}
 *   an object with a $ key     {"$o":[["$key",value],…]}
 *
 * Functions, symbols, maps, sets and class instances are refused, as they have no place in a reply.
 * (Electron would copy a Map; the console sends none. It refuses functions and symbols as well.)
 *
 * `createValueCodec` is self-contained on purpose: its source text is also injected into the page.
 */
export type ValueCodec = Readonly<{
  encode: (value: unknown) => string
  decode: (text: string) => unknown
}>

export function createValueCodec(): ValueCodec {
  type Plain = Record<string, unknown>
  const typedArrays = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  }
  const refused = (): never => {
    throw new Error('An object could not be cloned.')
  }

  const toBase64 = (bytes: Uint8Array): string => {
    const native = bytes as unknown as { toBase64?: () => string }
    if (typeof native.toBase64 === 'function') return native.toBase64()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  }
  const fromBase64 = (text: string): ArrayBuffer => {
    const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array }
    const bytes =
      typeof native.fromBase64 === 'function'
        ? native.fromBase64(text)
        : new Uint8Array(Buffer.from(text, 'base64'))
    return bytes.buffer as ArrayBuffer
  }

  const pack = (value: unknown, depth: number): unknown => {
    if (depth > 200) return refused()
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return { $n: Object.is(value, -0) ? '-0' : String(value) }
      case 'undefined':
        return { $u: 1 }
      case 'bigint':
        return { $i: value.toString() }
      case 'object':
        return value === null ? null : packObject(value, depth)
      default:
        return refused()
    }
  }

  const packObject = (value: object, depth: number): unknown => {
    if (Array.isArray(value)) return value.map((item) => pack(item, depth + 1))
    if (value instanceof Date) return { $d: value.getTime() }
    if (value instanceof ArrayBuffer)
      return { $t: 'ArrayBuffer', b: toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value)) {
      // A Buffer arrives as Uint8Array, as it does from Electron.
      const kind = value instanceof Uint8Array ? 'Uint8Array' : value.constructor.name
      if (!Object.hasOwn(typedArrays, kind)) return refused()
      return {
        $t: kind,
        b: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
      }
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return refused()
    const keys = Object.keys(value)
    const source = value as Plain
    if (keys.some((key) => key.startsWith('$') || key === '__proto__')) {
      return { $o: keys.map((key) => [key, pack(source[key], depth + 1)]) }
    }
    const packed: Plain = {}
    for (const key of keys) packed[key] = pack(source[key], depth + 1)
    return packed
  }

  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(unpack)
    const packed = value as Plain
    if ('$t' in packed) {
      const buffer = fromBase64(packed['b'] as string)
      if (packed['$t'] === 'ArrayBuffer') return buffer
      return new typedArrays[packed['$t'] as keyof typeof typedArrays](buffer)
    }
    if ('$u' in packed) return undefined
    if ('$n' in packed) return Number(packed['$n'])
    if ('$i' in packed) return BigInt(packed['$i'] as string)
    if ('$d' in packed) return new Date(packed['$d'] as number)
    if ('$o' in packed) {
      // fromEntries defines keys; assigning `__proto__` would set the prototype instead.
      return Object.fromEntries(
        (packed['$o'] as [string, unknown][]).map(([key, item]) => [key, unpack(item)]),
      )
    }
    for (const key of Object.keys(packed)) packed[key] = unpack(packed[key])
    return packed
  }

  return {
    encode: (value) => JSON.stringify(pack(value, 0)),
    decode: (text) => unpack(JSON.parse(text)),
  }
}
