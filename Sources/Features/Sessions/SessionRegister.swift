import Web

/// What the tables of sessions hold about people.
enum SessionRegister {
  static let columns = [
    PersonalColumn(
      "session",
      [
        "org_id", "id", "mentor_id", "mentee_id", "ask_id", "zone", "wall", "sequence", "uid", "held_until", "extensions", "made_by",
        "created_at",
      ],
      .none, .keep),
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
