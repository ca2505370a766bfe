// The code systems that are a grammar: UCUM, language tags, media types.
import { contentOf, findValueSet, type Content } from '../../terminology/content.js';
import { grammarEntry } from '../../terminology/grammars/grammar.js';
import { languageTagGrammar } from '../../terminology/grammars/language-tag.js';
import { mediaTypeGrammar } from '../../terminology/grammars/media-type.js';
import { ucumGrammar } from '../../terminology/grammars/ucum.js';
import { languageSubtags } from './language-subtags.js';
import { ucumTables, ucumVersion } from './ucum-tables.js';

/** @param lists has the value sets that stand for a whole grammar where its codes are to be listed. */
export function grammarContent(lists: Content): Content {
  const list = (url: string) => () => findValueSet(lists, url)?.resource();
  const grammars = [
    ucumGrammar({
      version: ucumVersion,
      tables: ucumTables,
      common: list('http://hl7.org/fhir/ValueSet/ucum-common'),
    }),
    languageTagGrammar({
      registry: languageSubtags,
      common: list('http://terminology.hl7.org/ValueSet/Languages'),
    }),
    mediaTypeGrammar(),
  ];
  return contentOf({ codeSystems: grammars.map(grammarEntry), valueSets: [], conceptMaps: [] });
}
