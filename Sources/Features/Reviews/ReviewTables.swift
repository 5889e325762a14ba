import Store

/// Cards and what happened to them. The events are the truth; the columns of a card that tell its state are a cache of their replay.
enum ReviewTables {
  static let migrations = [
    Migration(
      "reviews/1",
      [
        """
        CREATE TABLE card (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL,
          language TEXT NOT NULL, source TEXT NOT NULL CHECK (source IN ('lesson', 'insight', 'own')), lesson_id BIGINT, note TEXT,
          insight_id BIGINT, created_at BIGINT NOT NULL, suspended_at BIGINT,
          state TEXT NOT NULL CHECK (state IN ('new', 'learning', 'review', 'relearning')), due_at BIGINT NOT NULL,
          stability DOUBLE PRECISION, difficulty DOUBLE PRECISION, last_day BIGINT, reviews BIGINT NOT NULL, lapses BIGINT NOT NULL,
          progress TEXT NOT NULL, last_event TEXT, scheduled_by TEXT,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, lesson_id, note),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, lesson_id) REFERENCES lesson (org_id, id))
        """,
        "CREATE INDEX card_due ON card (org_id, person_id, due_at) WHERE suspended_at IS NULL",
        """
        CREATE TABLE review_event (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, id TEXT NOT NULL, card_id BIGINT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('review', 'practice', 'undo', 'reset', 'place')), grade BIGINT CHECK (grade BETWEEN 1 AND 4),
          target TEXT, target_day BIGINT, milliseconds BIGINT, answered_at BIGINT NOT NULL, zone_offset BIGINT NOT NULL,
          device TEXT NOT NULL, sent_at BIGINT NOT NULL, received_at BIGINT NOT NULL, corrected_at BIGINT NOT NULL, day BIGINT NOT NULL,
          seq BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          CHECK ((kind IN ('review', 'practice')) = (grade IS NOT NULL)))
        """,
        "CREATE INDEX review_event_card ON review_event (org_id, card_id, corrected_at)",
        "CREATE INDEX review_event_day ON review_event (org_id, person_id, day)",
        "CREATE INDEX review_event_seq ON review_event (org_id, seq)",
        .sqlite(
          """
          CREATE TRIGGER review_event_no_update BEFORE UPDATE ON review_event
          BEGIN SELECT RAISE(ABORT, 'review events are append-only'); END
          """),
        .postgres(
          """
          CREATE FUNCTION review_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'review events are append-only' USING ERRCODE = '23514'; END $$
          """),
        .postgres(
          "CREATE TRIGGER review_event_no_update BEFORE UPDATE ON review_event FOR EACH ROW EXECUTE FUNCTION review_event_append_only()"),
        """
        CREATE TABLE learning_setting (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, options TEXT NOT NULL, daily_minutes BIGINT NOT NULL CHECK (daily_minutes > 0),
          days BIGINT NOT NULL CHECK (days BETWEEN 0 AND 127), shows_four BIGINT NOT NULL CHECK (shows_four IN (0, 1)),
          updated_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
      ]),
    Migration(
      "reviews/2",
      [
        """
        CREATE TABLE review_event_2 (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, id TEXT NOT NULL, card_id BIGINT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('review', 'practice', 'undo', 'reset', 'place', 'import')),
          grade BIGINT CHECK (grade BETWEEN 1 AND 4), target TEXT, target_day BIGINT, milliseconds BIGINT, answered_at BIGINT NOT NULL,
          zone_offset BIGINT NOT NULL, device TEXT NOT NULL, sent_at BIGINT NOT NULL, received_at BIGINT NOT NULL,
          corrected_at BIGINT NOT NULL, day BIGINT NOT NULL, seq BIGINT NOT NULL, memory TEXT,
          PRIMARY KEY (org_id, person_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          CHECK ((kind IN ('review', 'practice')) = (grade IS NOT NULL)), CHECK ((kind = 'import') = (memory IS NOT NULL)))
        """,
        """
        INSERT INTO review_event_2 (org_id, person_id, id, card_id, kind, grade, target, target_day, milliseconds, answered_at, zone_offset,
          device, sent_at, received_at, corrected_at, day, seq)
        SELECT org_id, person_id, id, card_id, kind, grade, target, target_day, milliseconds, answered_at, zone_offset, device, sent_at,
          received_at, corrected_at, day, seq FROM review_event
        """,
        "DROP TABLE review_event",
        "ALTER TABLE review_event_2 RENAME TO review_event",
        "CREATE INDEX review_event_card ON review_event (org_id, card_id, corrected_at)",
        "CREATE INDEX review_event_day ON review_event (org_id, person_id, day)",
        "CREATE INDEX review_event_seq ON review_event (org_id, seq)",
        .sqlite(
          """
          CREATE TRIGGER review_event_no_update BEFORE UPDATE ON review_event
          BEGIN SELECT RAISE(ABORT, 'review events are append-only'); END
          """),
        .postgres(
          "CREATE TRIGGER review_event_no_update BEFORE UPDATE ON review_event FOR EACH ROW EXECUTE FUNCTION review_event_append_only()"),
      ]),
    // The queue of a day is read from the index alone, cards being long, and so are the answers of a day.
    Migration(
      "reviews/3",
      [
        "DROP INDEX card_due",
        """
        CREATE INDEX card_due ON card (org_id, person_id, due_at, id, state, stability, difficulty, last_day) WHERE suspended_at IS NULL
        """,
        "DROP INDEX review_event_day",
        "CREATE INDEX review_event_day ON review_event (org_id, person_id, day, kind, milliseconds)",
        // Nobody asks for events by their number.
        "DROP INDEX review_event_seq",
      ]),
    // The latest answers, not the slowest of the latest day, tell how fast somebody answers.
    Migration(
      "reviews/4",
      [
        "DROP INDEX review_event_day",
        "CREATE INDEX review_event_day ON review_event (org_id, person_id, kind, day, corrected_at, milliseconds)",
      ]),
  ]
}
