import Store

/// Lessons that somebody is asked to do, by whom and why.
enum LearnTables {
  static let migrations = [
    Migration(
      "learn/1",
      [
        """
        CREATE TABLE assignment (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, lesson_id BIGINT NOT NULL, assigned_by BIGINT NOT NULL,
          session_id BIGINT, due_on TEXT, why TEXT NOT NULL, created_at BIGINT NOT NULL, done_at BIGINT, withdrawn_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, assigned_by) REFERENCES person (org_id, id), FOREIGN KEY (org_id, lesson_id) REFERENCES lesson (org_id, id))
        """,
        """
        CREATE UNIQUE INDEX assignment_open ON assignment (org_id, person_id, lesson_id) WHERE done_at IS NULL AND withdrawn_at IS NULL
        """,
        "CREATE INDEX assignment_person ON assignment (org_id, person_id, created_at)",
        "CREATE INDEX assignment_by ON assignment (org_id, assigned_by, created_at)",
        "CREATE INDEX assignment_time ON assignment (org_id, created_at)",
      ])
  ]
}
