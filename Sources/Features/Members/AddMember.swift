import Kit
import Store
import Web

/// Adds one member, who can sign in with a code at once.
struct AddMember: UseCase {
  var name: String
  var email: String
  var title: String?
  var department: String?
  var zone: String?
  var roles: [String]?
  static let rules: [String: Rule] = [
    "name": .text(1...120), "email": .email, "title": .text(0...120), "department": .text(0...120), "zone": .zone,
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Standing {
    if let zone { try Zones.check(zone) }
    var member = CreateMember(email: try Address.normalised(email), name: name, zone: zone ?? viewer.zone)
    member.title = title?.trimmed ?? ""
    member.department = department?.trimmed ?? ""
    member.roles = try Invitable.read(roles)
    let id = try member(tx, org: viewer.org, by: viewer.person, origin: viewer.origin.word, world)
    return Standing(try MemberDetail.find(id, for: viewer, tx))
  }

  static let page = Endpoint.page("/members/new", allow: .admin, "members/new", "Add a member") { (tx, viewer, world, input: NoInput) in
    MemberForm(
      form: Form(
        "/members", button: "Add member", cancel: Form.Link("Cancel", "/members"),
        [
          .text("name", "Name", autocomplete: "off", max: 120),
          .text("email", "E-mail address", type: "email", autocomplete: "off", inputmode: "email"),
          .text("title", "Title", autocomplete: "off", optional: true, max: 120),
          .text("department", "Department", autocomplete: "off", optional: true, max: 120),
          .choose(.checks, "roles", "Roles", Invitable.options(for: viewer), optional: true),
        ]))
  }
}

struct MemberForm: Output {
  let form: Form
}
