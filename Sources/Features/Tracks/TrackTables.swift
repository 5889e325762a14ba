import Store

/// Tracks: lessons in the order that leads from one level of a skill to another.
enum TrackTables {
  static let migrations = [
    Migration(
      "tracks/1",
      [
        """
        CREATE TABLE track (
          org_id BIGINT NOT NULL REFERENCES organisation (id), id BIGINT NOT NULL, slug TEXT NOT NULL, title TEXT NOT NULL,
          summary TEXT NOT NULL, skill_id BIGINT, from_level BIGINT NOT NULL CHECK (from_level BETWEEN 0 AND 5),
          to_level BIGINT NOT NULL CHECK (to_level BETWEEN 1 AND 5),
          audience TEXT NOT NULL CHECK (audience IN ('mentor', 'mentee', 'everyone')), created_at BIGINT NOT NULL,
          updated_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, slug), CHECK (from_level <= to_level))
        """,
        """
        CREATE TABLE track_lesson (
          org_id BIGINT NOT NULL, track_id BIGINT NOT NULL, position BIGINT NOT NULL, lesson_id BIGINT NOT NULL,
          PRIMARY KEY (org_id, track_id, position), UNIQUE (org_id, track_id, lesson_id),
          FOREIGN KEY (org_id, track_id) REFERENCES track (org_id, id), FOREIGN KEY (org_id, lesson_id) REFERENCES lesson (org_id, id))
        """,
        "CREATE INDEX track_lesson_lesson ON track_lesson (org_id, lesson_id)",
      ])
  ]
}
