import Store

/// Sessions that come back: the rule, and what became of each of its dates. Time may also be taken by group sessions from now on.
enum SeriesTables {
  static let migration = Migration(
    "sessions/3",
    [
      """
      CREATE TABLE session_series (
        org_id BIGINT NOT NULL, id BIGINT NOT NULL, mentor_id BIGINT NOT NULL, mentee_id BIGINT NOT NULL, made_by BIGINT NOT NULL,
        kind TEXT NOT NULL, title TEXT NOT NULL, every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 1 AND 4),
        first_date TEXT NOT NULL, last_date TEXT NOT NULL, wall_minute BIGINT NOT NULL CHECK (wall_minute BETWEEN 0 AND 1439),
        zone TEXT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 180), made_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, id), CHECK (mentor_id <> mentee_id),
        FOREIGN KEY (org_id, mentor_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, mentee_id) REFERENCES person (org_id, id))
      """,
      """
      CREATE TABLE series_date (
        org_id BIGINT NOT NULL, series_id BIGINT NOT NULL, date TEXT NOT NULL, session_id BIGINT,
        state TEXT NOT NULL CHECK (state IN ('made', 'skipped', 'missed')), PRIMARY KEY (org_id, series_id, date),
        CHECK ((state = 'made') = (session_id IS NOT NULL)), FOREIGN KEY (org_id, series_id) REFERENCES session_series (org_id, id),
        FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id))
      """,
      "CREATE INDEX series_date_session ON series_date (org_id, session_id)",
      .postgres("ALTER TABLE occupancy DROP CONSTRAINT occupancy_org_id_session_id_fkey"),
      .sqlite(
        """
        CREATE TABLE occupancy_next (
          org_id INTEGER NOT NULL, session_id INTEGER NOT NULL, person_id INTEGER NOT NULL, starts_at INTEGER NOT NULL,
          ends_at INTEGER NOT NULL, until INTEGER, PRIMARY KEY (org_id, session_id, person_id), CHECK (starts_at < ends_at),
          CHECK (ends_at - starts_at <= 21600000000), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)) STRICT
        """),
      .sqlite("INSERT INTO occupancy_next SELECT org_id, session_id, person_id, starts_at, ends_at, until FROM occupancy"),
      .sqlite("DROP TABLE occupancy"),
      .sqlite("ALTER TABLE occupancy_next RENAME TO occupancy"),
      .sqlite("CREATE INDEX occupancy_person ON occupancy (org_id, person_id, starts_at)"),
      .sqlite(SessionTables.overlapTrigger(on: "INSERT", but: "")),
      .sqlite(SessionTables.overlapTrigger(on: "UPDATE", but: "AND taken.session_id <> OLD.session_id")),
    ])
}
