/** Writes a table as JSON Schema 2020-12. */
import type { Json } from '../model/json.ts'
import type { Node, NumberNode, ObjectNode, Shape, TextNode } from './shape.ts'

type Definitions = Map<string, { readonly to: () => Node; schema: Json }>
type JsonObject = { readonly [name: string]: Json }

/**
 * The schema of a table as a document of its own; named shapes become `$defs`. Throws TypeError
 * where two shapes of one table have the same name.
 */
export function schemaOf<T>(
  shape: Shape<T>,
  about: { readonly id: string; readonly title: string; readonly description: string },
): Json {
  const definitions: Definitions = new Map()
  const body = write(shape.node, definitions)
  const sorted = [...definitions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { schema }]): [string, Json] => [name, schema])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: about.id,
    title: about.title,
    description: about.description,
    ...body,
    ...(sorted.length === 0 ? {} : { $defs: Object.fromEntries(sorted) }),
  }
}

function write(node: Node, definitions: Definitions): JsonObject {
  switch (node.kind) {
    case 'reference':
      return writeReference(node, definitions)
    case 'object':
      return writeObject(node, definitions)
    case 'record':
      return {
        type: 'object',
        propertyNames: writeText(node.key),
        additionalProperties: write(node.of, definitions),
        ...(node.some ? { minProperties: 1 } : {}),
      }
    case 'array':
      return {
        type: 'array',
        items: write(node.of, definitions),
        ...(node.some ? { minItems: 1 } : {}),
      }
    case 'tuple':
      return {
        type: 'array',
        prefixItems: node.of.map((of) => write(of, definitions)),
        items: false,
        minItems: node.of.length,
      }
    case 'union':
      return { anyOf: node.of.map((of) => write(of, definitions)) }
    case 'literal':
      return node.values.length === 1 ? { const: node.values[0] ?? null } : { enum: node.values }
    case 'text':
      return writeText(node)
    case 'number':
      return writeNumber(node)
    case 'boolean':
      return { type: 'boolean' }
    case 'json':
      return {}
  }
}

function writeReference(
  node: Extract<Node, { readonly kind: 'reference' }>,
  definitions: Definitions,
): JsonObject {
  const known = definitions.get(node.name)
  if (known === undefined) {
    // Entered before it is written, or a shape that leads back to itself would never end.
    const entry = { to: node.to, schema: null as Json }
    definitions.set(node.name, entry)
    entry.schema = write(node.to(), definitions)
  } else if (known.to !== node.to) {
    throw new TypeError(`two shapes are named ${node.name}`)
  }
  return { $ref: `#/$defs/${node.name}` }
}

function writeObject(node: ObjectNode, definitions: Definitions): JsonObject {
  const members = Object.entries(node.members)
  const required = members.filter(([, member]) => !member.optional).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      members.map(([name, member]) => [name, write(member.node, definitions)]),
    ),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...(node.some ? { minProperties: 1 } : {}),
  }
}

function writeText(node: TextNode): JsonObject {
  return {
    type: 'string',
    ...(node.filled ? { minLength: 1 } : {}),
    ...(node.pattern === undefined ? {} : { pattern: node.pattern }),
    ...(node.such === undefined ? {} : { description: node.what, examples: [node.such] }),
  }
}

function writeNumber(node: NumberNode): JsonObject {
  return {
    type: node.whole ? 'integer' : 'number',
    ...(node.min === undefined ? {} : { minimum: node.min }),
    ...(node.max === undefined ? {} : { maximum: node.max }),
  }
}
