// JSON Schema of a feed file (feeds/*.yaml).

const text = { type: 'string', minLength: 1 } as const;

export const feedSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://concord.dev/schema/feed.json',
  title: 'Concord feed',
  type: 'object',
  required: ['name', 'title', 'owner', 'format', 'mapping', 'zone', 'authority'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    title: text,
    owner: text,
    format: { enum: ['hl7v2', 'json', 'csv'] },
    mapping: { type: 'string', pattern: '^[a-z][a-z0-9-]*@\\d+\\.\\d+\\.\\d+$' },
    zone: text,
    authority: { type: 'string', format: 'uri' },
    namespaces: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['uri'],
        additionalProperties: false,
        properties: { uri: { type: 'string', format: 'uri' }, name: text },
      },
    },
    codeSystems: { type: 'object', additionalProperties: { type: 'string', format: 'uri' } },
    displays: { enum: ['keep', 'fill', 'replace'] },
    lossBudget: { type: 'integer', minimum: 0 },
    limits: {
      type: 'object',
      additionalProperties: false,
      properties: { bytes: { type: 'integer', minimum: 1 }, depth: { type: 'integer', minimum: 1, maximum: 1000 } },
    },
  },
} as const;
