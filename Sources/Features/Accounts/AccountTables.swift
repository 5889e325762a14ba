import Store

/// Organisations, their people, and how they prove who they are.
enum AccountTables {
  static let migrations = [
    Migration(
      "accounts/1",
      [
        """
        CREATE TABLE organisation (
          id BIGINT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, zone TEXT NOT NULL, settings TEXT NOT NULL,
          created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE person (
          org_id BIGINT NOT NULL REFERENCES organisation (id), id BIGINT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'suspended', 'left')), roles BIGINT NOT NULL, zone TEXT NOT NULL,
          title TEXT NOT NULL, department TEXT NOT NULL, manager_id BIGINT, seniority BIGINT NOT NULL CHECK (seniority BETWEEN 0 AND 10),
          languages TEXT NOT NULL, channel TEXT NOT NULL, bio TEXT NOT NULL, theme TEXT NOT NULL, created_at BIGINT NOT NULL,
          joined_at BIGINT, left_at BIGINT, version BIGINT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, email), FOREIGN KEY (org_id, manager_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX person_email ON person (email)",
        "CREATE INDEX person_manager ON person (org_id, manager_id)",
        "CREATE INDEX person_name ON person (org_id, name, id)",
        """
        CREATE TABLE password (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, hash TEXT NOT NULL, changed_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE sign_in_session (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
          seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, agent TEXT NOT NULL, address TEXT NOT NULL, method TEXT NOT NULL,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX sign_in_session_person ON sign_in_session (org_id, person_id)",
        "CREATE INDEX sign_in_session_end ON sign_in_session (expires_at)",
        """
        CREATE TABLE api_token (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
          scopes TEXT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT, expires_at BIGINT NOT NULL, revoked_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE sign_in_code (
          id BIGINT PRIMARY KEY, email TEXT NOT NULL, code_hash TEXT NOT NULL, browser_hash TEXT NOT NULL, created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, tries BIGINT NOT NULL, used_at BIGINT)
        """,
        "CREATE INDEX sign_in_code_email ON sign_in_code (email, created_at)",
        "CREATE INDEX sign_in_code_browser ON sign_in_code (browser_hash)",
        """
        CREATE TABLE sign_in_attempt (
          subject TEXT NOT NULL, at BIGINT NOT NULL, id BIGINT NOT NULL, succeeded BIGINT NOT NULL CHECK (succeeded IN (0, 1)),
          PRIMARY KEY (subject, at, id))
        """,
        """
        CREATE TABLE invite (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL,
          roles BIGINT NOT NULL, uses BIGINT NOT NULL, most_uses BIGINT NOT NULL, created_by BIGINT NOT NULL, created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, revoked_at BIGINT,
          PRIMARY KEY (org_id, id), CHECK (uses <= most_uses), FOREIGN KEY (org_id, created_by) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE setup_link (
          token_hash TEXT PRIMARY KEY, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT)
        """,
      ]),
    // A list of mentors walks this one; see `Member.isActiveMentor`.
    Migration(
      "accounts/2", ["CREATE INDEX person_mentor ON person (org_id, name, id) WHERE state = 'active' AND (roles / 2) % 2 = 1"]),
    // Each server writes down by itself what it saw.
    Migration("accounts/3", ["DELETE FROM job WHERE kind = 'stamp-seen'"]),
  ]
}
