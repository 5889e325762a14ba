import Kit
import Store
import Web

/// Makes a card of an insight for the viewer, so that it comes back before it is forgotten.
struct MakeInsightCard: UseCase {
  struct Made: Output {
    let insight: ID<Insight>
    let card: ID<Card>
  }

  var insight: ID<Insight>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Made {
    Made(insight: insight, card: try InsightCard.make(insight, tx, viewer, world))
  }
}

enum InsightCard {
  /// One card a person and insight, however often it is asked for.
  @discardableResult
  static func make(_ id: ID<Insight>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ID<Card> {
    let insight = try Insight.find(id, for: viewer, tx)
    if let card: ID<Card> = try tx.value(
      "SELECT card_id FROM insight_card WHERE org_id = \(viewer.org) AND insight_id = \(id) AND person_id = \(viewer.person)")
    {
      return card
    }
    let title: String = try tx.value("SELECT title FROM session WHERE org_id = \(viewer.org) AND id = \(insight.session)") ?? ""
    let card = try Card.make(
      org: viewer.org, person: viewer.person, front: "What did you take away from “\(title)”?", back: insight.text, source: .insight,
      insight: id,
      tx, world)
    try tx.run(
      """
      INSERT INTO insight_card (org_id, insight_id, person_id, card_id, made_at)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(card), \(world.now()))
      """)
    try tx.record(viewer, "insight.carded", id, [:], world)
    return card
  }
}
