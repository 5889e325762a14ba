import Store

/// What people want to be better at, and how far they are.
enum GoalTables {
  static let migrations = [
    Migration(
      "goals/1",
      [
        """
        CREATE TABLE goal (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, title TEXT NOT NULL, measure TEXT NOT NULL,
          target TEXT NOT NULL, why TEXT NOT NULL, months BIGINT NOT NULL CHECK (months IN (6, 12)), starts_on TEXT NOT NULL,
          due_on TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'reached', 'dropped')), closed_at BIGINT,
          learned TEXT NOT NULL, created_at BIGINT NOT NULL, version BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          CHECK ((state = 'open') = (closed_at IS NULL)))
        """,
        "CREATE INDEX goal_person ON goal (org_id, person_id, state, due_on)",
        """
        CREATE TABLE goal_skill (
          org_id BIGINT NOT NULL, goal_id BIGINT NOT NULL, skill_id BIGINT NOT NULL REFERENCES skill (id),
          from_level BIGINT NOT NULL CHECK (from_level BETWEEN 1 AND 5), to_level BIGINT NOT NULL CHECK (to_level BETWEEN 1 AND 5),
          now_level BIGINT NOT NULL CHECK (now_level BETWEEN 1 AND 5), updated_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, goal_id, skill_id), FOREIGN KEY (org_id, goal_id) REFERENCES goal (org_id, id))
        """,
        """
        CREATE TABLE milestone (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, goal_id BIGINT NOT NULL, title TEXT NOT NULL, due_on TEXT, done_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, goal_id) REFERENCES goal (org_id, id))
        """,
        "CREATE INDEX milestone_goal ON milestone (org_id, goal_id, id)",
      ])
  ]
}
