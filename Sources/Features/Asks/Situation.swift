import Kit

/// A named situation people ask about, with an example to fill in.
struct Situation: Codable, Sendable {
  let id: String
  let title: String
  /// An example with gaps in square brackets.
  let prompt: String
  let kind: String
  let minutes: Int
  /// Slugs of skills.
  let skills: [String]
  let coaching: [String]

  static let all: [Situation] = {
    let read: [Situation]? = try? Content.yaml("situations.yaml")
    return read ?? []
  }()

  static func named(_ id: String?) -> Situation? { id.flatMap { id in all.first { $0.id == id } } }
}
