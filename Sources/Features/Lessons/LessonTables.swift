import Store

/// Lessons as their files, what is read off them for lists, and how far people are in them.
enum LessonTables {
  static let migrations = [
    Migration(
      "lessons/1",
      [
        """
        CREATE TABLE lesson (
          org_id BIGINT NOT NULL REFERENCES organisation (id), id BIGINT NOT NULL, slug TEXT NOT NULL, title TEXT NOT NULL,
          language TEXT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 15), parts BIGINT NOT NULL CHECK (parts > 0),
          source TEXT NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('starter', 'authored')),
          state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
          audience TEXT NOT NULL CHECK (audience IN ('everybody', 'mentees')), author_id BIGINT, author_name TEXT NOT NULL,
          insight_id BIGINT, review_by TEXT, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
          published_at BIGINT,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, slug), FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id),
          CHECK (origin = 'starter' OR author_id IS NOT NULL))
        """,
        "CREATE INDEX lesson_state ON lesson (org_id, state, title)",
        "CREATE INDEX lesson_author ON lesson (org_id, author_id)",
        """
        CREATE TABLE lesson_skill (
          org_id BIGINT NOT NULL, lesson_id BIGINT NOT NULL, skill_id BIGINT NOT NULL,
          level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5), position BIGINT NOT NULL,
          PRIMARY KEY (org_id, lesson_id, skill_id), FOREIGN KEY (org_id, lesson_id) REFERENCES lesson (org_id, id))
        """,
        "CREATE INDEX lesson_skill_skill ON lesson_skill (org_id, skill_id)",
        """
        CREATE TABLE attempt (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, lesson_id BIGINT NOT NULL, version BIGINT NOT NULL,
          part BIGINT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, finished_at BIGINT,
          right_answers BIGINT, scored_answers BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, lesson_id) REFERENCES lesson (org_id, id))
        """,
        "CREATE UNIQUE INDEX attempt_open ON attempt (org_id, person_id, lesson_id) WHERE finished_at IS NULL",
        "CREATE INDEX attempt_person ON attempt (org_id, person_id, finished_at)",
        "CREATE INDEX attempt_finished ON attempt (org_id, finished_at)",
        """
        CREATE TABLE attempt_answer (
          org_id BIGINT NOT NULL, attempt_id BIGINT NOT NULL, part BIGINT NOT NULL, answer TEXT NOT NULL, credit DOUBLE PRECISION,
          answered_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, attempt_id, part), FOREIGN KEY (org_id, attempt_id) REFERENCES attempt (org_id, id))
        """,
      ])
  ]
}
