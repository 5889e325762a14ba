import Store
import Web

extension AccountTables {
  /// What the tables of accounts hold about people.
  static let personalData: [PersonalColumn] = [
    PersonalColumn("organisation", ["id", "name", "slug", "zone", "settings", "created_at"], .none, .keep),
    PersonalColumn(
      "person", ["org_id", "id", "state", "roles", "manager_id", "seniority", "created_at", "joined_at", "left_at", "version"], .none, .keep
    ),
    PersonalColumn("person", ["name"], .identity, .replace),
    PersonalColumn("person", ["email"], .contact, .replace),
    PersonalColumn("person", ["title", "department", "bio", "languages", "zone", "channel", "theme"], .content, .replace),
    PersonalColumn("password", ["org_id", "person_id", "changed_at"], .none, .delete),
    PersonalColumn("password", ["hash"], .secret, .delete),
    PersonalColumn("sign_in_session", ["org_id", "id", "person_id", "created_at", "expires_at", "method"], .none, .delete),
    PersonalColumn("sign_in_session", ["token_hash"], .secret, .delete),
    PersonalColumn("sign_in_session", ["seen_at", "agent", "address"], .behaviour, .delete),
    PersonalColumn("api_token", ["org_id", "id", "person_id", "scopes", "created_at", "expires_at", "revoked_at"], .none, .delete),
    PersonalColumn("api_token", ["name"], .content, .delete),
    PersonalColumn("api_token", ["token_hash"], .secret, .delete),
    PersonalColumn("api_token", ["seen_at"], .behaviour, .delete),
    PersonalColumn("sign_in_code", ["id", "created_at", "expires_at", "tries", "used_at"], .none, .delete),
    PersonalColumn("sign_in_code", ["email"], .contact, .delete),
    PersonalColumn("sign_in_code", ["code_hash", "browser_hash"], .secret, .delete),
    PersonalColumn("sign_in_attempt", ["subject", "at", "id", "succeeded"], .behaviour, .pseudonymise),
    PersonalColumn(
      "invite", ["org_id", "id", "roles", "uses", "most_uses", "created_by", "created_at", "expires_at", "revoked_at"], .none, .keep),
    PersonalColumn("invite", ["token_hash"], .secret, .delete),
    PersonalColumn("invite", ["email"], .contact, .delete),
    PersonalColumn("invite", ["name"], .identity, .delete),
    PersonalColumn("setup_link", ["created_at", "expires_at", "used_at"], .none, .keep),
    PersonalColumn("setup_link", ["token_hash"], .secret, .delete),
  ]
}

/// Rules that the tables of accounts must keep.
enum AccountChecks {
  static let all: [Check] = [
    Check("every organisation with members has an administrator", remedy: "Run tandem admin to name one.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM organisation WHERE
          EXISTS (SELECT 1 FROM person WHERE person.org_id = organisation.id AND person.state = 'active')
          AND NOT EXISTS (SELECT 1 FROM person WHERE person.org_id = organisation.id AND person.state = 'active' AND (person.roles & 32) <> 0)
          -- A demo is looked around in and removed by the administrator beside it.
          AND NOT EXISTS (SELECT 1 FROM demo WHERE demo.demo_id = organisation.id)
        """)
    },
    Check("only active members have sessions", remedy: "Suspend and reactivate the member; it ends their sessions.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM sign_in_session s JOIN person p ON p.org_id = s.org_id AND p.id = s.person_id WHERE p.state <> 'active'
        """)
    },
    Check("addresses are kept in lower case", remedy: "Report this; it is a fault of the program.") { tx in
      try tx.count("SELECT count(*) FROM person WHERE email <> lower(email)")
    },
    Check("no invitation was used more often than allowed", remedy: "Revoke it and look at who joined.") { tx in
      try tx.count("SELECT count(*) FROM invite WHERE uses > most_uses")
    },
  ]
}
