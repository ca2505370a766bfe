import type { EditionBuilder } from '../editions/builder.js';
import type { Sections, Stated } from '../editions/file-format.js';

/** What a source makes of a release: the head and the sections of an edition. */
export interface BuiltEdition {
  readonly stated: Stated;
  readonly sections: Sections;
}

/** What distinguishes one edition in English from another. */
type Named = Pick<BuiltEdition['stated'], 'url' | 'version' | 'name' | 'title' | 'kind' | 'uses'>;

/** The edition of a release that has one language, American English. */
export const englishEdition = (builder: EditionBuilder, named: Named): BuiltEdition => ({
  stated: {
    ...named,
    language: 'en-US',
    concepts: builder.codes.length,
    languages: ['en-US'],
    properties: builder.properties,
  },
  sections: builder.sections(),
});
