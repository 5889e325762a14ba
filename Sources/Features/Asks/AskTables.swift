import Store

/// Requests for help and the skills they need.
enum AskTables {
  static let migrations = [
    Migration(
      "asks/1",
      [
        """
        CREATE TABLE ask (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, asker_id BIGINT NOT NULL, question TEXT NOT NULL, situation TEXT, kind TEXT NOT NULL,
          urgency TEXT NOT NULL CHECK (urgency IN ('now', 'week', 'later')), minutes BIGINT NOT NULL CHECK (minutes BETWEEN 0 AND 240),
          commitment TEXT NOT NULL CHECK (commitment IN ('once', 'few', 'months')), language TEXT NOT NULL,
          crossing TEXT NOT NULL CHECK (crossing IN ('none', 'wished')), is_anonymous BIGINT NOT NULL CHECK (is_anonymous IN (0, 1)),
          state TEXT NOT NULL CHECK (state IN
            ('draft', 'open', 'offered', 'asked_back', 'claimed', 'booked', 'answered', 'closed', 'expired', 'withdrawn')),
          created_at BIGINT NOT NULL, opened_at BIGINT, expires_at BIGINT, met_at BIGINT, closed_at BIGINT, session_id BIGINT, answer TEXT,
          version BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, asker_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX ask_asker ON ask (org_id, asker_id, state, id)",
        "CREATE INDEX ask_opened ON ask (org_id, opened_at)",
        "CREATE INDEX ask_session ON ask (org_id, session_id)",
        """
        CREATE TABLE ask_skill (
          org_id BIGINT NOT NULL, ask_id BIGINT NOT NULL, skill_id BIGINT NOT NULL, place BIGINT NOT NULL,
          PRIMARY KEY (org_id, ask_id, skill_id), FOREIGN KEY (org_id, ask_id) REFERENCES ask (org_id, id) ON DELETE CASCADE,
          FOREIGN KEY (skill_id) REFERENCES skill (id))
        """,
        "CREATE INDEX ask_skill_skill ON ask_skill (org_id, skill_id)",
      ]),
    Migration("asks/2", ["ALTER TABLE ask ADD COLUMN wished_id BIGINT"]),
  ]
}
