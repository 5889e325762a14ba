import Store

/// When people may be booked: the ordinary week, dates that differ from it, and limits on top.
enum AvailabilityTables {
  static let migrations = [
    Migration(
      "availability/1",
      [
        """
        CREATE TABLE weekly_window (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
          from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439), to_minute BIGINT NOT NULL CHECK (to_minute BETWEEN 0 AND 1439),
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX weekly_window_person ON weekly_window (org_id, person_id)",
        """
        CREATE TABLE availability_exception (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('off', 'windows', 'away')),
          first_date TEXT NOT NULL, last_date TEXT NOT NULL, from_minute BIGINT CHECK (from_minute BETWEEN 0 AND 1439),
          to_minute BIGINT CHECK (to_minute BETWEEN 0 AND 1439), created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
          CHECK (first_date <= last_date), CHECK ((kind = 'windows') = (from_minute IS NOT NULL AND to_minute IS NOT NULL)))
        """,
        "CREATE INDEX availability_exception_person ON availability_exception (org_id, person_id, first_date)",
        """
        CREATE TABLE availability_setting (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, weekly_minutes BIGINT CHECK (weekly_minutes BETWEEN 15 AND 2400),
          sessions_per_day BIGINT CHECK (sessions_per_day BETWEEN 1 AND 20), buffer_before BIGINT NOT NULL CHECK (buffer_before BETWEEN 0 AND 120),
          buffer_after BIGINT NOT NULL CHECK (buffer_after BETWEEN 0 AND 120), notice_minutes BIGINT NOT NULL CHECK (notice_minutes BETWEEN 0 AND 20160),
          horizon_days BIGINT NOT NULL CHECK (horizon_days BETWEEN 1 AND 180), updated_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
      ]),
    Migration(
      "availability/2",
      [
        """
        CREATE TABLE availability_exception_next (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('off', 'windows', 'extra', 'away')),
          first_date TEXT NOT NULL, last_date TEXT NOT NULL, from_minute BIGINT CHECK (from_minute BETWEEN 0 AND 1439),
          to_minute BIGINT CHECK (to_minute BETWEEN 0 AND 1439), created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id), CHECK (first_date <= last_date),
          CHECK ((kind IN ('windows', 'extra')) = (from_minute IS NOT NULL AND to_minute IS NOT NULL)))
        """,
        """
        INSERT INTO availability_exception_next
        SELECT org_id, id, person_id, kind, first_date, last_date, from_minute, to_minute, created_at FROM availability_exception
        """,
        "DROP TABLE availability_exception",
        "ALTER TABLE availability_exception_next RENAME TO availability_exception",
        "CREATE INDEX availability_exception_dates ON availability_exception (org_id, person_id, first_date)",
        "ALTER TABLE availability_setting ADD COLUMN lengths TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE availability_setting ADD COLUMN confirms BIGINT NOT NULL DEFAULT 0 CHECK (confirms IN (0, 1))",
        "ALTER TABLE availability_setting ADD COLUMN paused_until TEXT",
        "ALTER TABLE availability_setting ADD COLUMN zone TEXT NOT NULL DEFAULT ''",
      ]),
    Migration(
      "availability/3",
      [
        "DROP INDEX weekly_window_person",
        "CREATE INDEX weekly_window_person ON weekly_window (org_id, person_id, weekday, from_minute, to_minute)",
      ]),
  ]
}
