import Store

/// Programs and who takes part.
enum ProgramTables {
  static let migrations = [
    Migration(
      "programs/1",
      [
        """
        CREATE TABLE program (
          org_id BIGINT NOT NULL REFERENCES organisation (id), id BIGINT NOT NULL, name TEXT NOT NULL, template TEXT NOT NULL,
          purpose TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, created_by BIGINT NOT NULL, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, name), CHECK (starts_on < ends_on),
          FOREIGN KEY (org_id, created_by) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE enrolment (
          org_id BIGINT NOT NULL, program_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('mentee', 'mentor')), enrolled_by BIGINT NOT NULL, enrolled_at BIGINT NOT NULL, left_at BIGINT,
          PRIMARY KEY (org_id, program_id, person_id), FOREIGN KEY (org_id, program_id) REFERENCES program (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, enrolled_by) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX enrolment_person ON enrolment (org_id, person_id)",
      ]),
    Migration(
      "programs/2",
      [
        "ALTER TABLE program ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
        "ALTER TABLE program ADD COLUMN closed_at BIGINT",
        "ALTER TABLE program ADD COLUMN closed_by BIGINT",
      ]),
  ]
}
