-- What a split's rule was told, and since when proteins are in UniProt: what splits by time need.

ALTER TABLE split ADD COLUMN options TEXT NOT NULL DEFAULT '{}';

CREATE TABLE entry_date (
  protein_key INTEGER PRIMARY KEY REFERENCES protein (key) ON DELETE CASCADE,
  created TEXT NOT NULL CHECK (length(created) = 10)
) STRICT;
