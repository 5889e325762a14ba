import Kit
import Store
import Web

/// An ask of the past as an administrator may know it: what kind of help in which skills was wanted, and when; never who asked or their words.
struct PastAsk {
  static let most = 20

  let ask: Ask
  let skills: [String]

  /// The newest asks of members who are still here. Two statements.
  static func recent(org: ID<Organisation>, _ tx: Transaction) throws -> [PastAsk] {
    let asks: [Ask] = try tx.all(
      """
      SELECT \(Ask.columns) FROM ask JOIN person ON person.org_id = ask.org_id AND person.id = ask.asker_id
      WHERE ask.org_id = \(org) AND ask.opened_at IS NOT NULL AND person.state = 'active'
      ORDER BY ask.opened_at DESC, ask.id DESC LIMIT \(most)
      """)
    var skills: [ID<Ask>: [String]] = [:]
    for row in try tx.rows(
      """
      SELECT ask_skill.ask_id, skill.label FROM ask_skill JOIN skill ON skill.id = ask_skill.skill_id
      WHERE ask_skill.org_id = \(org) AND ask_skill.ask_id IN \(SQL.list(asks.map(\.id))) ORDER BY ask_skill.ask_id, ask_skill.place
      """)
    { skills[try row("ask_id"), default: []].append(try row("label")) }
    return asks.map { PastAsk(ask: $0, skills: skills[$0.id] ?? []) }
  }

  /// "Flash: Public speaking, within a week".
  var words: String {
    let when =
      switch ask.urgency {
      case .now: "within a day"
      case .week: "within a week"
      case .later: "within four weeks"
      }
    return "\(ask.settings.title): \(skills.isEmpty ? "no certain skill" : skills.joined(separator: ", ")), \(when)"
  }
}
