import Web

extension Features {
  /// The register: what each column of each table holds about people, and what becomes of it when somebody is erased.
  public static var personalData: [PersonalColumn] { frameworkData + all.flatMap(\.personalData) }

  /// Tables that belong to no feature.
  static let frameworkData = [
    PersonalColumn("schema_step", ["name", "checksum", "applied_at"], .none, .keep),
    PersonalColumn("job", ["id", "org_id", "kind", "run_at", "attempts", "state"], .none, .keep),
    PersonalColumn("job", ["lease_until", "lease_owner", "created_at", "finished_at", "failure"], .none, .keep),
    PersonalColumn("job", ["key"], .identity, .delete),
    PersonalColumn("job", ["payload"], .content, .delete),
    PersonalColumn("activity", ["org_id", "id", "origin", "verb", "kind", "object_id", "at", "data"], .none, .keep),
    PersonalColumn("activity", ["actor_id"], .identity, .pseudonymise),
    PersonalColumn("idempotency", ["org_id", "key", "route", "request_hash", "status", "created_at"], .none, .delete),
    PersonalColumn("idempotency", ["person_id"], .identity, .delete),
    PersonalColumn("idempotency", ["body", "destination"], .content, .delete),
    PersonalColumn("search_entry", ["entry", "org_id", "kind", "id"], .none, .delete),
    PersonalColumn("search_entry", ["person_id"], .identity, .delete),
    PersonalColumn("search_entry", ["title", "body", "title_words", "body_words"], .content, .delete),
  ]
}
