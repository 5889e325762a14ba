import Kit
import Store
import Web

/// Group sessions and their seats.
enum GroupTables {
  static let migrations = [
    Migration(
      "groups/1",
      [
        """
        CREATE TABLE group_session (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, mentor_id BIGINT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('group', 'office_hours')),
          title TEXT NOT NULL, about TEXT NOT NULL, link TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, zone TEXT NOT NULL,
          wall TEXT NOT NULL, seats BIGINT NOT NULL CHECK (seats BETWEEN 1 AND 100), taken BIGINT NOT NULL, sequence BIGINT NOT NULL,
          uid TEXT NOT NULL, created_at BIGINT NOT NULL, cancelled_at BIGINT, cancel_reason TEXT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (uid), CHECK (starts_at < ends_at), CHECK (taken BETWEEN 0 AND seats),
          FOREIGN KEY (org_id, mentor_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX group_session_time ON group_session (org_id, starts_at)",
        "CREATE INDEX group_session_mentor ON group_session (org_id, mentor_id, starts_at)",
        """
        CREATE TABLE group_seat (
          org_id BIGINT NOT NULL, group_id BIGINT NOT NULL, person_id BIGINT NOT NULL, place BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('seated', 'waiting', 'offered', 'left')), offered_until BIGINT, changed_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, group_id, person_id), CHECK ((state = 'offered') = (offered_until IS NOT NULL)),
          FOREIGN KEY (org_id, group_id) REFERENCES group_session (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX group_seat_line ON group_seat (org_id, group_id, state, place)",
        "CREATE INDEX group_seat_person ON group_seat (org_id, person_id, state)",
      ]),
    // Mails to the mentor, and to each who has or had a seat.
    Migration(
      "groups/2",
      [
        "ALTER TABLE group_session ADD COLUMN mails BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE group_seat ADD COLUMN mails BIGINT NOT NULL DEFAULT 0",
      ], move: GroupTables.countMails),
  ]

  /// The count goes on from the last mail that the queue still knows of; its key names the session, the person and the SEQUENCE.
  private static func countMails(_ tx: Transaction) throws {
    for row in try tx.rows("SELECT org_id, key FROM job WHERE kind = 'group-mail'") {
      let org: ID<Organisation> = try row("org_id")
      let parts = try row("key", as: String.self).split(separator: "/")
      guard parts.count == 4, let group = ID<GroupSession>(parts[0]), let person = ID<Person>(parts[1]), let sequence = Int(parts[2]) else {
        continue
      }
      let mails = sequence + 1
      try tx.run(
        "UPDATE group_session SET mails = \(mails) WHERE org_id = \(org) AND id = \(group) AND mentor_id = \(person) AND mails < \(mails)")
      try tx.run(
        """
        UPDATE group_seat SET mails = \(mails) WHERE org_id = \(org) AND group_id = \(group) AND person_id = \(person) AND mails < \(mails)
        """)
    }
  }

  static let checks = [
    Check("seats taken are seats given", remedy: "Report this with the id of the group session.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM group_session WHERE cancelled_at IS NULL AND taken <> (SELECT count(*) FROM group_seat
          WHERE group_seat.org_id = group_session.org_id AND group_seat.group_id = group_session.id AND state IN ('seated', 'offered'))
        """)
    },
    Check("a seat takes the time of who has it", remedy: "Give the seat back and take it again.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM group_seat JOIN group_session ON group_session.org_id = group_seat.org_id AND group_session.id = group_seat.group_id
        WHERE group_session.cancelled_at IS NULL AND (group_seat.state = 'seated') <> EXISTS (SELECT 1 FROM occupancy
          WHERE occupancy.org_id = group_seat.org_id AND occupancy.session_id = group_seat.group_id
            AND occupancy.person_id = group_seat.person_id)
        """)
    },
  ]

  static let personalData = [
    PersonalColumn(
      "group_session",
      [
        "org_id", "id", "mentor_id", "kind", "starts_at", "ends_at", "zone", "wall", "seats", "taken", "sequence", "uid", "created_at",
        "cancelled_at", "mails",
      ], .none, .keep),
    PersonalColumn("group_session", ["title", "about", "link", "cancel_reason"], .content, .replace),
    PersonalColumn("group_seat", ["org_id", "group_id", "person_id", "place", "offered_until", "changed_at", "mails"], .none, .delete),
    PersonalColumn("group_seat", ["state"], .behaviour, .delete),
  ]
}
