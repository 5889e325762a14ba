import Kit
import Web

/// The forms of a mentor's four acts, the same on the page and behind a mail link.
struct RequestForms {
  let view: RequestView
  /// Where all of them go, or the address each act is a part of.
  let action: String
  /// Name of the field for words: a mail link has one for all.
  let textName: String

  func title(_ act: MailLink.Act) -> String {
    switch act {
    case .accept: view.ask.settings.isWritten ? "Answer in writing" : "Accept this request"
    case .otherTime: "Propose other times"
    case .askFirst: "Ask something first"
    case .passOn: "Pass it on"
    }
  }

  func form(_ act: MailLink.Act) -> Form {
    switch act {
    case .accept: accept
    case .otherTime: otherTime
    case .askFirst:
      Form(
        address("question"), button: "Send the question", id: "ask",
        [
          .area(
            "text", "What would you like to know?", help: "The deadline stands still until there is a reply, for seven days at most.",
            rows: 3,
            max: 2000)
        ])
    case .passOn:
      Form(
        address("pass"), button: "Pass on", id: "pass",
        [
          .area(
            textName == "text" ? "text" : "reason", "A reason, for us only",
            help: "Nobody who asks ever reads it. It helps us to ask you less often for what does not fit.", rows: 2, optional: true,
            max: 500)
        ])
    }
  }

  /// All but the time that was proposed: to take that one is to accept.
  private var otherTime: Form {
    let others = view.options.filter { $0.value != view.offer.start?.description }
    return Form(
      address("times"), button: "Propose these times", id: "times",
      [
        .choose(
          .checks, "starts", "Up to three times that suit you", others.map { Form.Option($0.value, $0.label, help: $0.help) },
          help: others.isEmpty
            ? "You share no other free hour at the moment. Pass it on, or ask first." : "Both of you are free at these times.")
      ])
  }

  private var accept: Form {
    if view.ask.settings.isWritten {
      let name = textName == "text" ? "text" : "answer"
      return Form(
        address("acceptance"), button: "Send the answer", id: "accept", [.area(name, "Your answer", rows: 8, max: 10_000)])
    }
    guard let first = view.options.first else {
      return Form(address("acceptance"), button: "Accept", id: "accept", [.hidden("start", view.offer.start?.description ?? "")])
    }
    if let proposed = view.offer.start, first.value == proposed.description, textName == "text" {
      return Form(
        address("acceptance"), button: "Accept \(first.label)", id: "accept", [.hidden("start", first.value)])
    }
    var shown = Array(view.options.prefix(textName == "text" ? 3 : 6))
    shown[0].chosen = true
    let label = first.value == view.offer.start?.description ? "When" : "The proposed hour is taken. Choose another one"
    return Form(address("acceptance"), button: "Accept", id: "accept", [.choose(.chips, "start", label, shown)])
  }

  private func address(_ part: String) -> String { textName == "text" ? action : action + "/" + part }
}
