import Foundation
import Kit
import Store
import Web

/// People, lessons, skills and one's own insights in one list, grouped by kind, each with what matched.
struct SearchEverything: UseCase {
  static let rules: [String: Rule] = ["q": .text(0...200)]

  var q: String?

  struct Hit: Output {
    var title: String
    /// Nil for somebody without a page of their own.
    var href: String?
    /// Why it is here.
    var why: String
    var person: Member?
  }

  struct Group: Output {
    var name: String
    var icon: String
    var hits: [Hit]
  }

  struct Page: Output {
    var q: String
    var groups: [Group]
    var total: Int
    var summary: String?
    var empty: Empty?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let typed = (q ?? "").trimmed
    let text = SearchWord.cut(typed)
    if text.isEmpty {
      return Page(
        q: "", groups: [], total: 0, summary: nil,
        empty: Empty(
          title: "What are you looking for?", text: "People, lessons, skills and your own insights. Two typing errors are fine.",
          drawing: .search))
    }
    let groups = [
      Group(name: "People", icon: "people", hits: try PeopleSearch.find(text, viewer, tx)),
      Group(name: "Lessons", icon: "lesson", hits: try LessonSearch.find(text, viewer, tx)),
      Group(
        name: "Skills", icon: "skill",
        hits: try Skill.hits(text, limit: 8, tx).map { Hit(title: $0.skill.label, href: $0.skill.href, why: $0.topic) }),
      Group(name: "Your insights", icon: "insight", hits: try insights(text, viewer, tx)),
    ].filter { !$0.hits.isEmpty }
    let total = groups.reduce(0) { $0 + $1.hits.count }
    return Page(
      q: typed, groups: groups, total: total, summary: total == 0 ? nil : "\(counted(total, "thing")) for “\(text.shortened(to: 60))”.",
      empty: total == 0
        ? Empty(
          title: "Nothing for “\(text.shortened(to: 60))”.", text: "Somebody here may know it all the same.", drawing: .search,
          "Ask a mentor instead", "/asks/new") : nil)
  }

  private func insights(_ text: String, _ viewer: Viewer, _ tx: Transaction) throws -> [Hit] {
    try tx.search(org: viewer.org.value, kinds: Insights.kinds, query: text, viewer: viewer.person.value, limit: 8).map { hit in
      Hit(title: hit.title, href: "/insights?q=\(SearchWord.escaped(text))", why: hit.snippet)
    }
  }
}

/// Words as they are compared: lower case, without accents.
enum SearchWord {
  /// Words of a search that count.
  private static let most = 5
  /// Letters of a word that count.
  private static let longest = 40

  static func words(_ text: String) -> [[Character]] {
    text.folded.split { !$0.isLetter && !$0.isNumber }.prefix(8).map { Array($0.prefix(longest)) }
  }

  /// As much of what was typed as is looked for.
  static func cut(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).prefix(most).map { $0.prefix(longest) }.joined(separator: " ")
  }

  static func escaped(_ text: String) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }
}
