import Store

/// Asks put before mentors, times they propose, and mentors who rest because they were silent.
enum RequestTables {
  static let migrations = [
    Migration(
      "requests/1",
      [
        """
        CREATE TABLE offer (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, ask_id BIGINT NOT NULL, mentor_id BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN
            ('sent', 'seen', 'asked', 'other_time', 'accepted', 'passed', 'lapsed', 'withdrawn')),
          points BIGINT NOT NULL, why TEXT NOT NULL, start_at BIGINT, sent_at BIGINT NOT NULL, due_at BIGINT NOT NULL, seen_at BIGINT,
          question TEXT, asked_at BIGINT, remaining BIGINT, reply TEXT, reason TEXT, ended_at BIGINT, version BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, ask_id, mentor_id),
          FOREIGN KEY (org_id, ask_id) REFERENCES ask (org_id, id), FOREIGN KEY (org_id, mentor_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX offer_mentor ON offer (org_id, mentor_id, sent_at)",
        """
        CREATE TABLE offer_time (
          org_id BIGINT NOT NULL, offer_id BIGINT NOT NULL, start_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, offer_id, start_at), FOREIGN KEY (org_id, offer_id) REFERENCES offer (org_id, id))
        """,
        """
        CREATE TABLE mentor_pause (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, began_at BIGINT NOT NULL, ended_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE UNIQUE INDEX mentor_pause_open ON mentor_pause (org_id, person_id) WHERE ended_at IS NULL",
      ]),
    Migration(
      "requests/2",
      [
        "ALTER TABLE person ADD COLUMN is_resting BIGINT NOT NULL DEFAULT 0 CHECK (is_resting IN (0, 1))",
        """
        UPDATE person SET is_resting = 1
        WHERE EXISTS (SELECT 1 FROM mentor_pause p WHERE p.org_id = person.org_id AND p.person_id = person.id AND p.ended_at IS NULL)
        """,
      ]),
  ]
}
