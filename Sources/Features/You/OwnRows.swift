import Kit
import Store

/// Which rows of which tables are a person's own: what they wrote, did or set, and what both of a pair may read.
enum OwnRows {
  /// Tables with data about people of which nobody gets rows, and why.
  static let leftOut: [String: String] = [
    "activity": "the log of acts belongs to the organisation",
    "deck_media": "sounds and pictures go out with the cards, as a package for Anki",
    "idempotency": "kept for a day to recognise repetitions",
    "invite": "names and addresses of other people",
    "job": "work in progress",
    "mail_link": "links in mails",
    "member_import": "names and addresses of other people",
    "program": "says nothing about a person",
    "search_entry": "made from the other tables",
    "sign_in_attempt": "keyed by a digest",
    "sign_in_code": "works for ten minutes",
    "skill_import": "says nothing about a person",
    "skill_import_file": "says nothing about a person",
  ]

  static let all: [(table: String, condition: @Sendable (ID<Organisation>, ID<Person>) -> SQL)] =
    [("person", { org, person in "org_id = \(org) AND id = \(person)" })]
    + ofPerson.map { table in (table, { org, person in "org_id = \(org) AND person_id = \(person)" }) }
    + [
      ("action_item", actions),
      ("advancement_skill", { "org_id = \($0) AND advancement_id IN (\(owned("advancement", $0, $1)))" }),
      ("agenda_item", { "org_id = \($0) AND author_id = \($1)" }),
      ("ask", { "org_id = \($0) AND asker_id = \($1)" }),
      ("ask_skill", { "org_id = \($0) AND ask_id IN (SELECT id FROM ask WHERE org_id = \($0) AND asker_id = \($1))" }),
      ("attempt_answer", { "org_id = \($0) AND attempt_id IN (\(owned("attempt", $0, $1)))" }),
      ("deck_card", { "org_id = \($0) AND card_id IN (\(owned("card", $0, $1)))" }),
      ("dispute", { "org_id = \($0) AND raised_by = \($1)" }),
      ("goal_skill", { "org_id = \($0) AND goal_id IN (\(owned("goal", $0, $1)))" }),
      ("group_session", { "org_id = \($0) AND mentor_id = \($1)" }),
      ("hand_over", { "org_id = \($0) AND (from_id = \($1) OR to_id = \($1))" }),
      ("milestone", { "org_id = \($0) AND goal_id IN (\(owned("goal", $0, $1)))" }),
      ("insight", { org, me in "org_id = \(org) AND (author_id = \(me) OR partner_id = \(me) AND released_at IS NOT NULL)" }),
      ("lesson", { "org_id = \($0) AND author_id = \($1)" }),
      ("offer", { "org_id = \($0) AND mentor_id = \($1)" }),
      ("offer_time", { "org_id = \($0) AND offer_id IN (SELECT id FROM offer WHERE org_id = \($0) AND mentor_id = \($1))" }),
      ("rating", { "org_id = \($0) AND author_id = \($1)" }),
      ("session", sessions),
      ("session_note", notes),
      ("session_series", { "org_id = \($0) AND (mentor_id = \($1) OR mentee_id = \($1))" }),
      ("vetting_answer", { "org_id = \($0) AND vetting_id IN (\(owned("vetting", $0, $1)))" }),
      ("wrap_up", { "org_id = \($0) AND author_id = \($1)" }),
    ]

  private static let ofPerson = [
    "advancement", "api_token", "application", "assignment", "attempt", "attendance", "availability_exception", "availability_setting",
    "busy_time", "calendar_address", "calendar_turn", "card", "deck_note", "deck_note_type", "enrolment", "goal", "group_seat",
    "held_letter", "insight_card",
    "invitation_answer", "learning_setting", "learning_turn", "learning_window", "memory_fit", "mentor_pause", "notice",
    "notification_setting", "nudge",
    "occupancy", "password", "person_block", "person_skill", "push_device", "reminder", "review_event", "sign_in_session", "vetting",
    "weekly_window",
  ]

  private static func owned(_ table: StaticString, _ org: ID<Organisation>, _ person: ID<Person>) -> SQL {
    "SELECT id FROM \(SQL(stringLiteral: "\(table)")) WHERE org_id = \(org) AND person_id = \(person)"
  }

  /// Promises of one's own, and those that the other one of a pair was told of.
  private static let actions: @Sendable (ID<Organisation>, ID<Person>) -> SQL = { org, me in
    "org_id = \(org) AND (owner_id = \(me) OR author_id = \(me) OR partner_id = \(me) AND released_at IS NOT NULL)"
  }

  /// Sessions of one's own, but to the mentor no hour that somebody without a name kept and never booked: its row would name them.
  private static let sessions: @Sendable (ID<Organisation>, ID<Person>) -> SQL = { org, me in
    """
    org_id = \(org) AND (mentee_id = \(me) OR mentor_id = \(me) AND NOT (state IN ('held', 'lapsed') AND EXISTS (
      SELECT 1 FROM ask WHERE ask.org_id = \(org) AND ask.id = session.ask_id AND ask.is_anonymous = 1)))
    """
  }

  /// Shared notes, and one's own private ones.
  private static let notes: @Sendable (ID<Organisation>, ID<Person>) -> SQL = { org, me in
    """
    org_id = \(org) AND (owner IN ('both', 'mentor') AND session_id IN (SELECT id FROM session WHERE org_id = \(org) AND mentor_id = \(me))
      OR owner IN ('both', 'mentee') AND session_id IN (SELECT id FROM session WHERE org_id = \(org) AND mentee_id = \(me)))
    """
  }
}
