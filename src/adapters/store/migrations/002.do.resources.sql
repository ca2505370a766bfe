-- The canonical resources, every version of them.

-- The head of each resource: narrow, so that a new version is a cheap update in place.
CREATE TABLE resource (
  type         text NOT NULL,
  id           text NOT NULL,
  version      integer NOT NULL,
  content_hash text NOT NULL,
  PRIMARY KEY (type, id)
) WITH (fillfactor = 80);

-- `content` is canonical JSON text (decimals keep their digits) without resourceType, id and meta; `meta` stands apart
-- because versionId and lastUpdated belong to the version. `lineage` is compact: see lineage-text.ts.
CREATE TABLE resource_version (
  type         text NOT NULL,
  id           text NOT NULL,
  version      integer NOT NULL,
  content_hash text NOT NULL,
  meta         text NOT NULL,
  content      text NOT NULL,
  last_updated timestamptz NOT NULL,
  message_id   uuid NOT NULL,
  run_id       bigint NOT NULL,
  lineage      json NOT NULL,
  PRIMARY KEY (type, id, version)
);
CREATE INDEX resource_version_by_run ON resource_version (run_id);

CREATE VIEW current_resource AS
  SELECT v.* FROM resource r JOIN resource_version v ON v.type = r.type AND v.id = r.id AND v.version = r.version;

-- Which Provenance tells of which version: one run wrote both.
CREATE VIEW provenance AS
  SELECT v.type, v.id, v.version, p.id AS provenance_id, p.version AS provenance_version
  FROM resource_version v
  JOIN resource_version p ON p.run_id = v.run_id AND p.type = 'Provenance'
  WHERE v.type <> 'Provenance';
