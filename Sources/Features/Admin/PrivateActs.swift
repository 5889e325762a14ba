import Kit
import Store
import Web

/// Acts that only the person may see, or a pair: what and how they learn, their goals and insights, whom they block, steps of their career.
/// The log holds them like all others; what administrators read does not show them, since an answer to a card or a level in it would tell
/// more than its owner tells anybody.
enum PrivateActs {
  static let kinds = ["advancement", "block", "card", "deck", "goal", "insight", "learning", "learning_time", "memory"]
  static let verbs = ["lesson.finished", "lesson.started"]

  /// By the kind alone, which an index holds.
  static let kindsLeftOut: SQL = "kind NOT IN \(SQL.list(kinds))"
  static let leftOut: SQL = "\(kindsLeftOut) AND verb NOT IN \(SQL.list(verbs))"

  /// A condition on the session `thing`: the mentor does not know yet who keeps this hour or kept it, nor does the log say it.
  static func namelessSession(_ org: ID<Organisation>) -> SQL {
    """
    thing.state IN ('held', 'lapsed') AND EXISTS (
      SELECT 1 FROM ask WHERE ask.org_id = \(org) AND ask.id = thing.ask_id AND ask.is_anonymous = 1)
    """
  }

  /// The acts of one person, but for those that person did without a name.
  static func named(of actor: ID<Person>, _ org: ID<Organisation>) -> SQL {
    """
    actor_id = \(actor)
      AND NOT (kind = 'ask' AND object_id IN (SELECT id FROM ask WHERE org_id = \(org) AND asker_id = \(actor) AND is_anonymous = 1))
      AND NOT (kind = 'session' AND object_id IN (
        SELECT thing.id FROM session thing WHERE thing.org_id = \(org) AND thing.mentee_id = \(actor) AND \(namelessSession(org))))
    """
  }

  static let words = """
    Answers to cards, lessons begun and finished, imported decks, times and settings for learning, goals, insights, blocks of people, and \
    steps of a career are their owners' alone: they are in the log, and neither shown here nor in the file. Who asks \
    without a name is not named here either.
    """
}
