-- The terminology that people curate: every version of each resource, as FHIR JSON text. A deletion is a version without
-- content. `change` numbers the writes in the order in which they were committed.
CREATE TABLE curated_resource (
  type         text NOT NULL,
  id           text NOT NULL,
  version      integer NOT NULL,
  change       bigint NOT NULL UNIQUE,
  canonical    text NOT NULL,
  content      text,
  last_updated timestamptz NOT NULL,
  PRIMARY KEY (type, id, version)
);

CREATE VIEW current_curated AS
  SELECT DISTINCT ON (type, id) * FROM curated_resource ORDER BY type, id, version DESC;
