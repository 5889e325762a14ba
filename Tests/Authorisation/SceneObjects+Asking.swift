import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// An ask that was offered to a mentor, a secret address from the mentor's mail, a skill and an application to become a mentor.
  mutating func addAsking(_ scene: Scene) async throws {
    let north = try await Asking(scene, scene.org, asker: .ben, mentor: .ada)
    let south = try await Asking(scene, scene.other, asker: .olga, mentor: .otto)
    add("mentor", scene.id(.ada).description, scene.id(.otto).description, [.ben, .ada])
    add("ask", north.ask, south.ask, [.ben])
    add("requests/offer", north.offer, south.offer, [.ada])
    add("asks/offer", north.offer, south.offer, [.ben])
    add("mail/token", north.token, south.token, [])
    add("vetting", north.vetting, south.vetting, [.ben])
    add("skill", north.skill, south.skill, [])
  }

  private struct Asking: Sendable {
    let ask: String
    let offer: String
    let token: String
    let vetting: String
    let skill: String

    init(_ scene: Scene, _ org: ID<Organisation>, asker: Scene.Role, mentor: Scene.Role) async throws {
      let (host, world) = (try await scene.viewer(mentor), scene.world)
      try await scene.store.write { tx in
        guard let skill = try Skill.slug("public-speaking", tx) else { throw Problem.notFound }
        try PersonSkills.set(person: host.person, org: host.org, offers: [skill: 5], seeks: [:], by: nil, tx, world)
      }
      var open = OpenAsk(question: "How do I say no to a fourth project without harm to the team?")
      open.kind = "flash"
      open.minutes = 30
      open.skills = ["public-speaking"]
      let asked = try await scene.do(asker, open).ask
      try await scene.do(asker, SendOffers(ask: asked, mentor: scene.id(mentor)))
      let applied = try await scene.do(
        asker,
        Apply(
          answers: try Criterion.all().map {
            Apply.Answer(criterion: $0.id, answer: "I led a team of six for two years and we kept our word to each other.")
          }, reach: .anywhere))
      (offer, token, skill) = try await scene.store.write { tx in
        guard let id: ID<Offer> = try tx.value("SELECT id FROM offer WHERE org_id = \(org) AND ask_id = \(asked)"),
          let found = try Offer.find(id, org: org, tx), let skill = try Skill.slug("public-speaking", tx)
        else { throw Problem.notFound }
        return (id.description, try MailLink.make(found, .passOn, tx, world), skill.description)
      }
      ask = asked.description
      vetting = applied.id.description
    }
  }

  /// A mentor whom no caller is, so that everybody may ask for their time.
  static func thirdMentor(_ scene: Scene) async throws -> ID<Person> { try await newcomer("Nora Mentor", [.member, .mentor], scene) }

  /// A member who does nothing.
  static func bystander(_ scene: Scene) async throws -> ID<Person> { try await newcomer("Nils Bystander", .member, scene) }

  private static func newcomer(_ name: String, _ roles: Roles, _ scene: Scene) async throws -> ID<Person> {
    let (org, world) = (scene.org, scene.world)
    return try await scene.store.write { tx in
      var member = CreateMember(email: "\(firstName(name).lowercased())@north.example", name: name, zone: "Europe/Berlin")
      member.roles = roles
      return try member(tx, org: org, by: nil, origin: "command", world)
    }
  }
}
