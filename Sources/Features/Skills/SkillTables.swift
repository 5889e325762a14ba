import Store

/// The catalogue of skills and occupations, which all organisations share, and what each person offers and seeks.
enum SkillTables {
  static let migrations = [
    Migration(
      "skills/1",
      [
        """
        CREATE TABLE skill (
          id BIGINT PRIMARY KEY, uri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, alternatives TEXT NOT NULL, topic TEXT NOT NULL,
          description TEXT NOT NULL, source TEXT NOT NULL CHECK (source IN ('starter', 'esco')))
        """,
        """
        CREATE TABLE skill_phrase (
          phrase TEXT NOT NULL, skill_id BIGINT NOT NULL REFERENCES skill (id), shelf BIGINT NOT NULL CHECK (shelf BETWEEN 0 AND 3),
          stems TEXT NOT NULL, PRIMARY KEY (phrase, skill_id))
        """,
        """
        CREATE TABLE skill_word (
          word TEXT NOT NULL, skill_id BIGINT NOT NULL REFERENCES skill (id), rank BIGINT NOT NULL, PRIMARY KEY (word, skill_id))
        """,
        // Beginnings are found by range, so these compare by bytes on both engines.
        .postgres("ALTER TABLE skill_phrase ALTER COLUMN phrase TYPE TEXT COLLATE \"C\", ALTER COLUMN stems TYPE TEXT COLLATE \"C\""),
        .postgres("ALTER TABLE skill_word ALTER COLUMN word TYPE TEXT COLLATE \"C\""),
        "CREATE INDEX skill_phrase_shelf ON skill_phrase (shelf, phrase, skill_id)",
        "CREATE INDEX skill_phrase_stems ON skill_phrase (stems)",
        "CREATE INDEX skill_phrase_skill ON skill_phrase (skill_id)",
        "CREATE INDEX skill_word_skill ON skill_word (skill_id, word, rank)",
        """
        CREATE TABLE occupation (
          id BIGINT PRIMARY KEY, uri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, folded TEXT NOT NULL, alternatives TEXT NOT NULL,
          isco TEXT NOT NULL, description TEXT NOT NULL)
        """,
        .postgres("ALTER TABLE occupation ALTER COLUMN folded TYPE TEXT COLLATE \"C\""),
        "CREATE INDEX occupation_folded ON occupation (folded, id)",
        """
        CREATE TABLE occupation_skill (
          occupation_id BIGINT NOT NULL REFERENCES occupation (id), skill_id BIGINT NOT NULL REFERENCES skill (id),
          relation TEXT NOT NULL CHECK (relation IN ('essential', 'optional')), PRIMARY KEY (occupation_id, skill_id))
        """,
        "CREATE INDEX occupation_skill_skill ON occupation_skill (skill_id, occupation_id)",
        """
        CREATE TABLE person_skill (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('offers', 'seeks')),
          skill_id BIGINT NOT NULL REFERENCES skill (id), level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
          PRIMARY KEY (org_id, person_id, direction, skill_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX person_skill_skill ON person_skill (org_id, skill_id, direction, level)",
      ]),
    Migration(
      "skills/2",
      [
        """
        CREATE TABLE skill_import (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, started_by BIGINT NOT NULL, started_at BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'finished', 'failed')), report TEXT NOT NULL, failure TEXT NOT NULL,
          finished_at BIGINT, PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, started_by) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE skill_import_file (
          org_id BIGINT NOT NULL, import_id BIGINT NOT NULL, part TEXT NOT NULL, content BYTEA NOT NULL,
          PRIMARY KEY (org_id, import_id, part), FOREIGN KEY (org_id, import_id) REFERENCES skill_import (org_id, id))
        """,
      ]),
    Migration("skills/3", ["CREATE INDEX person_skill_level ON person_skill (org_id, person_id, direction, level, skill_id)"]),
    Migration(
      "skills/4",
      [
        // In its primary key itself, so that a row is found in one step.
        .sqlite(
          """
          CREATE TABLE offered_topics (
            org_id INTEGER NOT NULL, person_id INTEGER NOT NULL, names TEXT NOT NULL,
            PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)) STRICT, WITHOUT ROWID
          """),
        .postgres(
          """
          CREATE TABLE offered_topics (
            org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, names TEXT NOT NULL,
            PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
          """),
      ]),
    Migration(
      "skills/5", ["ALTER TABLE person ADD COLUMN topics TEXT NOT NULL DEFAULT ''", "DROP TABLE offered_topics"], move: OfferedTopics.fill),
  ]
}
