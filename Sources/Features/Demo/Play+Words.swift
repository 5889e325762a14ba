import Kit
import Web

extension Play {
  /// Something to take away about a theme: new to these people as long as there is any, and what the organisation has heard least.
  mutating func insight(_ theme: DemoTheme, for people: [ID<Person>]) -> String {
    let known = people.reduce(into: Set<String>()) { $0.formUnion(heard[$1] ?? []) }
    let new = theme.insights.filter { !known.contains($0) }
    let fitting = new.isEmpty ? theme.insights : new
    let least = fitting.map { said[$0] ?? 0 }.min()
    guard let text = dice.one(of: fitting.filter { (said[$0] ?? 0) == least }) else { return theme.goal.title }
    said[text, default: 0] += 1
    for person in people { heard[person, default: []].insert(text) }
    return text
  }

  func theme(of ask: ID<Ask>?) -> DemoTheme { company.themes[ask.flatMap { themes[$0] } ?? Play.anyTheme] }

  func theme(of session: Session) -> DemoTheme { company.themes[place(of: session)] }

  /// Place of the theme of a session: that of its ask, or of the session it follows on.
  func place(of session: Session) -> Int { followed[session.id] ?? session.ask.flatMap { themes[$0] } ?? Play.anyTheme }

  /// Where nobody said what it is about.
  private static let anyTheme = 2
}
