import Store
import Web

enum BlockTables {
  static let migrations = [
    Migration(
      "blocks/1",
      [
        """
        CREATE TABLE person_block (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, blocked_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id, blocked_id), CHECK (person_id <> blocked_id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, blocked_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX person_block_blocked ON person_block (org_id, blocked_id, person_id)",
      ])
  ]

  static let personalData = [PersonalColumn("person_block", ["org_id", "person_id", "blocked_id", "created_at"], .behaviour, .delete)]
}
