/// Recommends a kind of mentoring from commitment, scope and urgency, with the reason in words.
struct KindAdvice: Sendable, Equatable {
  let kind: String
  let why: String

  /// - Parameters:
  ///   - question: its words show the scope: a project, a document to look at, two people at one level.
  static func recommend(urgency: Ask.Urgency, commitment: Ask.Commitment, minutes: Int, situation: Situation?, question: String)
    -> KindAdvice
  {
    let words = Set(question.lowercased().split { !$0.isLetter }.map(String.init))
    switch commitment {
    case .months where !words.isDisjoint(with: ["project", "launch", "prototype", "migration"]):
      return KindAdvice(kind: "project-based", why: "You want company over months, and your question speaks of a project.")
    case .months:
      return KindAdvice(kind: "classic", why: "You want a lasting relationship, with goals and regular meetings.")
    case .few where situation?.kind == "peer":
      return KindAdvice(kind: "peer", why: "People in this situation help each other best, in turns.")
    case .few:
      return KindAdvice(kind: "micro", why: "A few meetings on one issue, without a long commitment.")
    case .once:
      if urgency == .now { return KindAdvice(kind: "just-in-time", why: "You need somebody today, so several mentors are asked at once.") }
      if let situation, !["classic", "micro", "peer", "just-in-time"].contains(situation.kind) {
        return KindAdvice(kind: situation.kind, why: "It suits the situation you chose.")
      }
      if minutes >= 45, !words.isDisjoint(with: ["review", "draft", "document", "code", "slides", "proposal"]) {
        return KindAdvice(kind: "gig", why: "There is a piece of work to look at together.")
      }
      return KindAdvice(kind: "flash", why: "One topic and one meeting are enough for this.")
    }
  }
}
