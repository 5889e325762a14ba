import Web

/// What the tables of sessions hold about people.
enum SessionRegister {
  static let columns = [
    PersonalColumn(
      "session",
      [
        "org_id", "id", "mentor_id", "mentee_id", "ask_id", "zone", "wall", "sequence", "uid", "held_until", "extensions", "made_by",
        "created_at", "approval_due",
      ],
      .none, .keep),
    PersonalColumn("session", ["declined_at"], .behaviour, .keep),
    PersonalColumn(
      "session_series",
      [
        "org_id", "id", "mentor_id", "mentee_id", "made_by", "kind", "every_weeks", "first_date", "last_date", "wall_minute", "zone",
        "minutes", "made_at",
      ], .none, .keep),
    PersonalColumn("session_series", ["title"], .content, .replace),
    PersonalColumn("series_date", ["org_id", "series_id", "date", "session_id", "state"], .none, .keep),
    PersonalColumn("proposed_time", ["org_id", "session_id", "start_at", "proposed_by", "proposed_at"], .none, .delete),
    PersonalColumn("hand_over", ["org_id", "id", "session_id", "from_id", "to_id", "sequence", "asked_at", "answered_at"], .none, .keep),
    PersonalColumn("hand_over", ["state"], .behaviour, .keep),
    PersonalColumn("hand_over", ["words"], .content, .replace),
    PersonalColumn("dispute", ["org_id", "session_id", "raised_by", "raised_at", "settled_by", "settled_at"], .none, .keep),
    PersonalColumn("dispute", ["outcome"], .behaviour, .keep),
    PersonalColumn("dispute", ["words"], .content, .replace),
    PersonalColumn(
      "session", ["kind", "starts_at", "ends_at", "state", "booked_at", "cancelled_by", "cancelled_at", "was_late"], .behaviour, .keep),
    PersonalColumn("session", ["title", "question", "link", "cancel_reason"], .content, .replace),
    PersonalColumn("calendar_turn", ["org_id", "person_id", "turn"], .none, .delete),
    PersonalColumn("occupancy", ["org_id", "session_id", "person_id", "until"], .none, .delete),
    PersonalColumn("occupancy", ["starts_at", "ends_at"], .behaviour, .delete),
    PersonalColumn("attendance", ["org_id", "session_id", "person_id", "said_by", "at"], .none, .keep),
    PersonalColumn("attendance", ["state"], .behaviour, .keep),
    PersonalColumn("agenda_item", ["org_id", "id", "session_id", "author_id", "created_at"], .none, .delete),
    PersonalColumn("agenda_item", ["text"], .content, .delete),
    PersonalColumn("session_note", ["org_id", "session_id", "owner", "version", "edited_by", "edited_at"], .none, .keep),
    PersonalColumn("session_note", ["text"], .content, .replace),
    PersonalColumn("wrap_up", ["org_id", "session_id", "author_id", "lesson_id", "sent_at"], .none, .keep),
    PersonalColumn("wrap_up", ["next"], .behaviour, .keep),
    PersonalColumn("rating", ["org_id", "session_id", "author_id", "subject_id", "at"], .none, .keep),
    PersonalColumn("rating", ["points"], .behaviour, .keep),
    PersonalColumn("rating", ["line"], .content, .replace),
  ]
}
