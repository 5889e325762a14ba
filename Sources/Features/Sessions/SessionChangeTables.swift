import Store

/// What may happen between a wish and a meeting: a yes that is waited for, other times proposed, a colleague who takes over, a dispute.
enum SessionChangeTables {
  static let migration = Migration(
    "sessions/2",
    [
      "ALTER TABLE session ADD COLUMN approval_due BIGINT",
      "ALTER TABLE session ADD COLUMN declined_at BIGINT",
      """
      CREATE TABLE proposed_time (
        org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, start_at BIGINT NOT NULL, proposed_by BIGINT NOT NULL, proposed_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, session_id, start_at), FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id),
        FOREIGN KEY (org_id, proposed_by) REFERENCES person (org_id, id))
      """,
      """
      CREATE TABLE hand_over (
        org_id BIGINT NOT NULL, id BIGINT NOT NULL, session_id BIGINT NOT NULL, from_id BIGINT NOT NULL, to_id BIGINT NOT NULL,
        sequence BIGINT NOT NULL, words TEXT NOT NULL, asked_at BIGINT NOT NULL, answered_at BIGINT,
        state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined', 'withdrawn')), PRIMARY KEY (org_id, id),
        CHECK ((state = 'asked') = (answered_at IS NULL)), CHECK (from_id <> to_id),
        FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, from_id) REFERENCES person (org_id, id),
        FOREIGN KEY (org_id, to_id) REFERENCES person (org_id, id))
      """,
      "CREATE INDEX hand_over_session ON hand_over (org_id, session_id)",
      "CREATE INDEX hand_over_to ON hand_over (org_id, to_id, state)",
      """
      CREATE TABLE dispute (
        org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, raised_by BIGINT NOT NULL, words TEXT NOT NULL, raised_at BIGINT NOT NULL,
        settled_by BIGINT, settled_at BIGINT, outcome TEXT CHECK (outcome IN ('stands', 'met', 'excused')),
        PRIMARY KEY (org_id, session_id), CHECK ((outcome IS NULL) = (settled_at IS NULL)),
        FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, raised_by) REFERENCES person (org_id, id))
      """,
      "CREATE INDEX dispute_open ON dispute (org_id, settled_at)",
    ])
}
