import Store

/// Applications to become a mentor, and what was decided.
enum VettingTables {
  static let migrations = [
    Migration(
      "vetting/1",
      [
        """
        CREATE TABLE vetting (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('applied', 'approved', 'declined', 'withdrawn')),
          reach TEXT NOT NULL CHECK (reach IN ('anywhere', 'own_department', 'other_departments')),
          applied_at BIGINT NOT NULL, decided_by BIGINT, decided_at BIGINT, words TEXT NOT NULL, recheck_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, decided_by) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX vetting_person ON vetting (org_id, person_id, id)",
        "CREATE INDEX vetting_state ON vetting (org_id, state, id)",
        "CREATE UNIQUE INDEX vetting_open ON vetting (org_id, person_id) WHERE state = 'applied'",
        """
        CREATE TABLE vetting_answer (
          org_id BIGINT NOT NULL, vetting_id BIGINT NOT NULL, criterion TEXT NOT NULL, answer TEXT NOT NULL,
          score BIGINT CHECK (score BETWEEN 1 AND 4),
          PRIMARY KEY (org_id, vetting_id, criterion), FOREIGN KEY (org_id, vetting_id) REFERENCES vetting (org_id, id))
        """,
      ])
  ]
}
