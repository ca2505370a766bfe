// JSON Schemas of contracts/*.yaml. The frame and its names are those of the Open Data Contract Standard 3.

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1 } as const;
const pin = { type: 'string', pattern: '^[a-z][a-z0-9-]*@\\d+\\.\\d+\\.\\d+$' } as const;
const onViolation = { enum: ['reject', 'quarantine', 'warn'] } as const;
const draft = 'https://json-schema.org/draft/2020-12/schema';

const closed = <P extends object>(properties: P, required: readonly (keyof P & string)[]) => ({
  type: 'object' as const,
  additionalProperties: false,
  required,
  properties,
});

const code = closed({ system: { type: 'string', format: 'uri' }, code: text }, ['system', 'code']);

const conceptId = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$',
  description: 'The id of a concept of the dictionary (dictionary/*.yaml)',
} as const;

/** A code as it is, or the concept of the dictionary that has it. */
const panel = {
  ...closed({ system: { type: 'string', format: 'uri' }, code: text, concept: conceptId }, []),
  if: { required: ['concept'] },
  then: { properties: { system: false, code: false } },
  else: { required: ['system', 'code'] },
};

const quantity = {
  ...closed(
    {
      concept: conceptId,
      name: text,
      code,
      unit: closed(
        {
          canonical: text,
          allowed: texts,
          convert: { type: 'boolean' },
          molarMass: { type: 'number', exclusiveMinimum: 0 },
          onViolation,
        },
        ['onViolation'],
      ),
      plausible: closed({ min: { type: 'number' }, max: { type: 'number' }, onViolation }, [
        'min',
        'max',
        'onViolation',
      ]),
    },
    ['unit'],
  ),
  // The concept tells its codes and units: a contract that told them too could say otherwise.
  if: { required: ['concept'] },
  then: {
    properties: {
      code: false,
      unit: { type: 'object', properties: { canonical: false, allowed: false, molarMass: false } },
    },
  },
  else: { required: ['name', 'code'], properties: { unit: { type: 'object', required: ['canonical'] } } },
};

const measurement = closed(
  {
    panel,
    quantities: { type: 'array', items: quantity, minItems: 1 },
    complete: closed({ onViolation }, ['onViolation']),
    descending: closed({ order: { ...texts, minItems: 2 }, onViolation }, ['order', 'onViolation']),
  },
  ['quantities'],
);

const boundValueSet = closed(
  {
    element: { type: 'string', pattern: '^[a-z][A-Za-z]*(\\.[a-z][A-Za-z]*)*$' },
    valueSet: {
      type: 'string',
      pattern: '^[a-z][a-z0-9+.-]*:[^|\\s]+\\|[^|\\s]+$',
      description: 'The canonical of a value set, with its version: url|version',
    },
    onViolation,
  },
  ['element', 'valueSet', 'onViolation'],
);

const schemaTerms = closed(
  {
    name: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' },
    required: {
      type: 'array',
      items: closed({ element: { type: 'string', pattern: '^[a-z][A-Za-z]*$' }, onViolation }, [
        'element',
        'onViolation',
      ]),
    },
    profiles: {
      type: 'array',
      minItems: 1,
      items: closed(
        {
          profile: { type: 'string', pattern: '^[^|\\s]+\\|\\d+\\.\\d+\\.\\d+$' },
          where: closed({ element: { type: 'string', pattern: '^[a-z][A-Za-z]*$' }, coding: code }, [
            'element',
            'coding',
          ]),
          onViolation,
        },
        ['profile', 'onViolation'],
      ),
    },
    valueSets: { type: 'array', items: boundValueSet },
    measurements: { type: 'array', items: measurement },
    statusTransitions: closed(
      { order: { type: 'array', minItems: 2, items: { ...texts, uniqueItems: true } }, onViolation },
      ['order', 'onViolation'],
    ),
    staleness: closed({ hours: { type: 'number', minimum: 0 }, onViolation }, ['hours', 'onViolation']),
  },
  ['name'],
);

export const contractSchema = {
  $schema: draft,
  $id: 'https://concord.dev/schema/contract.json',
  title: 'Concord data contract',
  ...closed(
    {
      apiVersion: { const: 'v3.0.2' },
      kind: { const: 'DataContract' },
      id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
      version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
      status: { enum: ['proposed', 'draft', 'active', 'deprecated', 'retired'] },
      description: closed({ purpose: text, usage: text, limitations: text }, ['purpose']),
      team: { type: 'array', minItems: 1, items: closed({ name: text, role: text }, ['name', 'role']) },
      feed: text,
      onlyNamed: { type: 'boolean' },
      keeps: { type: 'array', items: pin, uniqueItems: true },
      sourceOfTruth: text,
      schema: { type: 'array', items: schemaTerms },
    },
    ['apiVersion', 'kind', 'id', 'version', 'status', 'description', 'team'],
  ),
};

export const extensionsSchema = {
  $schema: draft,
  $id: 'https://concord.dev/schema/extensions.json',
  title: 'Concord extension registry',
  ...closed(
    {
      extensions: {
        type: 'array',
        items: closed(
          {
            url: { type: 'string', format: 'uri' },
            standing: { enum: ['local-only', 'candidate-canonical', 'vendor-mapped'] },
            owner: text,
            context: texts,
            review: { type: 'string', format: 'date' },
            description: text,
          },
          ['url', 'standing', 'owner', 'context', 'review', 'description'],
        ),
      },
    },
    ['extensions'],
  ),
};

export const ownershipSchema = {
  $schema: draft,
  $id: 'https://concord.dev/schema/ownership.json',
  title: 'Concord ownership of data elements',
  ...closed(
    {
      ownership: {
        type: 'array',
        items: closed(
          {
            type: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' },
            elements: { ...texts, uniqueItems: true },
            write: texts,
            owner: {
              type: 'array',
              minItems: 1,
              uniqueItems: true,
              items: { type: 'string', pattern: '^[a-z][a-z0-9-]*(/[A-Za-z][A-Za-z0-9_-]*)?$' },
            },
            transform: texts,
            deprecate: texts,
            accountable: text,
          },
          ['type', 'elements', 'write', 'transform', 'deprecate', 'accountable'],
        ),
      },
    },
    ['ownership'],
  ),
};
