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
  /// The draft to go on with; left out: the last one begun, where nothing else fills the box.
  var ask: ID<Ask>?
  /// Whether the box is to be empty although a draft waits.
  var another: Bool?
  // What was typed in a form that was refused.
  var question: String?

  init() {}

  struct Page: Output {
    var form: Form
    var situations: [Chip]
    /// Whether the box holds a draft.
    var hasDraft: Bool
    /// Begins another ask beside that draft.
    var anotherHref: String?
    /// Drafts besides the one in the box.
    var drafts: [DraftLine]
    /// Whether one of them may make room for what was typed: no more are kept.
    var canReplace: Bool
    /// First name of the mentor to be asked before others.
    var wished: String?

    struct Chip: Output {
      var label: String
      var href: String
      var isCurrent: Bool
    }
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let drafts = try Ask.drafts(of: viewer.person, org: viewer.org, tx)
    let chosen = Situation.named(situation)
    let earlier = try from.map { try Ask.find($0, for: viewer, tx) }
    let named = drafts.first { $0.id == ask }
    let beginsAnother = another == true || question != nil || mentor != nil || chosen != nil || earlier != nil
    let draft = named ?? (beginsAnother ? nil : drafts.first)
    let words = question ?? named?.question ?? chosen?.prompt ?? earlier?.question ?? draft?.question
    let kept = chosen?.id ?? earlier?.situation ?? draft?.situation
    var fields: [Form.Field] = [
      .area(
        "question", "What do you need help with?", value: words,
        help: chosen == nil
          ? "A few sentences in your own words: what is going on, what you want, what you tried."
          : "Replace what stands in [brackets] with your own words.", rows: 6, max: 4000)
    ]
    let wished = try mentor.map { try Member.find(meetable: $0, for: viewer, tx) }
    if let draft { fields.append(.hidden("ask", draft.id.description)) }
    if let wished { fields.append(.hidden("mentor", wished.id.description)) }
    if let kept { fields.append(.hidden("situation", kept)) }
    return Page(
      form: Form("/asks/drafts", button: "Continue", id: "ask", fields),
      situations: Situation.all.map {
        .init(label: $0.title, href: "/asks/new?\(mentor.map { "mentor=\($0)&" } ?? "")situation=\($0.id)", isCurrent: $0.id == chosen?.id)
      }, hasDraft: draft != nil, anotherHref: draft.map { _ in "/asks/new?\(mentor.map { "mentor=\($0)&" } ?? "")another=true" },
      drafts: drafts.filter { $0.id != draft?.id }.map { DraftLine($0, viewer, now: world.now()) },
      canReplace: draft == nil && question != nil && drafts.count >= Ask.mostDrafts, wished: wished?.firstName)
  }
}
