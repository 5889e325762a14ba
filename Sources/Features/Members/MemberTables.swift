import Store
import Web

/// Files of members that were read and wait for a yes.
enum MemberTables {
  static let migrations = [
    Migration(
      "members/1",
      [
        """
        CREATE TABLE member_import (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, file_name TEXT NOT NULL, content BYTEA NOT NULL,
          created_at BIGINT NOT NULL, applied_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX member_import_age ON member_import (created_at)",
      ])
  ]

  static let personalData: [PersonalColumn] = [
    PersonalColumn("member_import", ["org_id", "id", "person_id", "created_at", "applied_at"], .none, .delete),
    PersonalColumn("member_import", ["file_name", "content"], .content, .delete),
  ]
}
