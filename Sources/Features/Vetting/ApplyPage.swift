import Kit
import Store
import Web

/// The application as a form: one question per criterion.
struct ShowApply: UseCase {
  struct Page: Output {
    let isMentor: Bool
    let openHref: String?
    /// What was said about an earlier application.
    let earlier: String?
    let form: Form?
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let latest = try Vetting.Application.latest(of: viewer.person, org: viewer.org, tx)
    let open = latest.flatMap { $0.state == .applied ? "/vetting/\($0.id)" : nil }
    let isMentor = viewer.has(.mentor)
    return Page(
      isMentor: isMentor, openHref: open, earlier: latest.flatMap { $0.state == .declined && !isMentor ? $0.words : nil },
      form: isMentor || open != nil ? nil : try ShowApply.form(), back: Form.Link("You", "/you"))
  }

  static func form() throws -> Form {
    var fields: [Form.Field] = []
    for (place, criterion) in try Criterion.all().enumerated() {
      fields.append(.hidden("answers.\(place).criterion", criterion.id))
      fields.append(.area("answers.\(place).answer", criterion.question, help: criterion.title, rows: 5, max: Apply.longestAnswer))
    }
    fields.append(
      .choose(
        .chips, "reach", "Whom do you want to help?",
        Vetting.Application.Reach.allCases.map { Form.Option($0.rawValue, $0.name, chosen: $0 == .anywhere) }))
    return Form("/vetting", button: "Send application", cancel: Form.Link("Not now", "/you"), fields)
  }
}
