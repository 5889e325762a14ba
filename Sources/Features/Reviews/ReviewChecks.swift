import Kit
import SpacedRepetition
import Store
import Web

/// What must hold of cards, and what their tables hold about people.
enum ReviewChecks {
  static let all = [
    Check("Every review event belongs to a card of its person", remedy: "Restore the card table from a backup.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM review_event WHERE NOT EXISTS (SELECT 1 FROM card WHERE card.org_id = review_event.org_id
          AND card.id = review_event.card_id AND card.person_id = review_event.person_id)
        """)
    },
    Check("A card counts as many answers as its events", remedy: "Answer the card once: its state is then told anew from its events.") {
      tx in
      try tx.count(
        """
        SELECT count(*) FROM card WHERE reviews <> (SELECT count(*) FROM review_event e WHERE e.org_id = card.org_id AND e.card_id = card.id
          AND e.kind = 'review' AND NOT EXISTS (SELECT 1 FROM review_event u WHERE u.org_id = e.org_id AND u.person_id = e.person_id
            AND u.kind = 'undo' AND u.target = e.id))
        """)
    },
    Check("No answer is dated after its arrival", remedy: "Tell the makers of Tandem: the correction of clocks has a fault.") { tx in
      try tx.count("SELECT count(*) FROM review_event WHERE corrected_at > received_at")
    },
  ]
}

extension ReviewTables {
  static let personalData = [
    PersonalColumn(
      "card", ["org_id", "id", "person_id", "language", "source", "lesson_id", "note", "insight_id", "created_at"], .none, .delete),
    PersonalColumn("card", ["front", "back"], .content, .delete),
    PersonalColumn(
      "card",
      [
        "suspended_at", "state", "due_at", "stability", "difficulty", "last_day", "reviews", "lapses", "progress", "last_event",
        "scheduled_by",
      ], .behaviour, .delete),
    PersonalColumn("review_event", ["org_id", "person_id", "id", "card_id", "target", "target_day", "seq"], .none, .delete),
    PersonalColumn(
      "review_event",
      [
        "kind", "grade", "memory", "milliseconds", "answered_at", "zone_offset", "device", "sent_at", "received_at", "corrected_at", "day",
      ], .behaviour, .delete),
    PersonalColumn("learning_setting", ["org_id", "person_id", "updated_at"], .none, .delete),
    PersonalColumn("learning_setting", ["options", "daily_minutes", "days", "shows_four"], .behaviour, .delete),
  ]
}
