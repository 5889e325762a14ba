import Store

/// Sessions, the time they take, and what is said and promised in them.
enum SessionTables {
  /// The longest interval in `occupancy`: a session of an hour between two buffers of two hours. It bounds the search for overlaps.
  static let longestOccupancy: Int64 = 6 * 3_600_000_000

  static let migrations = [
    Migration(
      "sessions/1",
      [
        """
        CREATE TABLE session (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, kind TEXT NOT NULL, mentor_id BIGINT NOT NULL, mentee_id BIGINT NOT NULL,
          ask_id BIGINT, title TEXT NOT NULL, question TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, zone TEXT NOT NULL,
          wall TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('held', 'booked', 'met', 'wrapped', 'no_show', 'cancelled', 'lapsed')),
          sequence BIGINT NOT NULL, uid TEXT NOT NULL, link TEXT NOT NULL, held_until BIGINT, extensions BIGINT NOT NULL CHECK (extensions IN (0, 1)),
          made_by BIGINT NOT NULL, created_at BIGINT NOT NULL, booked_at BIGINT, cancelled_by BIGINT, cancelled_at BIGINT,
          cancel_reason TEXT NOT NULL, was_late BIGINT NOT NULL CHECK (was_late IN (0, 1)),
          PRIMARY KEY (org_id, id), UNIQUE (uid), CHECK (mentor_id <> mentee_id), CHECK (starts_at < ends_at),
          CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)), CHECK (state NOT IN ('booked', 'met', 'wrapped', 'no_show') OR booked_at IS NOT NULL),
          FOREIGN KEY (org_id, mentor_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, mentee_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX session_mentor ON session (org_id, mentor_id, starts_at)",
        "CREATE INDEX session_mentee ON session (org_id, mentee_id, starts_at)",
        "CREATE INDEX session_time ON session (org_id, starts_at)",
        "CREATE INDEX session_ask ON session (org_id, ask_id)",
        """
        CREATE TABLE calendar_turn (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, turn BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE occupancy (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, person_id BIGINT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
          until BIGINT, PRIMARY KEY (org_id, session_id, person_id), CHECK (starts_at < ends_at), CHECK (ends_at - starts_at <= 21600000000),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX occupancy_person ON occupancy (org_id, person_id, starts_at)",
        .postgres("CREATE EXTENSION IF NOT EXISTS btree_gist"),
        .postgres(
          """
          ALTER TABLE occupancy ADD CONSTRAINT occupancy_overlap
          EXCLUDE USING gist (org_id WITH =, person_id WITH =, int8range(starts_at, ends_at) WITH &&)
          """),
        .sqlite(overlapTrigger(on: "INSERT", but: "")),
        .sqlite(overlapTrigger(on: "UPDATE", but: "AND taken.session_id <> OLD.session_id")),
        """
        CREATE TABLE attendance (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, person_id BIGINT NOT NULL, state TEXT NOT NULL CHECK (state IN ('present', 'absent')),
          said_by BIGINT, at BIGINT NOT NULL, PRIMARY KEY (org_id, session_id, person_id),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE agenda_item (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, session_id BIGINT NOT NULL, author_id BIGINT NOT NULL, text TEXT NOT NULL, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id),
          FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX agenda_item_session ON agenda_item (org_id, session_id, id)",
        """
        CREATE TABLE session_note (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, owner TEXT NOT NULL, text TEXT NOT NULL, version BIGINT NOT NULL,
          edited_by BIGINT NOT NULL, edited_at BIGINT NOT NULL, PRIMARY KEY (org_id, session_id, owner), CHECK (owner IN ('both', 'mentor', 'mentee')),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, edited_by) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE wrap_up (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, author_id BIGINT NOT NULL, lesson_id BIGINT,
          next TEXT NOT NULL CHECK (next IN ('none', 'book', 'grow')), sent_at BIGINT NOT NULL, PRIMARY KEY (org_id, session_id, author_id),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE rating (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, author_id BIGINT NOT NULL, subject_id BIGINT NOT NULL,
          points BIGINT NOT NULL CHECK (points BETWEEN 1 AND 5), line TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (org_id, session_id, author_id),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, subject_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX rating_subject ON rating (org_id, subject_id, at)",
      ]),
    SessionChangeTables.migration, SeriesTables.migration,
    Migration(
      "sessions/4",
      [
        // Asks count as met by their session, whether or not anybody wrapped up.
        """
        UPDATE ask SET met_at = (SELECT min(session.starts_at) FROM session
          WHERE session.org_id = ask.org_id AND session.ask_id = ask.id AND session.state IN ('met', 'wrapped'))
        WHERE met_at IS NULL AND EXISTS (SELECT 1 FROM session
          WHERE session.org_id = ask.org_id AND session.ask_id = ask.id AND session.state IN ('met', 'wrapped'))
        """
      ]),
  ]

  /// SQLite has no exclusion constraint; the trigger refuses what it would refuse.
  static func overlapTrigger(on event: String, but itself: String) -> String {
    """
    CREATE TRIGGER occupancy_overlap_\(event.lowercased()) BEFORE \(event) ON occupancy
    WHEN EXISTS (
      SELECT 1 FROM occupancy AS taken WHERE taken.org_id = NEW.org_id AND taken.person_id = NEW.person_id AND taken.starts_at < NEW.ends_at
        AND taken.ends_at > NEW.starts_at AND taken.starts_at > NEW.starts_at - \(longestOccupancy) \(itself))
    BEGIN SELECT RAISE(ABORT, 'overlap'); END
    """
  }
}
