-- What is known of runs beside their recipe, and their numbers and options one value a row, so that
-- a filter over many runs reads no JSON.

ALTER TABLE run ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1));
ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
-- Holds all that lists of runs ask for: the rows themselves are wide with their specs.
CREATE INDEX run_attributes ON run
  (key, id, experiment, status, created, started, finished, epochs, parent, favourite, archived);

CREATE TABLE run_column (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE run_value (
  column_key INTEGER NOT NULL REFERENCES run_column (key),
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  value ANY NOT NULL,
  PRIMARY KEY (column_key, run_key)
) STRICT, WITHOUT ROWID;
-- The table lies column by column, for filters; this lies run by run, for pages and single runs.
CREATE INDEX run_value_by_run ON run_value (run_key, column_key, value);

CREATE TABLE run_history (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('queued', 'running', 'done', 'failed', 'stopped', 'interrupted')),
  message TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX run_history_by_run ON run_history (run_key);

CREATE TABLE artifact (
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (run_key, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifact_by_hash ON artifact (hash);

CREATE TABLE baseline (
  experiment TEXT PRIMARY KEY,
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX baseline_by_run ON baseline (run_key);

CREATE TABLE saved_view (
  name TEXT PRIMARY KEY,
  filter TEXT NOT NULL,
  columns TEXT NOT NULL,
  sort TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The runs of before, as far as their JSON can be read.

CREATE TABLE former_value (run_key INTEGER NOT NULL, name TEXT, type TEXT, value ANY) STRICT;

INSERT INTO former_value
  SELECT run_key, 'metrics.' || part || '.' || number.key, number.type, number.value
  FROM part_metrics,
    json_each(CASE WHEN json_valid(metrics) THEN metrics ELSE '{}' END, '$.values') AS number
  WHERE number.type IN ('integer', 'real');

INSERT INTO former_value
  SELECT run.key, 'params.' || field.key, field.type, field.value
  FROM run, json_each(CASE WHEN json_valid(spec) THEN spec ELSE '{}' END) AS field
  WHERE field.key IN ('pairSet', 'split', 'seed', 'device', 'threads');

CREATE TABLE former_part (run_key INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL,
  part TEXT NOT NULL) STRICT;
INSERT INTO former_part
  SELECT run.key, 0, field.key, field.value
  FROM run, json_each(CASE WHEN json_valid(spec) THEN spec ELSE '{}' END) AS field
  WHERE field.key IN ('backbone', 'fusion', 'head') AND field.type = 'object';
INSERT INTO former_value
  SELECT run_key, 'params.' || name, json_type(part, '$.id'), json_extract(part, '$.id')
  FROM former_part;
INSERT INTO former_part
  SELECT run.key, channel.key, json_extract(channel.value, '$.id'), channel.value
  FROM run, json_each(CASE WHEN json_valid(spec) THEN spec ELSE '{}' END, '$.channels') AS channel
  WHERE channel.type = 'object' AND json_type(channel.value, '$.id') = 'text';
INSERT INTO former_value
  SELECT run_key, 'params.channels', 'text', group_concat(name, ' + ')
  FROM (SELECT run_key, name FROM former_part
        WHERE name NOT IN ('backbone', 'fusion', 'head') ORDER BY run_key, place)
  GROUP BY run_key;
INSERT INTO former_part
  SELECT run.key, 0, 'training', json_object('options', json(field.value))
  FROM run, json_each(CASE WHEN json_valid(spec) THEN spec ELSE '{}' END) AS field
  WHERE field.key = 'training' AND field.type = 'object';
INSERT INTO former_value
  SELECT run_key, 'params.' || name || '.' || option.key, option.type, option.value
  FROM former_part, json_each(part, '$.options') AS option;

INSERT INTO former_value
  SELECT key, 'hashes.split', 'text', split_hash FROM run WHERE split_hash <> '';
INSERT INTO former_value SELECT key, 'system.version', 'text', program_version FROM run;

INSERT INTO run_column (name)
  SELECT DISTINCT name FROM former_value WHERE name IS NOT NULL ORDER BY name;
INSERT OR REPLACE INTO run_value
  SELECT run_column.key, run_key,
    CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE value END
  FROM former_value JOIN run_column USING (name)
  WHERE type IN ('integer', 'real', 'text', 'true', 'false');
DROP TABLE former_value;
DROP TABLE former_part;

INSERT INTO run_history (run_key, at, status) SELECT key, created, 'queued' FROM run;
INSERT INTO run_history (run_key, at, status)
  SELECT key, started, 'running' FROM run WHERE started > 0;
INSERT INTO run_history (run_key, at, status, message)
  SELECT key, finished, status, message FROM run WHERE finished > 0;
