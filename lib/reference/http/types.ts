/** One field line: its name as sent and its value without surrounding whitespace, both latin1. */
export type Pair = readonly [name: string, value: string]

/** The three words of a request line. */
export interface StartLine {
  readonly method: string
  readonly target: string
  readonly version: string
}

/** A request line and its field lines, in order, nothing merged. */
export interface Head {
  readonly start: StartLine
  readonly fields: readonly Pair[]
}

/** A request target taken apart (RFC 9112 §3.2). */
export interface Target {
  readonly form: 'origin' | 'absolute' | 'authority' | 'asterisk'
  readonly path: string
  /** Without its question mark; present even when empty. */
  readonly query?: string
  /** `user:password` of an absolute-form target, undecoded. */
  readonly userinfo?: string
}

/** How the content of a request ends (RFC 9112 §6.3); `length` counts bytes. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }

/** A request that is refused before anybody asks what it wants. */
export interface Fault {
  /** The status it deserves. */
  readonly fault: number
  readonly say: string
}

/** The content of a request and the fields that came after it. */
export interface Content {
  readonly body: string
  readonly trailers: readonly Pair[]
}

/** What two requests share when they came over the same connection. */
export interface Connection {
  /** Counts from 1 within one server. */
  readonly number: number
  /** True where the bytes came through TLS. */
  readonly secure: boolean
}

/** One well-formed request; its content is read only when somebody asks. */
export interface Request {
  readonly method: string
  readonly target: Target
  /** The request target as sent. */
  readonly rawTarget: string
  readonly version: string
  readonly fields: readonly Pair[]
  readonly connection: Connection
  /** Reads the content, sending `100 Continue` first where it was asked for. */
  readonly content: () => Promise<Content | Fault>
}

/** One answer before it is put into bytes. */
export interface Reply {
  readonly status: number
  readonly fields: readonly Pair[]
  /** Content as latin1; left out on the wire where the status or method has none. */
  readonly body: string
  /** Close the connection afterwards and say so. */
  readonly close?: boolean
  /** Interim answers to send first, complete to the byte. */
  readonly interim?: string
  /** Wait this many milliseconds before the first byte. */
  readonly delay?: number
  /**
   * Instead of the answer: `hang` sends nothing and keeps the connection, `cut` closes it, `reset`
   * aborts it, `die` takes the whole server down.
   */
  readonly instead?: 'hang' | 'cut' | 'reset' | 'die'
}

/** What has to be true of a request's size, in bytes. */
export interface Limits {
  readonly requestLine: number
  readonly head: number
  readonly body: number
}

/** Every decision the HTTP engine takes; a server is described by replacing some of them. */
export interface HttpRules {
  readonly limits: Limits
  /** Milliseconds to wait for the end of a head before acting on what came; absent: for ever. */
  readonly patience?: number
  /** Bytes of a head, without its empty line, to lines. */
  readonly lines: (head: string) => readonly string[] | Fault
  readonly startLine: (line: string) => StartLine | Fault
  /** Deals with lines that begin with whitespace. */
  readonly unfold: (lines: readonly string[]) => readonly string[] | Fault
  /** One line to name and untrimmed value; undefined drops the line. */
  readonly fieldLine: (line: string) => Pair | Fault | undefined
  /** Trims a value and refuses bytes it must not hold. */
  readonly fieldValue: (value: string, name: string) => string | Fault
  readonly host: (head: Head) => Fault | undefined
  readonly target: (start: StartLine, secure: boolean) => Target | Fault
  readonly framing: (head: Head) => Framing | Fault
  /** Whether the sender waits for `100 Continue`. */
  readonly expects: (head: Head) => boolean
  /** Whether the connection may carry another request. */
  readonly stays: (head: Head) => boolean
  /** What becomes of a connection whose request content was not read. */
  readonly unread: 'close' | 'close-silently' | 'keep'
  /** What happens when a kept connection is used again. */
  readonly reuse: 'serve' | 'drop'
  readonly refuse: (fault: Fault) => Reply
  /** Answers a head that exceeds the limits, given as much of it as was read. */
  readonly tooLarge: (partial: string, limits: Limits) => Reply
  /** Adds what every answer has. */
  readonly finish: (reply: Reply, method: string) => Reply
  /** Whether content follows the head of an answer. */
  readonly hasContent: (method: string, status: number) => boolean
  readonly encode: (reply: Reply, content: boolean) => string
  /** Cuts the bytes of an answer into the pieces in which they are written. */
  readonly pieces: (bytes: string) => readonly string[]
}

/** One request as the server saw it. */
export interface Seen {
  readonly connection: number
  readonly method: string
  readonly target: string
  /** Status sent; 0 where no answer was sent. */
  readonly status: number
}

/** A server that the engine can run. */
export interface Site {
  readonly rules: HttpRules
  readonly respond: (request: Request) => Reply | Promise<Reply>
}

/** Tells a refusal from a result. */
export const isFault = (value: object | string | undefined): value is Fault =>
  typeof value === 'object' && 'fault' in value

/** The values of every field line of that name, in order; names compare without case. */
export const valuesOf = (fields: readonly Pair[], name: string): readonly string[] =>
  fields.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
