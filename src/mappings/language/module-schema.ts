// JSON Schemas of a module and a package: the first check of the compiler, and completion in an editor (docs/generated).

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1 } as const;
const oneOrMore = { anyOf: [text, texts] } as const;
const constant = { $ref: '#/$defs/constant' } as const;

const action = {
  id: text,
  doc: text,
  when: text,
  from: oneOrMore,
  each: text,
  where: text,
  expect: { enum: ['only', 'first', 'all'] },
  read: { const: 'whole' },
  reads: texts,
  to: text,
  as: text,
  use: text,
  create: text,
  refer: text,
  authority: text,
  into: text,
  merge: { type: 'boolean' },
  join: { type: 'boolean' },
  refs: { type: 'object', additionalProperties: oneOrMore },
  ref: text,
  translate: {
    type: 'object',
    required: ['map'],
    additionalProperties: false,
    properties: {
      map: text,
      unmapped: { enum: ['hold', 'pass-original', 'absent', 'default'] },
      default: text,
      because: text,
      original: { enum: ['keep', 'drop'] },
    },
  },
  call: text,
  with: {
    anyOf: [
      { type: 'object', additionalProperties: { type: 'string' } },
      {
        type: 'array',
        items: {
          anyOf: [
            text,
            {
              type: 'object',
              required: ['fixed'],
              additionalProperties: false,
              properties: { fixed: { type: 'string' } },
            },
          ],
        },
      },
    ],
  },
  fixed: constant,
  assumed: constant,
  because: text,
  always: { type: 'boolean' },
  fallback: { type: 'boolean' },
  qualifies: { type: 'boolean' },
  switch: text,
  cases: {
    type: 'object',
    minProperties: 1,
    additionalProperties: {
      anyOf: [{ $ref: '#/$defs/action' }, { type: 'array', items: { $ref: '#/$defs/action' }, minItems: 1 }],
    },
  },
  issue: text,
  rules: { type: 'array', items: { $ref: '#/$defs/rule' } },
} as const;

const candidate = {
  type: 'object',
  required: ['key'],
  additionalProperties: false,
  properties: { pick: text, where: text, expect: { enum: ['only', 'first'] }, when: text, authority: text, key: texts },
} as const;

const definitions = {
  constant: {
    anyOf: [
      { type: ['string', 'number', 'boolean'] },
      { type: 'array', items: constant },
      { type: 'object', additionalProperties: constant },
    ],
  },
  action: { type: 'object', additionalProperties: false, properties: action },
  rule: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { ...action, override: { type: 'boolean' }, disable: text, before: text },
  },
} as const;

const sourceSchema = {
  type: 'object',
  required: ['format'],
  additionalProperties: false,
  minProperties: 2,
  maxProperties: 2,
  properties: {
    format: { enum: ['hl7v2', 'json', 'csv'] },
    structure: texts,
    segment: text,
    datatype: text,
    event: texts,
    object: text,
    file: texts,
    row: texts,
  },
} as const;

export const moduleSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://concord.dev/schema/mapping-module.json',
  title: 'Concord mapping module',
  type: 'object',
  required: ['module'],
  additionalProperties: false,
  properties: {
    module: text,
    doc: text,
    extends: text,
    source: sourceSchema,
    target: { type: 'object', required: ['type'], additionalProperties: false, properties: { type: text } },
    parameters: texts,
    identity: {
      anyOf: [
        { enum: ['content', 'message'] },
        candidate,
        { type: 'array', items: { anyOf: [{ enum: ['content', 'message'] }, candidate] }, minItems: 1 },
      ],
    },
    rules: { type: 'array', items: { $ref: '#/$defs/rule' } },
    ignore: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'reason'],
        additionalProperties: false,
        properties: { path: text, reason: text, when: text },
      },
    },
  },
  $defs: definitions,
} as const;

export const packageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://concord.dev/schema/mapping-package.json',
  title: 'Concord mapping package',
  type: 'object',
  required: ['package', 'version', 'owner', 'format', 'description', 'changelog'],
  additionalProperties: false,
  properties: {
    package: text,
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    owner: text,
    format: { enum: ['hl7v2', 'json', 'csv'] },
    extends: text,
    description: text,
    messageType: texts,
    messageTime: text,
    files: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['columns'],
        additionalProperties: false,
        properties: { columns: texts, group: texts },
      },
    },
    changelog: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['version', 'date', 'change'],
        additionalProperties: false,
        properties: { version: text, date: text, change: text },
      },
    },
  },
} as const;
