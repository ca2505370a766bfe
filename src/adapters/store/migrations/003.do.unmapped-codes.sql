-- Source codes that their code map has no row for, by run as residuals are: those of a message's deciding run count.
-- Written with the message and never updated, so that messages with the same code do not wait for one another.
CREATE TABLE unmapped_code (
  run_id   bigint NOT NULL,
  feed     text NOT NULL,
  map      text NOT NULL,
  system   text NOT NULL,
  code     text NOT NULL,
  display  text NOT NULL,
  count    integer NOT NULL,
  position json NOT NULL,
  PRIMARY KEY (run_id, map, system, code)
);
CREATE INDEX unmapped_code_by_code ON unmapped_code (feed, map, code, run_id);
