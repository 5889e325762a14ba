import Store

/// What people used at work, and what changed in their work since.
enum GrowthTables {
  static let migrations = [
    Migration(
      "growth/1",
      [
        """
        CREATE TABLE application (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, skill_id BIGINT NOT NULL REFERENCES skill (id),
          goal_id BIGINT, what TEXT NOT NULL, place TEXT NOT NULL, used_on TEXT NOT NULL, asked_id BIGINT,
          state TEXT NOT NULL CHECK (state IN ('noted', 'asked', 'confirmed', 'declined')), decided_by BIGINT, decided_at BIGINT,
          created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, goal_id) REFERENCES goal (org_id, id), FOREIGN KEY (org_id, asked_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, decided_by) REFERENCES person (org_id, id),
          CHECK (asked_id IS NULL OR asked_id <> person_id), CHECK (decided_by IS NULL OR decided_by <> person_id))
        """,
        "CREATE INDEX application_person ON application (org_id, person_id, id)",
        "CREATE INDEX application_asked ON application (org_id, asked_id, state)",
        "CREATE INDEX application_state ON application (org_id, state, decided_at)",
        """
        CREATE TABLE advancement (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('role', 'title', 'pay_band')),
          words TEXT NOT NULL, happened_on TEXT NOT NULL, recorded_by BIGINT NOT NULL, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, recorded_by) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX advancement_person ON advancement (org_id, person_id, happened_on)",
        """
        CREATE TABLE advancement_skill (
          org_id BIGINT NOT NULL, advancement_id BIGINT NOT NULL, skill_id BIGINT NOT NULL REFERENCES skill (id),
          PRIMARY KEY (org_id, advancement_id, skill_id), FOREIGN KEY (org_id, advancement_id) REFERENCES advancement (org_id, id))
        """,
      ])
  ]
}
