import Kit
import Store
import Web

/// The first page of an ask: one box, and situations that fill it with an example.
struct StartAsk: UseCase {
  /// A situation whose example goes into the box.
  var situation: String?
  /// An ask of one's own to ask again.
  var from: ID<Ask>?
  /// A mentor to be asked before others.
  var mentor: ID<Person>?

  init() {}

  struct Page: Output {
    var form: Form
    var situations: [Chip]
    var hasDraft: Bool
    /// First name of the mentor to be asked before others.
    var wished: String?

    struct Chip: Output {
      var label: String
      var href: String
      var isCurrent: Bool
    }
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let draft = try Ask.draft(of: viewer.person, org: viewer.org, tx)
    let chosen = Situation.named(situation)
    let earlier = try from.map { try Ask.find($0, for: viewer, tx) }
    let question = chosen?.prompt ?? earlier?.question ?? draft?.question
    let kept = chosen?.id ?? earlier?.situation ?? (chosen == nil ? draft?.situation : nil)
    var fields: [Form.Field] = [
      .area(
        "question", "What do you need help with?", value: question,
        help: chosen == nil
          ? "A few sentences in your own words: what is going on, what you want, what you tried."
          : "Replace what stands in [brackets] with your own words.", rows: 6, max: 4000)
    ]
    let wished = try mentor.map { try Member.find($0, for: viewer, tx) }
    if let wished { fields.append(.hidden("mentor", wished.id.description)) }
    if let kept { fields.append(.hidden("situation", kept)) }
    return Page(
      form: Form("/asks/drafts", button: "Continue", id: "ask", fields),
      situations: Situation.all.map {
        .init(label: $0.title, href: "/asks/new?\(mentor.map { "mentor=\($0)&" } ?? "")situation=\($0.id)", isCurrent: $0.id == chosen?.id)
      }, hasDraft: draft != nil && chosen == nil && earlier == nil, wished: wished?.firstName)
  }
}
