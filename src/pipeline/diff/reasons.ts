// Why a value differs: the changed rule nearest to it among those that led to it, or the changed row of its code map.
import type { LeafLineage } from '../../model/lineage.js';
import { plainName, type Cause, type Causes } from './cause.js';
import type { CodeMaps } from '../../terminology/code-map.js';
import { rowCauses, rowKeyOf } from './code-map-diff.js';
import { changedPaths, coveringPath, type ChangedPath } from './changed-paths.js';
import { identityName } from './module-aspects.js';
import { causesOf, type PackageVersion, type RuleDiff } from './rule-diff.js';
import { indexRules, withHolders, type RuleIndex } from './rule-index.js';

export type SideName = 'before' | 'after';

/** A rule that made a resource, with all that led to it, innermost first. */
interface Creation {
  readonly module: string;
  readonly chain: readonly string[];
}

interface Near {
  readonly cause: Cause;
  /** How many rules lie between. */
  readonly distance: number;
}

export class Reasons {
  readonly causes: Causes;
  readonly #paths: readonly ChangedPath[];
  readonly #rows: ReadonlyMap<string, Cause>;
  readonly #index: Readonly<Record<SideName, RuleIndex>>;
  readonly #codeMaps: Readonly<Record<SideName, CodeMaps>>;

  constructor(diff: RuleDiff, before: PackageVersion, after: PackageVersion) {
    this.causes = causesOf(diff, before, after);
    this.#rows = rowCauses(diff.codeMaps);
    this.#index = { before: indexRules(before.ir), after: indexRules(after.ir) };
    this.#paths = changedPaths(this.causes, this.#index.before, this.#index.after);
    this.#codeMaps = { before: before.codeMaps, after: after.codeMaps };
  }

  /** The change of the rule itself or of one that holds it. */
  rule(name: string, side: SideName): Cause | undefined {
    for (const each of withHolders(this.#index[side], plainName(name))) {
      const cause = this.causes.get(each);
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  /** The nearest change among all that led to a value on either side. */
  leaves(before: readonly LeafLineage[], after: readonly LeafLineage[]): Cause | undefined {
    const found = [
      ...after.flatMap((leaf) => this.#leaf(leaf, 'after') ?? []),
      ...before.flatMap((leaf) => this.#leaf(leaf, 'before') ?? []),
    ];
    return nearest(found)?.cause;
  }

  #leaf(leaf: LeafLineage, side: SideName): Near | undefined {
    const chain = this.#chain(chainOf(leaf), side);
    if (chain?.cause.change === oneSided[side]) return chain;
    const row = this.#row(leaf, side);
    return row === undefined ? chain : { cause: row, distance: 0 };
  }

  #chain(chain: readonly string[], side: SideName): Near | undefined {
    const near = chain.flatMap((name, distance) => {
      const cause = this.rule(name, side);
      return cause === undefined ? [] : [{ cause, distance }];
    });
    // Whatever else changed within it, what stands in a new rule is there because of that; likewise for one that is gone.
    return near.findLast(({ cause }) => cause.change === oneSided[side]) ?? near[0];
  }

  #row({ conversions = [] }: LeafLineage, side: SideName): Cause | undefined {
    if (this.#rows.size === 0) return undefined;
    const keys = conversions.flatMap(({ by }) => rowKeyOf(this.#codeMaps[side], by) ?? []);
    return keys.map((key) => this.#rows.get(key)).find((cause) => cause !== undefined);
  }

  /** The only changed row of the code map that a rule translates by. */
  onlyRow(rule: string): Cause | undefined {
    const does = this.#index.after.rules.get(plainName(rule))?.rule.does;
    const map = does !== undefined && 'translate' in does ? does.translate?.map : undefined;
    const rows = [...this.#rows].filter(([key]) => map !== undefined && key.startsWith(`${map} `));
    return rows.length === 1 ? rows[0]?.[1] : undefined;
  }

  /** A changed rule or `ignore` whose path covers a source path, in one of the modules that read there. */
  covering(path: string, modules: ReadonlySet<string>): Cause | undefined {
    return coveringPath(this.#paths, path, modules);
  }

  /** Another message module takes the message: it is new, or one of the two takes other structures. */
  structure(before: LeafLineage | undefined, after: LeafLineage | undefined): Cause | undefined {
    const [was, is] = [before, after].map((leaf) => leaf && moduleOf(chainOf(leaf).at(-1) ?? ''));
    if (was === is) return undefined;
    return this.causes.get(is ?? '') ?? this.causes.get(was ?? '');
  }

  /** The nearest change among what made a resource come to be. */
  creation(leaves: readonly LeafLineage[], side: SideName): Cause | undefined {
    const found = this.#creations(leaves, side).flatMap(({ chain }) => this.#chain(chain, side) ?? []);
    return nearest(found)?.cause;
  }

  /** A change of how the modules that wrote a resource identify it. */
  identity(leaves: readonly LeafLineage[], side: SideName): Cause | undefined {
    for (const { module } of this.#creations(leaves, side)) {
      const cause = this.causes.get(identityName(module));
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  #creations(leaves: readonly LeafLineage[], side: SideName): Creation[] {
    const found = new Map<string, Creation>();
    for (const leaf of leaves) {
      const creation = this.#creationOf(leaf, side);
      if (creation !== undefined) found.set(creation.chain.join('<'), creation);
    }
    return [...found.values()];
  }

  #creationOf({ via = [] }: LeafLineage, side: SideName): Creation | undefined {
    for (let at = via.length - 1; at >= 0; at--) {
      const does = this.#index[side].rules.get(plainName(via[at]!))?.rule.does;
      if (does?.kind === 'into' || does?.kind === 'create')
        return { module: does.module, chain: via.slice(0, at + 1).reverse() };
    }
    return undefined;
  }
}

/** A change that brings, or takes, all that stands in what it is about. */
const oneSided = { before: 'removed', after: 'added' } as const;

/** The rules that led to a leaf, its own first. */
const chainOf = ({ rule, via = [] }: LeafLineage): string[] => [rule, ...via.toReversed()];

const moduleOf = (rule: string): string => plainName(rule).replace(/#.*$/, '');

const nearest = (found: readonly Near[]): Near | undefined =>
  found.reduce<Near | undefined>(
    (best, each) => (best === undefined || each.distance < best.distance ? each : best),
    undefined,
  );
