-- What stewards propose for source codes, and what another person made of it. The approved drafts of a feed's map, in the
-- order of their number, are its versions: they are never changed or removed.
CREATE TABLE code_map_draft (
  draft_id    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  feed        text NOT NULL,
  map         text NOT NULL,
  state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  author      text NOT NULL,
  comment     text,
  proposed_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
  reviewer    text,
  review      text,
  decided_at  timestamptz,
  number      integer,
  version     text,
  UNIQUE (feed, map, number),
  CHECK ((state = 'proposed') = (reviewer IS NULL) AND (state = 'approved') = (number IS NOT NULL))
);
CREATE INDEX code_map_draft_by_time ON code_map_draft (proposed_at DESC);

-- One per source code of the draft; relationships are those of terminology/concept-maps/decisions.ts.
CREATE TABLE code_map_decision (
  draft_id       uuid NOT NULL REFERENCES code_map_draft,
  ordinal        integer NOT NULL,
  system         text NOT NULL,
  code           text NOT NULL,
  display        text,
  relationship   text NOT NULL
    CHECK (relationship IN ('equivalent', 'wider', 'narrower', 'not-related', 'no-map')),
  target_system  text,
  target_code    text,
  target_display text,
  comment        text,
  PRIMARY KEY (draft_id, ordinal),
  UNIQUE (draft_id, code)
);
CREATE INDEX code_map_decision_by_code ON code_map_decision (code);
CREATE INDEX code_map_decision_by_display ON code_map_decision (lower(display));
