import Kit
import Store
import Web

/// One request: the question, why this mentor, the hours both have free, and the four answers.
struct ShowRequest: UseCase {
  var offer: ID<Offer>

  init(offer: ID<Offer>) { self.offer = offer }

  struct Page: Output {
    var offer: ID<Offer>
    var asker: String
    var askerMember: Member?
    var question: String
    var facts: String
    var why: String
    var skills: [Need]
    var state: Offer.State
    var sentence: String
    var isPending: Bool
    var due: Moment
    var asked: String?
    var reply: String?
    var accept: Form?
    var others: [Answer]
  }

  /// One of the further answers, folded away.
  struct Answer: Output {
    var title: String
    var form: Form
  }

  struct Need: Output {
    var label: String
    /// "is at level 2"; nil when the asker did not say.
    var level: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let offer = try Offer.find(offer, for: viewer, tx)
    guard let ask = try Ask.find(offer.ask, org: viewer.org, tx) else { throw Problem.notFound }
    let view = try RequestView(offer, ask, zone: viewer.zone, tx, world)
    let forms = RequestForms(view: view, action: "/requests/\(offer.id)", textName: "page")
    let isOpen = offer.state.isPending && ask.state.isWaiting
    let isHidden = ask.isAnonymous && offer.state != .accepted
    let acts: [MailLink.Act] =
      switch offer.state {
      case .sent, .seen: ask.settings.isWritten ? [.askFirst, .passOn] : [.otherTime, .askFirst, .passOn]
      case .asked: ask.settings.isWritten ? [.passOn] : [.otherTime, .passOn]
      default: [.passOn]
      }
    return Page(
      offer: offer.id, asker: view.asker, askerMember: isHidden ? nil : try Member.find([ask.asker], org: viewer.org, tx).first,
      question: ask.question, facts: view.facts, why: offer.why, skills: try needs(ask, isHidden: isHidden, tx), state: offer.state,
      sentence: isOpen || !offer.state.isPending ? offer.state.sentence : Offer.State.withdrawn.sentence, isPending: isOpen,
      due: Moment(offer.dueAt, viewer, now: world.now()), asked: offer.question, reply: offer.reply,
      accept: isOpen ? forms.form(.accept) : nil,
      others: isOpen ? acts.map { Answer(title: forms.title($0), form: forms.form($0)) } : [])
  }

  /// The level is the asker's own to show: it stays away while the ask has no name.
  private func needs(_ ask: Ask, isHidden: Bool, _ tx: Transaction) throws -> [Need] {
    let ids = try Ask.skills(of: ask.id, org: ask.org, tx)
    let named = try Skill.named(ids, tx)
    let own = isHidden ? PersonSkills() : try PersonSkills.of(ask.asker, org: ask.org, tx)
    return ids.compactMap { id in
      named[id].map { skill in
        Need(label: skill.label, level: own.level(in: id).map { "is at level \($0)" })
      }
    }
  }
}

/// A request opened for the first time counts as read. It is a receipt, so opening it again changes nothing.
enum SeenRequest {
  static let endpoint = Endpoint.custom(
    .get, "/requests/:offer", allow: .member, "Show a request", input: ShowRequest.self, output: .of(ShowRequest.Page.self)
  ) { call, input in
    let (viewer, page) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return (viewer, try input(tx, viewer, call.site.world))
    }
    if page.state == .sent {
      _ = try await call.writing { tx in
        try tx.run(
          """
          UPDATE offer SET state = \(Offer.State.seen), seen_at = \(call.site.world.now()), version = version + 1
          WHERE org_id = \(viewer.org) AND id = \(input.offer) AND mentor_id = \(viewer.person) AND state = \(Offer.State.sent)
          """)
      }
    }
    return try .page("requests/show", page, viewer: viewer)
  }
}
