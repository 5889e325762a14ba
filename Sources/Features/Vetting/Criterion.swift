import Kit
import Web

/// What a mentor is vetted for: a question to the applicant, and what a reviewer looks for in the answer.
struct Criterion: Output, Hashable {
  let id: String
  let title: String
  let question: String
  let looksFor: [String]
  let warning: String

  enum CodingKeys: String, CodingKey {
    case id, title, question, warning
    case looksFor = "looks_for"
  }

  /// The criteria in their order; the file does not change while the program runs.
  static func all() throws -> [Criterion] { try read.get() }

  private static let read: Result<[Criterion], any Error> = Result { try Content.yaml("vetting.yaml") }

  /// What a score says, the first for 1.
  static let scores = ["Not seen", "Partly", "Clearly", "Strongly"]
}
