// JSON Schema of dictionary/*.yaml.

const text = { type: 'string', minLength: 1 } as const;
const id = { type: 'string', pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$' } as const;

const closed = <P extends object>(properties: P, required: readonly (keyof P & string)[]) => ({
  type: 'object' as const,
  additionalProperties: false,
  required,
  properties,
});

const concept = closed(
  {
    id: { ...id, description: 'Contracts name the concept by it: blood-pressure.systolic' },
    name: text,
    kind: {
      enum: ['measurement', 'panel', 'coded'],
      description: 'measurement: one amount, with its unit; panel: measurements that belong together; coded: neither',
    },
    status: { enum: ['draft', 'active', 'retired'] },
    owner: { ...text, description: 'Who answers for it' },
    definition: { ...text, description: 'What it means, in words' },
    codes: {
      type: 'array',
      minItems: 1,
      description: 'All of them mean the concept; the first is the preferred one',
      items: closed(
        {
          system: { type: 'string', format: 'uri' },
          code: text,
          version: { ...text, description: 'Of the code system that the code is looked up in' },
        },
        ['system', 'code'],
      ),
    },
    unit: closed(
      {
        canonical: { ...text, description: 'UCUM code that consumers may rely on' },
        allowed: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: text,
          description: 'Further UCUM codes in which it may be sent',
        },
        molarMass: { type: 'number', exclusiveMinimum: 0, description: 'Of what is measured, in g/mol' },
      },
      ['canonical'],
    ),
    members: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: id,
      description: 'Measurements of a panel, by id',
    },
    replacedBy: { ...id, description: 'The concept that took the place of a retired one' },
  },
  ['id', 'name', 'kind', 'status', 'owner', 'definition', 'codes'],
);

export const dictionarySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://concord.dev/schema/dictionary.json',
  title: 'Concord dictionary',
  ...closed({ concepts: { type: 'array', items: concept } }, ['concepts']),
};
