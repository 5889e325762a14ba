import Store

/// Acts that only the person may see, or a pair: what and how they learn, their goals and insights, whom they block, steps of their career.
/// The log holds them like all others; what administrators read does not show them, since an answer to a card or a level in it would tell
/// more than its owner tells anybody.
enum PrivateActs {
  static let kinds = ["advancement", "block", "card", "deck", "goal", "insight", "learning", "learning_time", "memory"]
  static let verbs = ["lesson.finished", "lesson.started"]

  /// By the kind alone, which an index holds.
  static let kindsLeftOut: SQL = "kind NOT IN \(SQL.list(kinds))"
  static let leftOut: SQL = "\(kindsLeftOut) AND verb NOT IN \(SQL.list(verbs))"

  static let words = """
    Answers to cards, lessons begun and finished, imported decks, times and settings for learning, goals, insights, blocks of people, and \
    steps of a career are their owners' alone: they are in the log, and neither shown here nor in the file.
    """
}
